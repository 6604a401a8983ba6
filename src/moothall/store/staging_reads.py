"""What is asked of the scratch file, and what the answers write back into it."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from moothall.store.staging import Staging

_TABLES = {"story_row", "comment_row"}
_STUB_NAME = "'missing:' || r.external_id || ':' || s.parent_id"


class RowNote(NamedTuple):
    """One row that is not taken."""

    kind: str
    bucket: str
    reason: str
    number: int
    line: int
    byte: int
    external_id: str
    detail: str


class Target(NamedTuple):
    """One story to be made or found."""

    n: int
    link: str
    headline: str
    section: str
    byline: str
    keywords: str
    ms: int
    closed: int
    own: int
    slug: str
    standfirst: str
    updated_ms: int


class Stub(NamedTuple):
    """A parent that the file does not have, in the story of its replies."""

    n: int
    story: int
    story_external_id: str
    parent_id: str
    name: str
    """What it is called in later imports."""


class Person(NamedTuple):
    """An author of planned comments; the subject is "" for the author of stubs."""

    rowid: int
    subject: str
    name: str
    email_sha256: bytes | None
    ms: int


class Planned(NamedTuple):
    """A comment ready to be written, its text not rendered yet.  `known_parent` was there before."""

    n: int
    root: int
    id: int
    story_id: int
    parent_id: int
    root_id: int
    depth: int
    author_id: int
    state: str
    shown: int
    replies: int
    body: str
    external_id: str
    known_parent: int


def tally(staging: Staging, table: str) -> list[tuple[str, str, int]]:
    """(bucket, reason, rows) of a table."""
    if table not in _TABLES:
        raise ValueError(table)
    query = f"SELECT bucket, reason, count(*) FROM {table} GROUP BY bucket, reason ORDER BY bucket, reason"  # noqa: S608
    return [(str(b), str(r), int(c)) for b, r, c in staging.rows(query)]


def notes(staging: Staging, bucket: str) -> Iterator[RowNote]:
    """The rows in a bucket, as they stand in the file, stories first."""
    for kind in ("story", "comment"):
        for row in staging.rows(
            f"SELECT bucket, reason, number, line, byte, external_id, detail FROM {kind}_row"  # noqa: S608
            " WHERE bucket = ? ORDER BY n",
            bucket,
        ):
            yield RowNote(kind, *row)


def good_stories(staging: Staging) -> Iterator[tuple[str, int]]:
    """(external id, target) of the rows that are taken."""
    return staging.rows("SELECT external_id, target FROM story_row WHERE target IS NOT NULL ORDER BY n")


_TARGETS = "FROM story_row r WHERE r.bucket = '' AND r.target = r.n"
# A story without a time of its own is as old as its oldest comment.
_STORY_MS = "CASE WHEN r.ms > 0 THEN r.ms ELSE coalesce((SELECT min(d.ms) FROM node d WHERE d.story = r.n), 0) END"


def targets(staging: Staging) -> Iterator[Target]:
    """The stories that are not in the store, by their place in the file."""
    query = f"SELECT r.n, r.link, r.headline, r.section, r.byline, r.keywords, {_STORY_MS}, r.closed, r.own"
    query += ", r.slug, r.standfirst, r.updated_ms"
    return (Target(*row) for row in staging.rows(f"{query} {_TARGETS} ORDER BY r.n"))


def body(staging: Staging, n: int) -> str:
    """The text of a story row."""
    return next((str(row[0]) for row in staging.rows("SELECT body FROM story_row WHERE n = ?", n)), "")


def story_times(staging: Staging) -> Iterator[tuple[int, int]]:
    """(row, time) of the stories that need an id, oldest first."""
    new = "AND r.n NOT IN (SELECT n FROM story_plan) ORDER BY at, r.n"
    return staging.rows(f"SELECT r.n, {_STORY_MS} AS at {_TARGETS} {new}")


def merge_stories(staging: Staging) -> None:
    """Mark the rows whose story another row stands for."""
    staging.conn.execute("UPDATE story_row SET bucket = 'merged' WHERE bucket = '' AND target <> n")


def keep_stories(staging: Staging, found: Iterable[tuple[int, int]], *, was_there: bool) -> None:
    """(row, our id)."""
    rows = ((n, number, was_there) for n, number in found)
    staging.conn.executemany("INSERT OR IGNORE INTO story_plan VALUES (?, ?, ?)", rows)


def mark_stories(staging: Staging) -> None:
    """Mark the rows whose story was there before."""
    staging.conn.execute(
        "UPDATE story_row SET bucket = 'already_there'"
        " WHERE bucket = '' AND target IN (SELECT n FROM story_plan WHERE was_there)"
    )


def story_ids(staging: Staging) -> Iterator[tuple[str, int]]:
    """(external id, our id) of all rows that are taken."""
    return staging.rows(
        "SELECT r.external_id, s.id FROM story_row r JOIN story_plan s ON s.n = r.target ORDER BY r.n"
    )


def new_stories(staging: Staging) -> Iterator[tuple[int, int]]:
    """(row, our id) of the stories to be made."""
    return staging.rows("SELECT n, id FROM story_plan WHERE NOT was_there ORDER BY n")


def stubs(staging: Staging) -> Iterator[Stub]:
    """Parents to be stood in for."""
    return (
        Stub(*row)
        for row in staging.rows(
            f"SELECT s.n, s.story, r.external_id, s.parent_id, {_STUB_NAME}"  # noqa: S608 - our own words
            " FROM stub s JOIN story_row r ON r.n = s.story"
        )
    )


def comment_pages(staging: Staging, size: int) -> Iterator[list[tuple[int, str]]]:
    """(n, external id) of the comments to be taken, in pages."""
    after = 0
    while page := list(
        staging.rows(
            "SELECT n, external_id FROM comment_row WHERE n > ? AND bucket = '' ORDER BY n LIMIT ?", after, size
        )
    ):
        yield page
        after = int(page[-1][0])


def keep_known(staging: Staging, known: Iterable[tuple[int, int | None, int | None, int]]) -> None:
    """(our id, its root and depth where the file does not say, n) of what was imported before."""
    staging.conn.executemany("UPDATE node SET known_id = ?, known_root = ?, known_depth = ? WHERE n = ?", known)


def comment_times(staging: Staging) -> Iterator[tuple[int, int]]:
    """(n, time) of the comments that need an id; a stub before the replies of its time."""
    return staging.rows("SELECT n, ms FROM tree WHERE known_id IS NULL ORDER BY ms, n")


def keep_comment_ids(staging: Staging, ids: Iterable[tuple[int, int]]) -> None:
    """(n, our id)."""
    staging.conn.executemany("UPDATE tree SET id = ? WHERE n = ?", ((number, n) for n, number in ids))


def people(staging: Staging) -> Iterator[Person]:
    """The authors of planned comments, oldest first."""
    return (
        Person(*row)
        for row in staging.rows(
            "SELECT p.rowid, p.subject, coalesce(a.name, ''), a.email_sha256, p.ms"
            " FROM person p LEFT JOIN author_row a ON a.subject = p.subject ORDER BY p.ms, p.subject"
        )
    )


def keep_people(staging: Staging, found: Iterable[tuple[int, int]], *, are_new: bool) -> None:
    """(row, our id)."""
    rows = ((number, are_new, rowid) for rowid, number in found)
    staging.conn.executemany("UPDATE person SET id = ?, is_new = ? WHERE rowid = ?", rows)


def people_times(staging: Staging) -> Iterator[tuple[int, int]]:
    """(row, time) of the authors that need an account, oldest first."""
    return staging.rows("SELECT rowid, ms FROM person WHERE id IS NULL ORDER BY ms, subject")


def new_people(staging: Staging) -> Iterator[tuple[int, str, str, bytes | None, int]]:
    """(our id, subject, name, mail digest, time) of accounts to be made."""
    return staging.rows(
        "SELECT p.id, p.subject, coalesce(a.name, ''), a.email_sha256, p.ms"
        " FROM person p LEFT JOIN author_row a ON a.subject = p.subject WHERE p.is_new ORDER BY p.id"
    )


_PLANNED = f"""
SELECT t.n, t.root, t.id, y.id, coalesce(up.id, 0), coalesce(top.known_root, top.id), t.depth, w.id, t.state,
  t.shown, t.replies, coalesce(c.body, ''), coalesce(c.external_id, {_STUB_NAME}), up.known_id IS NOT NULL
FROM plan p JOIN tree t ON t.n = p.n JOIN tree top ON top.n = t.root JOIN story_plan y ON y.n = t.story
  JOIN story_row r ON r.n = t.story LEFT JOIN tree up ON up.n = t.parent LEFT JOIN comment_row c ON c.n = t.n
  LEFT JOIN stub s ON s.n = t.n JOIN person w ON w.subject = coalesce(c.subject, '')
ORDER BY p.ord
"""  # noqa: S608 - our own words


def planned(staging: Staging) -> Iterator[Planned]:
    """Comments in the order of writing: story by story, thread by thread, parents first."""
    return (Planned(*row) for row in staging.rows(_PLANNED))


def counts(staging: Staging) -> dict[str, int]:
    """How many comments are planned, how many of them are stubs, and how many accounts are new."""
    return {
        "planned": staging.number("SELECT count(*) FROM plan"),
        "stubs": staging.number("SELECT count(*) FROM plan WHERE n < 0"),
        "accounts": staging.number("SELECT count(*) FROM person WHERE is_new"),
    }
