"""Whether this server is alive and ready, without asking the database: it must answer when all is busy."""

import threading
from typing import TypedDict

import structlog

from moothall.store import sqlite_copy
from moothall.store.database import Database

log = structlog.get_logger("moothall.health")


class Report(TypedDict):
    """`writes` is "ok" or the code of the error that the last group of writes met; reads go on."""

    ready: bool
    writes: str
    waiting: int


class Health:
    """`ready` is set when the server listens and taken back first of all when it stops."""

    def __init__(self, db: Database) -> None:
        self.ready = False
        self._db = db
        self._fault: str | None = None

    def watch(self) -> None:
        """Check the whole database beside the first requests; a damaged one is no longer ready."""
        threading.Thread(target=self._check, name="moothall-check", daemon=True).start()

    def report(self) -> Report:
        """What `/readyz` says."""
        writer = self._db.writer
        failing = writer.counts.failing
        return {
            "ready": self.ready and writer.alive and self._fault is None,
            "writes": failing.code if failing else "ok",
            "waiting": writer.waiting,
        }

    def _check(self) -> None:
        path = self._db.path
        self._fault = sqlite_copy.quick_fault(path) if path else None
        if self._fault:
            log.error("store_damaged", path=str(path), detail=self._fault)
