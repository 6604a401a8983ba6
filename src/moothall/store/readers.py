"""The readers: a few threads with a connection each; what is asked together shares a snapshot and an answer.

Waking a thread and the event loop for every single query costs more than the query.
"""

import asyncio
import queue
import threading
from collections.abc import Callable
from typing import Any, cast

from sqlalchemy import Connection, Engine

from moothall.kernel.limits import READ_BATCH
from moothall.store.asked import Asked, Outcome, answer, ask_here


class Readers:
    """`count` threads.  A snapshot begins after all who share it have asked, so each sees its own writes."""

    def __init__(self, engine: Engine, count: int) -> None:
        self._engine = engine
        self._queue: queue.SimpleQueue[list[Asked] | None] = queue.SimpleQueue()
        self._gathered: dict[asyncio.AbstractEventLoop, list[Asked]] = {}
        self._threads = [
            threading.Thread(target=self._loop, name=f"moothall-read-{n}", daemon=True) for n in range(count)
        ]
        for thread in self._threads:
            thread.start()

    def ask_here(self, query: Callable[[Connection], Any]) -> "asyncio.Future[Any]":
        """Ask together with all that this turn of the running event loop asks."""
        asked = ask_here(query)
        loop = asyncio.get_running_loop()
        gathered = self._gathered.get(loop)
        if gathered is None:
            gathered = self._gathered[loop] = []
            loop.call_soon(self._send, loop)
        gathered.append(asked)
        return cast("asyncio.Future[Any]", asked.done)

    def close(self) -> None:
        """Finish what is queued, then stop."""
        for _ in self._threads:
            self._queue.put(None)
        for thread in self._threads:
            thread.join()

    def _send(self, loop: asyncio.AbstractEventLoop) -> None:
        gathered = self._gathered.pop(loop)
        for start in range(0, len(gathered), READ_BATCH):
            self._queue.put(gathered[start : start + READ_BATCH])

    def _loop(self) -> None:
        conn: Connection | None = None
        last = False
        while not last:
            batch, last = self._take()
            if batch:
                conn = self._answer(conn, batch)
        if conn is not None:
            conn.close()

    def _take(self) -> tuple[list[Asked], bool]:
        """All that waits, of several turns where this thread was late; and whether it was the last."""
        gathered = self._queue.get()
        batch: list[Asked] = []
        while gathered is not None:
            batch += gathered
            if len(batch) >= READ_BATCH:
                return batch, False
            try:
                gathered = self._queue.get_nowait()
            except queue.Empty:
                return batch, False
        return batch, True

    def _answer(self, conn: Connection | None, batch: list[Asked]) -> Connection | None:
        outcomes: list[Outcome] = []
        try:
            conn = conn or self._engine.connect()
            while len(outcomes) < len(batch):
                outcomes += _read(conn, batch[len(outcomes) :])
        except Exception as wrong:  # noqa: BLE001 - the connection is gone; every caller is told
            outcomes += [Outcome(asked, None, wrong) for asked in batch[len(outcomes) :]]
            discard(conn)
            conn = None
        answer(outcomes)
        return conn


def read_once(conn: Connection, query: Callable[[Connection], Any]) -> Any:
    """One query in a snapshot of its own."""
    with conn.begin():
        return query(conn)


def discard(conn: Connection | None) -> None:
    """Close a connection in an unknown state."""
    if conn is not None:
        conn.invalidate()
        conn.close()


def _read(conn: Connection, batch: list[Asked]) -> list[Outcome]:
    """Up to the first that fails: on PostgreSQL the snapshot is gone with it."""
    outcomes: list[Outcome] = []
    with conn.begin():
        for asked in batch:
            if asked.done.cancelled():
                outcomes.append(Outcome(asked, None, None))
                continue
            try:
                outcomes.append(Outcome(asked, asked.run(conn), None))
            except Exception as wrong:  # noqa: BLE001 - it is its own caller's, who is told
                outcomes.append(Outcome(asked, None, wrong))
                break
    return outcomes
