"""The one writer: commands queue up, and whatever has queued shares one durable commit.

Each command runs under a savepoint of its own, so that a refused one fails alone.  The answer is given
only after the commit is on disk.  Source of the numbers: decision record 0002.
"""

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, NamedTuple, TypeVar

import structlog
from sqlalchemy import Connection, Engine

from moothall.kernel.errors import MoothallError, Overloaded, StoreFull, Unavailable
from moothall.kernel.event import Event
from moothall.kernel.limits import RETRY_AFTER_S, WRITE_BATCH, WRITE_QUEUE
from moothall.store import postgres, sqlite
from moothall.store.tx import Listener, Tx

T = TypeVar("T")
log = structlog.get_logger("moothall.store")


class _Command(NamedTuple):
    run: Callable[[Tx], Any]
    done: "Future[Any]"


class _Outcome(NamedTuple):
    done: "Future[Any]"
    value: Any
    error: BaseException | None


class Writer:
    """Owns the only writing connection and the thread that uses it."""

    def __init__(self, engine: Engine) -> None:
        self.listener: Listener | None = None
        self._engine = engine
        self._sqlite = engine.dialect.name == "sqlite"
        self._queue: queue.Queue[_Command | None] = queue.Queue(WRITE_QUEUE)
        self._thread = threading.Thread(target=self._loop, name="moothall-write", daemon=True)
        self._thread.start()

    def submit(self, command: Callable[[Tx], T]) -> "Future[T]":
        """Queue a command.  Raises: Overloaded when the queue is full."""
        done: Future[T] = Future()
        try:
            self._queue.put_nowait(_Command(command, done))
        except queue.Full as full:
            raise Overloaded(seconds=RETRY_AFTER_S) from full
        return done

    def close(self) -> None:
        """Finish what is queued, then stop."""
        self._queue.put(None)
        self._thread.join()

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

    def _take(self) -> tuple[list[_Command], bool]:
        first = self._queue.get()
        batch: list[_Command] = []
        while True:
            if first is None:
                return batch, True
            if first.done.set_running_or_notify_cancel():
                batch.append(first)
            if len(batch) >= WRITE_BATCH:
                return batch, False
            try:
                first = self._queue.get_nowait()
            except queue.Empty:
                return batch, False

    def _commit(self, conn: Connection | None, batch: list[_Command]) -> Connection | None:
        try:
            if conn is None or conn.invalidated:
                conn = self._engine.connect().execution_options(moothall_writer=True)
            outcomes, events = self._run(conn, batch)
        except Exception as wrong:  # noqa: BLE001 - the thread must live; every caller is told
            self._fail(batch, wrong)
            return _discard(conn)
        if events and self.listener is not None:
            self.listener(events)
        for outcome in outcomes:
            if outcome.error is None:
                outcome.done.set_result(outcome.value)
            else:
                outcome.done.set_exception(outcome.error)
        return conn

    def _run(self, conn: Connection, batch: list[_Command]) -> tuple[list[_Outcome], list[Event]]:
        outcomes: list[_Outcome] = []
        events: list[Event] = []
        group = conn.begin()
        for command in batch:
            tx = Tx(conn)
            conn.exec_driver_sql("SAVEPOINT command")
            try:
                value = command.run(tx)
            except Exception as wrong:
                if self._is_fatal(wrong):
                    raise
                conn.exec_driver_sql("ROLLBACK TO SAVEPOINT command")
                outcomes.append(_Outcome(command.done, None, wrong))
                continue
            conn.exec_driver_sql("RELEASE SAVEPOINT command")
            outcomes.append(_Outcome(command.done, value, None))
            events.extend(tx.events)
        group.commit()
        return outcomes, events

    def _is_fatal(self, wrong: Exception) -> bool:
        return (sqlite if self._sqlite else postgres).is_fatal(wrong)

    def _fail(self, batch: list[_Command], wrong: Exception) -> None:
        log.error("write_failed", commands=len(batch), error=repr(wrong))
        full = self._sqlite and sqlite.is_full(wrong)
        error: MoothallError = StoreFull() if full else Unavailable()
        error.__cause__ = wrong
        for command in batch:
            if not command.done.done():
                command.done.set_exception(error)


def _discard(conn: Connection | None) -> None:
    """Close a connection in an unknown state; the next group opens a fresh one."""
    if conn is not None:
        conn.invalidate()
        conn.close()
