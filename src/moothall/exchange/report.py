"""What an import found and did: every row of the file in exactly one place."""

import msgspec

from moothall.exchange.source import Source
from moothall.exchange.stage import RowCounts
from moothall.store import staging_reads
from moothall.store.staging import Staging

_WITH_REASON = ("refused", "skipped")


class Fates(msgspec.Struct, frozen=True):
    """The rows of one kind; the five numbers after `rows` add up to it."""

    rows: int
    imported: int
    already_there: int
    merged: int
    skipped: int
    refused: int
    reasons: dict[str, int]

    def check(self) -> None:
        """Raises: AssertionError when a row is unaccounted for, which is a fault of ours."""
        total = self.imported + self.already_there + self.merged + self.skipped + self.refused
        if total != self.rows or sum(self.reasons.values()) != self.skipped + self.refused:
            raise AssertionError(f"{self.rows} rows read, {total} accounted for")


class Report(msgspec.Struct, frozen=True):
    """Before anything is written, `imported` is what would be.

    `stubs` stand in for parents that the file does not have, and `accounts` are new authors; neither
    are rows of the file.
    """

    source: str
    file: str
    sha256: str
    changed: bool
    stories: Fates
    comments: Fates
    stubs: int
    accounts: int

    @property
    def refused(self) -> int:
        """Rows that cannot be taken."""
        return self.stories.refused + self.comments.refused


def make_report(staging: Staging, source: Source, name: str, rows: RowCounts, *, changed: bool) -> Report:
    """The report of what is in the scratch file."""
    planned = staging_reads.counts(staging)
    return Report(
        source=name,
        file=source.path.name,
        sha256=source.digest,
        changed=changed,
        stories=_fates(staging, "story_row", rows.stories),
        comments=_fates(staging, "comment_row", rows.comments),
        stubs=planned["stubs"],
        accounts=planned["accounts"],
    )


def _fates(staging: Staging, table: str, rows_read: int) -> Fates:
    buckets: dict[str, int] = {}
    reasons: dict[str, int] = {}
    for bucket, reason, count in staging_reads.tally(staging, table):
        buckets[bucket] = buckets.get(bucket, 0) + count
        if bucket in _WITH_REASON:
            reasons[reason] = reasons.get(reason, 0) + count
    found = Fates(
        rows=rows_read,
        imported=buckets.get("", 0),
        already_there=buckets.get("already_there", 0),
        merged=buckets.get("merged", 0),
        skipped=buckets.get("skipped", 0),
        refused=buckets.get("refused", 0),
        reasons=reasons,
    )
    found.check()
    return found
