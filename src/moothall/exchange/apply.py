"""Second pass: the plan is written, in transactions that hold whole threads.

After each one all counts are exact and the checkpoint is part of it, so a run that is killed leaves a
discussion that is right as far as it goes, and the next run adds the rest.
"""

from collections.abc import Callable, Iterator

from moothall.discussion.body import render
from moothall.discussion.model import State
from moothall.exchange.apply_stories import write_stories
from moothall.exchange.fields import display_name
from moothall.exchange.job import Job, pages
from moothall.store import exchange as store
from moothall.store import staging_reads
from moothall.store.exchange import Connection
from moothall.store.staging import Staging
from moothall.store.staging_reads import Planned

# A transaction is at least this many comments and ends with a thread.
BATCH_COMMENTS = 4_000
_ACCOUNTS = 5_000
Progress = Callable[[str, int, int], None]


def apply(staging: Staging, conn: Connection, job: Job, progress: Progress) -> int:
    """Write everything that is planned.  Returns: comments written, stubs included."""
    write_stories(staging, conn, job)
    _write_accounts(staging, conn, job)
    total = staging_reads.counts(staging)["planned"]
    done = 0
    rows = _Rows(staging_reads.planned(staging))
    while rows.next is not None:
        with conn.begin():
            for batch in _until_a_thread_ends(rows):
                _write_comments(conn, job.source, batch)
                store.mark_run(conn, job.source, job.digest, written=len(batch), at_ms=job.now_ms)
                done += len(batch)
        progress("write", done, total)
    return done


class _Rows:
    """Planned comments, the next one known before it is taken."""

    def __init__(self, rows: Iterator[Planned]) -> None:
        self._rows = rows
        self.next = next(rows, None)

    def take(self) -> Iterator[Planned]:
        """One after another, to the end."""
        while self.next is not None:
            row, self.next = self.next, next(self._rows, None)
            yield row


def _until_a_thread_ends(rows: _Rows) -> Iterator[list[Planned]]:
    """Batches of one transaction.  A thread of a million comments is one, but never in memory at once."""
    batch: list[Planned] = []
    for done, row in enumerate(rows.take(), start=1):
        batch.append(row)
        ends = rows.next is None or (done >= BATCH_COMMENTS and rows.next.root != row.root)
        if ends or len(batch) >= BATCH_COMMENTS:
            yield batch
            batch = []
        if ends:
            return


def _write_comments(conn: Connection, source: str, batch: list[Planned]) -> None:
    store.add_comments(conn, source, [_comment(row) for row in batch])
    live: dict[int, list[int]] = {}
    for row in batch:
        if row.state == State.LIVE:
            live.setdefault(row.story_id, []).append(row.id)
        if row.known_parent and row.shown:
            store.count_shown_reply(conn, row.parent_id)
    for story_id, ids in live.items():
        store.count_story(conn, story_id, live=len(ids), newest=max(ids))


def _comment(row: Planned) -> store.CommentRow:
    return store.CommentRow(
        id=row.id,
        story_id=row.story_id,
        parent_id=row.parent_id,
        root_id=row.root_id,
        depth=row.depth,
        author_id=row.author_id,
        state=row.state,
        shown=row.shown,
        body=row.body,
        body_html=render(row.body) if row.body else "",
        reply_count=row.replies,
        external_id=row.external_id,
    )


def _write_accounts(staging: Staging, conn: Connection, job: Job) -> None:
    for page in pages(staging_reads.new_people(staging), _ACCOUNTS):
        with conn.begin():
            store.add_accounts(
                conn,
                [
                    store.AccountRow(number, display_name(name), mail, at_ms, job.source, subject)
                    for number, subject, name, mail, at_ms in page
                ],
            )
