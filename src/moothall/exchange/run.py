"""An import from file to report: check everything, then (if it may) write it."""

from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

import msgspec

from moothall.exchange.apply import apply
from moothall.exchange.job import Job
from moothall.exchange.plan import plan
from moothall.exchange.report import Report, make_report
from moothall.exchange.source import Source
from moothall.exchange.stage import Choices, Progress, Reader, RowCounts, stage
from moothall.kernel.clock import Clock
from moothall.kernel.limits import IMPORT_ID_CHARS
from moothall.store import exchange as store
from moothall.store import staging_reads
from moothall.store.database import Database
from moothall.store.staging import Staging
from moothall.store.staging_reads import RowNote


class Workplace(NamedTuple):
    """Where an import works: `scratch` is a file that is made and deleted, about as large as the archive."""

    db: Database
    scratch: Path
    clock: Clock


class Import:
    """One file on its way in.  `check` changes nothing; `write` may follow it once."""

    def __init__(self, place: Workplace, reader: Reader, path: Path, choices: Choices) -> None:
        self._place, self._reader, self._choices = place, reader, choices
        self._source = Source(path)
        self._staging = Staging(place.scratch)
        self._conn = store.open_writer(place.db)
        self._rows = RowCounts(0, 0)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, wrong: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._conn.close()
        self._staging.close()

    def check(self, progress: Progress) -> Report:
        """Read the whole file and say what would become of every row.  Raises: ImportRefused."""
        self._rows = stage(self._reader, self._source, self._staging, self._choices, progress)
        progress("plan", 0, 1)
        with self._conn.begin():
            plan(self._staging, self._conn, source=self._name)
        progress("plan", 1, 1)
        return self._report(changed=False)

    def write(self, progress: Progress) -> Report:
        """Write what `check` planned."""
        job = Job(
            source=self._name,
            digest=self._source.digest,
            section=self._choices.section,
            lang=self._choices.lang,
            now_ms=self._place.clock(),
        )
        apply(self._staging, self._conn, job, progress)
        report = self._report(changed=True)
        counts = msgspec.json.encode(report).decode()
        with self._conn.begin():
            store.end_run(self._conn, job.source, job.digest, counts=counts, at_ms=self._place.clock())
        return report

    def notes(self, bucket: str) -> Iterator[RowNote]:
        """The rows that were `refused` or `skipped`, in the order of the file."""
        return staging_reads.notes(self._staging, bucket)

    @property
    def _name(self) -> str:
        """Format and site; under it a later import knows these rows, and the people their identities."""
        return f"{self._reader.name}:{self._reader.site[:IMPORT_ID_CHARS] or 'unknown'}"

    def _report(self, *, changed: bool) -> Report:
        return make_report(self._staging, self._source, self._name, self._rows, changed=changed)
