"""The one writer: durable groups, each command for itself, and nothing acknowledged that was undone."""

import asyncio
import sqlite3
import threading
from concurrent.futures import Future
from pathlib import Path

import pytest

from moothall.kernel.errors import NotFound, Overloaded, StoreFull, Unavailable
from moothall.kernel.event import Event, EventKind
from moothall.store import writer as writer_file
from moothall.store.database import Database, open_database
from moothall.store.raw import row, run
from moothall.store.tx import Tx

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def sqlite_db(tmp_path: Path) -> Database:
    return open_database(f"sqlite:///{tmp_path / 'writer.db'}")


class Hold:
    """A command that keeps the writer busy, so that others gather behind it."""

    def __init__(self, db: Database) -> None:
        self._free = threading.Event()
        self.done: Future[bool] = db.writer.submit(lambda _tx: self._free.wait(10))

    def release(self) -> None:
        self._free.set()


def put(key: str) -> object:
    """A command that writes one row."""
    return lambda tx: run(tx.conn, "INSERT INTO site (key, value) VALUES (?, '')", [key])


def keys(db: Database) -> list[str]:
    return [r[0] for r in db.read_now(lambda c: c.exec_driver_sql("SELECT key FROM site ORDER BY key").all())]


def refuse(_tx: Tx) -> None:
    raise NotFound


def test_what_gathers_shares_a_commit(sqlite_db: Database) -> None:
    """Fifty commands that wait cost one commit, and each gets its own answer."""
    hold = Hold(sqlite_db)
    waiting = [sqlite_db.writer.submit(put(f"k{n:02d}")) for n in range(50)]  # type: ignore[arg-type]
    before = sqlite_db.writer.counts.commits
    hold.release()
    assert [one.result(10) for one in waiting] == [1] * 50
    assert sqlite_db.writer.counts.commits - before <= 2
    assert len(keys(sqlite_db)) == 50
    sqlite_db.close()


def test_a_refused_command_fails_alone(sqlite_db: Database) -> None:
    """Its neighbours in the group are kept, and what it wrote itself is undone."""

    def write_and_refuse(tx: Tx) -> None:
        run(tx.conn, "INSERT INTO site (key, value) VALUES ('half', '')")
        tx.emit(EventKind.NEW, story_id=1, at_ms=1)
        raise NotFound

    told: list[Event] = []
    sqlite_db.listen(told.extend)
    hold = Hold(sqlite_db)
    first, bad, last = (sqlite_db.writer.submit(c) for c in (put("a"), write_and_refuse, put("b")))  # type: ignore[arg-type]
    hold.release()
    assert (first.result(10), last.result(10)) == (1, 1)
    with pytest.raises(NotFound):
        bad.result(10)
    assert keys(sqlite_db) == ["a", "b"]
    assert told == []
    sqlite_db.close()


def test_a_refused_command_by_itself_is_run_once(sqlite_db: Database) -> None:
    """There is nobody whom it could take along, and what it was given may be used up."""
    runs: list[int] = []

    def write_and_refuse(tx: Tx) -> None:
        runs.append(run(tx.conn, "INSERT INTO site (key, value) VALUES ('half', '')"))
        raise NotFound

    with pytest.raises(NotFound):
        sqlite_db.write_now(write_and_refuse)
    assert (runs, keys(sqlite_db)) == ([1], [])
    sqlite_db.close()


def test_a_broken_rule_of_the_database_fails_alone(sqlite_db: Database) -> None:
    """A repeated key is that command's own error; the group stands."""
    hold = Hold(sqlite_db)
    first, again, last = (sqlite_db.writer.submit(put(key)) for key in ("a", "a", "b"))  # type: ignore[arg-type]
    hold.release()
    first.result(10)
    last.result(10)
    with pytest.raises(sqlite3.IntegrityError):
        again.result(10)
    assert keys(sqlite_db) == ["a", "b"]
    sqlite_db.close()


def test_events_are_told_after_the_commit_and_before_the_answer(sqlite_db: Database) -> None:
    """A listener can read what it is told of, and whoever was answered knows that all have been told."""
    seen: list[object] = []

    def listener(events: object) -> None:
        seen.append((events, sqlite_db.read_now(lambda c: row(c, "SELECT count(*) FROM outbox"))))

    sqlite_db.listen(listener)
    seq = sqlite_db.write_now(lambda tx: tx.emit(EventKind.NEW, story_id=5, at_ms=9, comment_id=6, parent_id=7))
    assert seen == [([Event(seq, 5, EventKind.NEW, 6, 7, 0, 0, 9)], (1,))]
    sqlite_db.close()


async def test_the_loops_own_write_answers_there(sqlite_db: Database) -> None:
    """`write` gives value or error on the event loop, for many at once."""
    hold = Hold(sqlite_db)
    waiting = [asyncio.ensure_future(sqlite_db.write(put(f"k{n}"))) for n in range(9)]  # type: ignore[arg-type]
    refused = asyncio.ensure_future(sqlite_db.write(refuse))
    await asyncio.sleep(0)
    hold.release()
    assert await asyncio.gather(*waiting) == [1] * 9
    with pytest.raises(NotFound):
        await refused
    sqlite_db.close()


async def test_a_command_given_up_in_time_is_not_run(sqlite_db: Database) -> None:
    """A reader who went away before the writer came to it leaves nothing behind."""
    hold = Hold(sqlite_db)
    gone = asyncio.ensure_future(sqlite_db.write(put("gone")))  # type: ignore[arg-type]
    await asyncio.sleep(0)
    gone.cancel()
    await asyncio.sleep(0)
    hold.release()
    await sqlite_db.write(put("kept"))  # type: ignore[arg-type]
    assert keys(sqlite_db) == ["kept"]
    sqlite_db.close()


def test_a_full_queue_sheds(sqlite_db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Past its length the queue answers at once that it is too much."""
    monkeypatch.setattr(writer_file, "WRITE_QUEUE", 2)
    hold = Hold(sqlite_db)
    while sqlite_db.writer.waiting:  # until the writer has taken the first
        pass
    waiting = [sqlite_db.writer.submit(put(key)) for key in ("a", "b")]  # type: ignore[arg-type]
    with pytest.raises(Overloaded):
        sqlite_db.writer.submit(put("c"))  # type: ignore[arg-type]
    hold.release()
    assert [one.result(10) for one in waiting] == [1, 1]
    sqlite_db.close()


def test_a_full_disk_refuses_writes_and_leaves_reads(sqlite_db: Database) -> None:
    """The group is undone and everybody told; nothing acknowledged is lost; it recovers by itself."""
    sqlite_db.write_now(put("kept"))  # type: ignore[arg-type]
    pages = sqlite_db.read_now(lambda c: c.exec_driver_sql("PRAGMA page_count").scalar())

    def limit(count: int) -> object:
        return lambda tx: tx.conn.exec_driver_sql(f"PRAGMA max_page_count={count}").scalar()

    sqlite_db.write_now(limit(pages))  # type: ignore[arg-type]
    hold = Hold(sqlite_db)
    small = sqlite_db.writer.submit(put("small"))  # type: ignore[arg-type]
    large = sqlite_db.writer.submit(put("large" * 10_000))  # type: ignore[arg-type]
    hold.release()
    for refused in (small, large):
        with pytest.raises(StoreFull):
            refused.result(10)
    assert keys(sqlite_db) == ["kept"]
    failing = sqlite_db.writer.counts.failing
    assert failing is not None
    assert (failing.code, failing.status, failing.retry) == ("store_full", 503, True)
    # The limit went with the connection that failed, as room comes back on a real disk.
    sqlite_db.write_now(put("after"))  # type: ignore[arg-type]
    assert sqlite_db.writer.counts.failing is None
    assert keys(sqlite_db) == ["after", "kept"]
    sqlite_db.close()


def test_closing_finishes_what_waits_and_takes_no_more(sqlite_db: Database, tmp_path: Path) -> None:
    """Queued commands are on disk after `close`; later ones are refused, not forgotten."""
    hold = Hold(sqlite_db)
    waiting = sqlite_db.writer.submit(put("last"))  # type: ignore[arg-type]
    hold.release()
    sqlite_db.close()
    assert waiting.result(0) == 1
    with pytest.raises(Unavailable):
        sqlite_db.writer.submit(put("late"))  # type: ignore[arg-type]
    again = open_database(f"sqlite:///{tmp_path / 'writer.db'}")
    assert keys(again) == ["last"]
    again.close()
