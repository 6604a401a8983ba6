"""A backup holds all that was acknowledged before it, and comes back only where that is safe."""

import sqlite3
import threading
from pathlib import Path

import pytest

from moothall.kernel.errors import StoreLocked
from moothall.store.database import Database, open_database
from moothall.store.raw import row, run
from moothall.upkeep.backup import BackupRefused, OtherTool, RestoreRefused, backup, restore


def url(path: Path) -> str:
    return f"sqlite:///{path}"


def put(db: Database, key: str) -> None:
    db.write_now(lambda tx: run(tx.conn, "INSERT INTO site (key, value) VALUES (?, '')", [key]))


def count(path: Path) -> int:
    """Rows of a closed database."""
    db = open_database(url(path))
    found = db.read_now(lambda c: row(c, "SELECT count(*) FROM site WHERE key LIKE 'k%'"))
    db.close()
    return int(found[0]) if found else 0


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A database with a hundred rows, and nobody at it."""
    path = tmp_path / "site" / "moothall.db"
    db = open_database(url(path))
    for n in range(100):
        put(db, f"k{n}")
    db.close()
    return path


def test_a_backup_under_writers_holds_what_was_acknowledged_before(home: Path, tmp_path: Path) -> None:
    """Eight threads write on while it is made; every row acknowledged before its start is in it."""
    db = open_database(url(home))
    stop = threading.Event()
    acknowledged: list[str] = []

    def write(who: int) -> None:
        for n in range(10_000):
            if stop.is_set():
                return
            put(db, f"k-{who}-{n}")
            acknowledged.append(f"k-{who}-{n}")

    threads = [threading.Thread(target=write, args=[who]) for who in range(8)]
    for thread in threads:
        thread.start()
    while len(acknowledged) < 50:
        pass
    before = set(acknowledged)
    backup(url(home), tmp_path / "copy.db")
    stop.set()
    for thread in threads:
        thread.join()
    db.close()
    with sqlite3.connect(tmp_path / "copy.db") as conn:
        kept = {key for (key,) in conn.execute("SELECT key FROM site")}
    conn.close()
    assert before <= kept
    assert count(home) == 100 + len(acknowledged)


def test_out_and_in_again(home: Path, tmp_path: Path) -> None:
    """What was backed up is what is restored, into a folder of its own."""
    size = backup(url(home), tmp_path / "copy.db")
    assert size == (tmp_path / "copy.db").stat().st_size
    restore(tmp_path / "copy.db", url(tmp_path / "other" / "moothall.db"))
    assert count(tmp_path / "other" / "moothall.db") == 100


def test_restoring_over_a_database_needs_force_and_keeps_the_old(home: Path, tmp_path: Path) -> None:
    """Without --force nothing changes; with it the old one is kept aside, log and all."""
    backup(url(home), tmp_path / "copy.db")
    db = open_database(url(home))
    put(db, "k-later")
    db.close()
    with pytest.raises(RestoreRefused, match="--force"):
        restore(tmp_path / "copy.db", url(home))
    assert count(home) == 101
    restore(tmp_path / "copy.db", url(home), force=True)
    assert count(home) == 100
    assert count(home.with_name("moothall.db.replaced")) == 101


def test_a_database_in_use_is_not_replaced(home: Path, tmp_path: Path) -> None:
    """While a server runs, even --force is refused."""
    backup(url(home), tmp_path / "copy.db")
    db = open_database(url(home))
    with pytest.raises(StoreLocked):
        restore(tmp_path / "copy.db", url(home), force=True)
    db.close()
    assert count(home) == 100


def test_a_log_left_behind_does_not_play_into_what_was_restored(home: Path, tmp_path: Path) -> None:
    """After a crash the old log lies there; the restored database never sees it."""
    backup(url(home), tmp_path / "copy.db")
    db = open_database(url(home))
    for n in range(50):
        put(db, f"k-later-{n}")
    crashed = tmp_path / "crashed" / "moothall.db"
    crashed.parent.mkdir()
    for ending in ("", "-wal"):
        crashed.with_name(f"moothall.db{ending}").write_bytes(home.with_name(f"moothall.db{ending}").read_bytes())
    db.close()
    restore(tmp_path / "copy.db", url(crashed), force=True)
    assert count(crashed) == 100
    assert count(crashed.with_name("moothall.db.replaced")) == 150


def test_a_damaged_backup_changes_nothing(home: Path, tmp_path: Path) -> None:
    """Bytes that were flipped, a file cut short, another program's file: each is refused by name."""
    good = tmp_path / "copy.db"
    backup(url(home), good)
    content = good.read_bytes()
    bad = tmp_path / "bad.db"
    for wrong in (
        content[:-5_000],
        b"\x00" * 100 + content[100:],
        content[:8192] + b"\xff" * 4096 + content[12288:],
    ):
        bad.write_bytes(wrong)
        with pytest.raises(RestoreRefused, match="not a good backup"):
            restore(bad, url(home), force=True)
    other = tmp_path / "other.db"
    conn = sqlite3.connect(other)
    conn.execute("CREATE TABLE story (id)")
    conn.close()
    with pytest.raises(RestoreRefused, match="not a database of Moothall"):
        restore(other, url(home), force=True)
    assert count(home) == 100


def test_a_file_in_use_is_not_taken_for_a_backup(home: Path, tmp_path: Path) -> None:
    """A live database's file without its log would lack the newest comments."""
    db = open_database(url(home))
    put(db, "k-new")
    with pytest.raises(RestoreRefused, match="moothall backup"):
        restore(home, url(tmp_path / "there.db"))
    db.close()


def test_a_backup_overwrites_nothing(home: Path, tmp_path: Path) -> None:
    """An older backup stays; no database, no backup; no half file is left."""
    (tmp_path / "copy.db").write_bytes(b"older")
    with pytest.raises(BackupRefused, match="exists already"):
        backup(url(home), tmp_path / "copy.db")
    with pytest.raises(BackupRefused, match="does not exist"):
        backup(url(tmp_path / "none.db"), tmp_path / "new.db")
    assert (tmp_path / "copy.db").read_bytes() == b"older"
    assert not (tmp_path / "none.db").exists()
    assert not list(tmp_path.glob("*.part"))


def test_postgresql_is_told_its_own_tools(tmp_path: Path) -> None:
    """The error says what to type instead."""
    with pytest.raises(OtherTool, match="pg_dump --format=custom"):
        backup("postgresql://localhost/moothall", tmp_path / "x")
    with pytest.raises(OtherTool, match="pg_restore"):
        restore(tmp_path / "x", "postgresql://localhost/moothall")
