"""Second pass: the plan is written, in transactions that hold whole threads.

After each one all counts are exact and the checkpoint is part of it, so a run that is killed leaves a
discussion that is right as far as it goes, and the next run adds the rest.
"""

import hashlib
from collections.abc import Callable, Iterator
from itertools import islice
from typing import NamedTuple, TypeVar

import msgspec

from moothall.discussion.body import render
from moothall.discussion.model import State
from moothall.exchange.fields import display_name
from moothall.kernel.ids import code_of
from moothall.store import exchange as store
from moothall.store import staging_reads
from moothall.store.exchange import Connection
from moothall.store.staging import Staging
from moothall.store.staging_reads import Planned, Target
from moothall.story.slug import slug

# A transaction is at least this many comments and ends with a thread.
BATCH_COMMENTS = 4_000
_ACCOUNTS = 5_000
_STORIES = 1_000
T = TypeVar("T")
Progress = Callable[[str, int, int], None]


class Job(NamedTuple):
    """What is written under."""

    source: str
    digest: str
    section: str
    lang: str
    now_ms: int


def apply(staging: Staging, conn: Connection, job: Job, progress: Progress) -> int:
    """Write everything that is planned.  Returns: comments written, stubs included."""
    _write_stories(staging, conn, job)
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
    for page in _pages(staging_reads.new_people(staging), _ACCOUNTS):
        with conn.begin():
            store.add_accounts(
                conn,
                [
                    store.AccountRow(number, display_name(name), mail, at_ms, job.source, subject)
                    for number, subject, name, mail, at_ms in page
                ],
            )


def _write_stories(staging: Staging, conn: Connection, job: Job) -> None:
    made = dict(staging_reads.new_stories(staging))
    with conn.begin():
        sections = store.section_slugs(conn)
        if made and slug(job.section) not in sections:
            store.add_section(conn, slug(job.section), job.section)
    fresh = (target for target in staging_reads.targets(staging) if target.n in made)
    for page in _pages(fresh, _STORIES):
        with conn.begin():
            codes = _codes(conn, [made[target.n] for target in page])
            store.add_stories(conn, [_story(t, made[t.n], codes[made[t.n]], sections, job) for t in page])
            store.add_keywords(conn, [k for target in page for k in _keywords(target, made[target.n])])
    for pairs in _pages(staging_reads.story_ids(staging), _STORIES):
        with conn.begin():
            store.add_map(conn, job.source, "story", pairs)


def _story(target: Target, number: int, code: str, sections: set[str], job: Job) -> store.StoryRow:
    section = slug(target.section) if target.section else ""
    return store.StoryRow(
        id=number,
        code=code,
        url=target.link,
        slug=slug(target.headline),
        lang=job.lang,
        section_slug=section if section in sections else slug(job.section),
        headline=target.headline,
        byline=target.byline,
        published_at_ms=target.ms,
        discussion="closed" if target.closed else "open",
    )


def _keywords(target: Target, story_id: int) -> Iterator[tuple[int, str, str, int]]:
    names = msgspec.json.decode(target.keywords, type=list[str])
    return ((story_id, slug(name), name, at) for at, name in enumerate(filter(None, names)))


def _codes(conn: Connection, ids: list[int]) -> dict[int, str]:
    """A short code for each new story, made from its id so that an import can be repeated exactly."""
    given: dict[str, int] = {}
    waiting, attempt = ids, 0
    while waiting:
        tried = [(code_of(_scattered(number, attempt)), number) for number in waiting]
        taken = store.taken_codes(conn, [code for code, _ in tried])
        for code, number in tried:
            if code not in taken:
                given.setdefault(code, number)
        placed = set(given.values())
        waiting, attempt = [number for number in waiting if number not in placed], attempt + 1
    return {number: code for code, number in given.items()}


def _scattered(number: int, attempt: int) -> int:
    return int.from_bytes(hashlib.sha256(f"{number}/{attempt}".encode()).digest()[:8], "big")


def _pages(rows: Iterator[T], size: int) -> Iterator[list[T]]:
    while page := list(islice(rows, size)):
        yield page
