"""Whether this server is alive and ready, without asking the database: it must answer when all is busy."""

from typing import TypedDict

from moothall.store.database import Database


class Report(TypedDict):
    """`writes` is "ok" or the code of the error that the last group of writes met; reads go on."""

    ready: bool
    writes: str
    waiting: int


class Health:
    """`ready` is set when the server listens and taken back first of all when it stops."""

    def __init__(self, db: Database) -> None:
        self.ready = False
        self._writer = db.writer

    def report(self) -> Report:
        failing = self._writer.counts.failing
        return {
            "ready": self.ready and self._writer.alive,
            "writes": failing.code if failing else "ok",
            "waiting": self._writer.waiting,
        }
