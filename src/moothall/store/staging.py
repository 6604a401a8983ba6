"""Where an import file is laid out before anything is changed: a scratch SQLite file, bounded in memory.

Every row of the file is in it once, with its `bucket`: "" while it is to be taken, else `refused`,
`skipped` or `already_there`, and the reason.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

_SCHEMA = """
CREATE TABLE story_row (
  n INTEGER PRIMARY KEY, number INTEGER, line INTEGER, byte INTEGER, bucket TEXT, reason TEXT, detail TEXT,
  external_id TEXT, key TEXT, link TEXT, link_key TEXT, headline TEXT, section TEXT, byline TEXT,
  keywords TEXT, ms INTEGER, closed INTEGER, own INTEGER, slug TEXT, standfirst TEXT, updated_ms INTEGER, body TEXT,
  target INTEGER);
CREATE TABLE comment_row (
  n INTEGER PRIMARY KEY, number INTEGER, line INTEGER, byte INTEGER, bucket TEXT, reason TEXT, detail TEXT,
  external_id TEXT, story_key TEXT, parent_id TEXT, subject TEXT, state TEXT, body TEXT, ms INTEGER);
CREATE TABLE author_row (subject TEXT PRIMARY KEY, name TEXT, email_sha256 BLOB) WITHOUT ROWID;
CREATE TABLE skip_reason (reason TEXT PRIMARY KEY) WITHOUT ROWID;
"""
# The file is thrown away, so nothing has to survive a crash; memory is what must stay small.
_PRAGMAS = (
    "PRAGMA journal_mode=OFF",
    "PRAGMA synchronous=OFF",
    "PRAGMA locking_mode=EXCLUSIVE",
    "PRAGMA temp_store=FILE",
    "PRAGMA cache_size=-32768",
    "PRAGMA mmap_size=0",
)
_BATCH = 1_000


class StagedStory(NamedTuple):
    """One story row; `link_key` is equal for rows of the same story.

    `own` is 1 where it becomes a page of this site, with `body`, our Markdown.
    """

    number: int
    line: int
    byte: int
    bucket: str
    reason: str
    detail: str
    external_id: str
    key: str
    link: str = ""
    link_key: str = ""
    headline: str = ""
    section: str = ""
    byline: str = ""
    keywords: str = "[]"
    ms: int = 0
    closed: int = 0
    own: int = 0
    slug: str = ""
    standfirst: str = ""
    updated_ms: int = 0
    body: str = ""


class StagedComment(NamedTuple):
    """One comment row; `subject` names its author's identity, `body` is our Markdown."""

    number: int
    line: int
    byte: int
    bucket: str
    reason: str
    detail: str
    external_id: str
    story_key: str = ""
    parent_id: str = ""
    subject: str = ""
    state: str = ""
    body: str = ""
    ms: int = 0


class StagedAuthor(NamedTuple):
    """An author; of several rows with one subject the first counts."""

    subject: str
    name: str
    email_sha256: bytes | None


class Staging:
    """The scratch file, open.  Close it to delete it."""

    def __init__(self, path: Path) -> None:
        path.unlink(missing_ok=True)  # left by a run that was killed
        self._path = path
        self.conn = sqlite3.connect(path, isolation_level=None, cached_statements=64)
        for pragma in _PRAGMAS:
            self.conn.execute(pragma)
        self.conn.executescript(_SCHEMA)
        self.conn.execute("BEGIN")
        self._stories: list[StagedStory] = []
        self._comments: list[StagedComment] = []
        self._authors: dict[str, StagedAuthor] = {}

    def add_story(self, story: StagedStory) -> None:
        """Buffered; `flush` writes it at the latest."""
        self._stories.append(story)
        if len(self._stories) >= _BATCH:
            self.flush()

    def add_comment(self, comment: StagedComment, author: StagedAuthor | None) -> None:
        """Buffered; a row that is not taken has no author."""
        self._comments.append(comment)
        if author is not None:
            self._authors.setdefault(author.subject, author)
        if len(self._comments) >= _BATCH:
            self.flush()

    def flush(self) -> None:
        """Write what is buffered."""
        self._insert("story_row", StagedStory._fields, self._stories)
        self._insert("comment_row", StagedComment._fields, self._comments)
        self._insert("author_row", StagedAuthor._fields, self._authors.values())
        self._stories, self._comments, self._authors = [], [], {}

    def rows(self, query: str, *values: object) -> Iterator[Any]:
        """The rows of a query, fetched in pieces."""
        cursor = self.conn.execute(query, values)
        cursor.arraysize = _BATCH
        return iter(cursor)

    def number(self, query: str, *values: object) -> int:
        """The one number a query gives."""
        found = self.conn.execute(query, values).fetchone()
        return int(found[0] or 0)

    def close(self) -> None:
        """Forget everything."""
        self.conn.close()
        self._path.unlink(missing_ok=True)

    def _insert(self, table: str, columns: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> None:
        marks = ", ".join("?" * len(columns))
        self.conn.executemany(
            f"INSERT OR IGNORE INTO {table} ({', '.join(columns)}) VALUES ({marks})",  # noqa: S608 - our own names
            rows,
        )
