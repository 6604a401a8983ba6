"""What must fit together in a native archive: each name that is used is there, threads are sound."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from moothall.store.staging import Staging
from moothall.store.staging_plan import NODE, grow_threads

_SCHEMA = f"""
CREATE TABLE thing (kind TEXT, id TEXT, PRIMARY KEY (kind, id)) WITHOUT ROWID;
CREATE TABLE wanted (kind TEXT, id TEXT, line INTEGER, PRIMARY KEY (kind, id)) WITHOUT ROWID;
{NODE}
"""


class Wanted(NamedTuple):
    """A name that a line uses."""

    kind: str
    id: str
    line: int


class Node(NamedTuple):
    """A comment's place, as the file says it."""

    id: int
    story: int
    parent: int
    state: str


class Grown(NamedTuple):
    """A comment's place, as it follows from all lines."""

    id: int
    parent: int
    root: int
    depth: int
    shown: int
    replies: int


def begin(staging: Staging) -> None:
    """Make the tables."""
    for statement in _SCHEMA.split(";\n"):
        staging.conn.execute(statement)


def have(staging: Staging, kind: str, ids: Iterable[str]) -> None:
    """The file has these."""
    staging.conn.executemany("INSERT INTO thing VALUES (?, ?)", ((kind, number) for number in ids))


def want(staging: Staging, names: Iterable[Wanted]) -> None:
    """Lines of the file use these."""
    staging.conn.executemany("INSERT OR IGNORE INTO wanted VALUES (?, ?, ?)", names)


def missing(staging: Staging) -> Wanted | None:
    """A name that is used and not there, if any."""
    found = staging.rows(
        "SELECT w.kind, w.id, w.line FROM wanted w LEFT JOIN thing t ON t.kind = w.kind AND t.id = w.id"
        " WHERE t.id IS NULL ORDER BY w.line LIMIT 1"
    )
    return next((Wanted(*row) for row in found), None)


def add_comments(staging: Staging, nodes: Iterable[Node]) -> None:
    """The file has these comments."""
    staging.conn.executemany("INSERT INTO node (n, story, parent, state, ms) VALUES (?, ?, ?, ?, 0)", nodes)


def grow(staging: Staging, *, depth_max: int) -> None:
    """Work out all places."""
    grow_threads(staging, {"reply_cycle": "", "story_without_comments": ""}, depth_max=depth_max)


def foreign(staging: Staging) -> int | None:
    """A comment that answers one of another story, or one that is not there."""
    query = (
        "SELECT c.n FROM node c LEFT JOIN node p ON p.n = c.parent"
        " WHERE c.parent <> 0 AND (p.n IS NULL OR p.story <> c.story) LIMIT 1"
    )
    return next((int(row[0]) for row in staging.rows(query)), None)


def circle(staging: Staging) -> int | None:
    """A comment in, or beneath, a circle of replies."""
    query = "SELECT n FROM node WHERE n NOT IN (SELECT n FROM tree) LIMIT 1"
    return next((int(row[0]) for row in staging.rows(query)), None)


def grown(staging: Staging) -> Iterator[Grown]:
    """All comments by their ids."""
    return (
        Grown(*row) for row in staging.rows("SELECT n, parent, root, depth, shown, replies FROM tree ORDER BY n")
    )


def parents(staging: Staging) -> Iterator[tuple[int, int]]:
    """(depth, id) of the comments that have replies, the deepest first."""
    return staging.rows("SELECT depth, n FROM tree WHERE n IN (SELECT parent FROM tree) ORDER BY depth DESC, n")
