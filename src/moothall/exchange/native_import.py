"""`moothall import native`: our own archive into a newsroom that is empty, or has part of it already.

Ids are kept.  What is there stays as it is; a row that contradicts the newsroom refuses the whole file,
before anything is changed.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from moothall.exchange import native_check as check
from moothall.exchange.native_check_records import LedgerWalk
from moothall.exchange.native_lines import Numbered, read
from moothall.exchange.native_records import KINDS, AccountLine, CommentLine, Line
from moothall.exchange.native_rows import Places, write_page
from moothall.exchange.run import Workplace
from moothall.exchange.source import Source
from moothall.exchange.stage import Progress
from moothall.people.model import Role
from moothall.store import exchange as store
from moothall.store import native_staging as scratch
from moothall.store import native_writes
from moothall.store.staging import Staging

_SOURCE = "moothall"
_REPORT_EVERY = 10
_RECOUNT = 5_000


class NativeReport(msgspec.Struct, frozen=True):
    """Before anything is written, `imported` is what would be.  `staff` are new accounts with a role."""

    file: str
    sha256: str
    changed: bool
    rows: dict[str, int]
    imported: dict[str, int]
    already_there: dict[str, int]
    staff: int


class NativeImport:
    """One archive on its way in.  `check` changes nothing; `write` may follow it once."""

    def __init__(self, place: Workplace, path: Path) -> None:
        self._place, self._path = place, path
        self._staging = Staging(place.scratch)
        scratch.begin(self._staging)
        self._conn = store.open_writer(place.db)
        self._rows: Counter[str] = Counter()
        self._there: Counter[str] = Counter()
        self._staff = 0
        self._digest = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, wrong: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._conn.close()
        self._staging.close()

    def check(self, progress: Progress) -> NativeReport:
        """Read the whole file and hold it against itself and the newsroom.  Raises: ImportRefused."""
        source, walk = Source(self._path), LedgerWalk()
        with self._conn.begin():
            for page in self._pages(source, progress, "read"):
                check.remember(self._staging, page)
                walk.follow(page)
                self._count(page, check.known(self._conn, page))
        check.check_whole(self._staging)
        self._digest = source.digest
        return self._report(changed=False)

    def write(self, progress: Progress) -> NativeReport:
        """Write what `check` found good, in transactions of a page each."""
        places = Places(scratch.grown(self._staging))
        now_ms = self._place.clock()
        for page in self._pages(Source(self._path), progress, "copy"):
            with self._conn.begin():
                write_page(self._conn, page, check.known(self._conn, page), places)
                comments = sum(isinstance(n.line, CommentLine) for n in page)
                store.mark_run(self._conn, _SOURCE, self._digest, written=comments, at_ms=now_ms)
        if self._there["comment"]:
            self._recount()
        report = self._report(changed=True)
        with self._conn.begin():
            counts = msgspec.json.encode(report).decode()
            store.end_run(self._conn, _SOURCE, self._digest, counts=counts, at_ms=self._place.clock())
        return report

    def _pages(self, source: Source, progress: Progress, phase: str) -> Iterator[list[Numbered]]:
        for at, page in enumerate(check.pages(read(source))):
            yield page
            if at % _REPORT_EVERY == 0:
                progress(phase, source.packed_bytes, source.size_bytes)
        progress(phase, source.size_bytes, source.size_bytes)

    def _count(self, page: list[Numbered], known: set[str]) -> None:
        kind = page[0].line.kind
        self._rows[kind] += len(page)
        self._there[kind] += len(known)
        self._staff += sum(_is_staff(n.line) and n.line.which not in known for n in page)

    def _recount(self) -> None:
        """Parents that were there may have new replies: count them again, the deepest first."""
        for _, level in groupby(scratch.parents(self._staging), key=itemgetter(0)):
            while page := [number for _, number in islice(level, _RECOUNT)]:
                with self._conn.begin():
                    native_writes.recount(self._conn, page)

    def _report(self, *, changed: bool) -> NativeReport:
        return NativeReport(
            file=self._path.name,
            sha256=self._digest,
            changed=changed,
            rows={kind: self._rows[kind] for kind in KINDS},
            imported={kind: self._rows[kind] - self._there[kind] for kind in KINDS},
            already_there={kind: self._there[kind] for kind in KINDS},
            staff=self._staff,
        )


def _is_staff(line: Line) -> bool:
    return isinstance(line, AccountLine) and line.role not in {Role.READER, Role.TRUSTED}
