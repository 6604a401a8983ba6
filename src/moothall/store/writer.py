"""The one writer: commands queue up, and whatever has queued shares one durable commit.

A group in which one command is refused runs again with a savepoint around each, so that this one fails
alone.  The answer is given only after the commit is on disk.  A group that PostgreSQL undoes because another
server was first is run again too, so a command must not keep anything outside the transaction.  Numbers:
decision record 0002.
"""

import asyncio
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar, cast

import structlog
from sqlalchemy import Connection, Engine

from moothall.kernel.errors import MoothallError, Overloaded, StoreFull, Unavailable
from moothall.kernel.event import Event
from moothall.kernel.limits import RETRY_AFTER_S, WRITE_BATCH, WRITE_QUEUE
from moothall.store import postgres, sqlite
from moothall.store.asked import Asked, Outcome, answer, ask_here
from moothall.store.raw import run as run_sql
from moothall.store.readers import discard
from moothall.store.tx import Listener, Tx

T = TypeVar("T")
log = structlog.get_logger("moothall.store")
_TRIES = 5


class WriteCounts:
    """What the writer has done since it started."""

    def __init__(self) -> None:
        self.commands = 0
        self.commits = 0
        self.failures = 0
        self.failing: MoothallError | None = None
        """Why the last group failed; None after one that did not."""


class Writer:
    """Owns the only writing connection and the thread that uses it."""

    def __init__(self, engine: Engine) -> None:
        self.listener: Listener | None = None
        self.counts = WriteCounts()
        self._engine = engine
        self._sqlite = engine.dialect.name == "sqlite"
        self._closed = False
        self._queue: queue.SimpleQueue[Asked | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._loop, name="moothall-write", daemon=True)
        self._thread.start()

    @property
    def waiting(self) -> int:
        """Commands in the queue."""
        return self._queue.qsize()

    @property
    def alive(self) -> bool:
        return self._thread.is_alive()

    def submit(self, command: Callable[[Tx], T]) -> "Future[T]":
        """Queue a command for a thread that waits.  Raises: Overloaded when the queue is full."""
        done: Future[T] = Future()
        self._put(Asked(command, done, None))
        return done

    def submit_here(self, command: Callable[[Tx], T]) -> "asyncio.Future[T]":
        """Queue a command for the running event loop.  Raises: Overloaded when the queue is full."""
        asked = ask_here(command)
        self._put(asked)
        return cast("asyncio.Future[T]", asked.done)

    def close(self) -> None:
        """Finish what is queued, then stop; later commands are refused as unavailable."""
        self._closed = True
        self._queue.put(None)
        self._thread.join()

    def _put(self, command: Asked) -> None:
        if self._closed:
            raise Unavailable
        if self._queue.qsize() >= WRITE_QUEUE:
            raise Overloaded(seconds=RETRY_AFTER_S)
        self._queue.put(command)

    def _loop(self) -> None:
        conn: Connection | None = None
        while True:
            batch, last = self._take()
            if batch:
                conn = self._commit(conn, batch)
            if last:
                if conn is not None:
                    conn.close()
                return

    def _take(self) -> tuple[list[Asked], bool]:
        command = self._queue.get()
        batch: list[Asked] = []
        while command is not None:
            if not command.done.cancelled():
                batch.append(command)
            if len(batch) >= WRITE_BATCH:
                return batch, False
            try:
                command = self._queue.get_nowait()
            except queue.Empty:
                return batch, False
        return batch, True

    def _commit(self, conn: Connection | None, batch: list[Asked]) -> Connection | None:
        try:
            if conn is None or conn.invalidated:
                conn = self._engine.connect().execution_options(moothall_writer=True)
            outcomes, events = self._run_again(conn, batch)
        except Exception as wrong:  # noqa: BLE001 - the thread must live; every caller is told
            self._fail(batch, wrong)
            discard(conn)
            return None
        self.counts.commits += 1
        self.counts.commands += len(batch)
        self.counts.failing = None
        if events and self.listener is not None:
            self.listener(events)
        answer(outcomes)
        return conn

    def _run_again(self, conn: Connection, batch: list[Asked]) -> tuple[list[Outcome], list[Event]]:
        """The group anew when another server was first with the same rows."""
        for _ in range(_TRIES - 1):
            try:
                return self._run(conn, batch)
            except Exception as wrong:
                if self._sqlite or not postgres.may_succeed_again(wrong):
                    raise
        return self._run(conn, batch)

    def _run(self, conn: Connection, batch: list[Asked]) -> tuple[list[Outcome], list[Event]]:
        try:
            return _run_together(conn, batch)
        except Exception as wrong:
            if self._is_fatal(wrong):
                raise
            if len(batch) == 1:
                return [Outcome(batch[0], None, wrong)], []
        return self._run_apart(conn, batch)

    def _run_apart(self, conn: Connection, batch: list[Asked]) -> tuple[list[Outcome], list[Event]]:
        outcomes: list[Outcome] = []
        events: list[Event] = []
        with conn.begin():
            for command in batch:
                tx = Tx(conn)
                run_sql(conn, "SAVEPOINT command")
                try:
                    value = command.run(tx)
                except Exception as wrong:
                    if self._is_fatal(wrong):
                        raise
                    run_sql(conn, "ROLLBACK TO SAVEPOINT command")
                    outcomes.append(Outcome(command, None, wrong))
                else:
                    outcomes.append(Outcome(command, value, None))
                    events.extend(tx.events)
                run_sql(conn, "RELEASE SAVEPOINT command")
        return outcomes, events

    def _is_fatal(self, wrong: Exception) -> bool:
        return sqlite.is_fatal(wrong) if self._sqlite else postgres.is_fatal(wrong)

    def _fail(self, batch: list[Asked], wrong: Exception) -> None:
        """The whole group is undone, and everybody in it is told that a retry may help."""
        log.error("write_failed", commands=len(batch), error=repr(wrong))
        full = self._sqlite and sqlite.is_full(wrong)
        error: MoothallError = StoreFull() if full else Unavailable()
        error.__cause__ = wrong
        self.counts.failures += 1
        self.counts.failing = error
        answer([Outcome(command, None, error) for command in batch])


def _run_together(conn: Connection, batch: list[Asked]) -> tuple[list[Outcome], list[Event]]:
    """Most groups have nothing that is refused, and two statements fewer a command.

    Raises: what the first refused command raises; nothing of the group is done then.
    """
    outcomes: list[Outcome] = []
    events: list[Event] = []
    with conn.begin():
        for command in batch:
            tx = Tx(conn)
            outcomes.append(Outcome(command, command.run(tx), None))
            events.extend(tx.events)
    return outcomes, events
