"""What an import asks of the store and what it writes, in batches that are whole by themselves."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple, TypeVar

from sqlalchemy import Connection as Connection
from sqlalchemy.exc import DBAPIError

from moothall.kernel.errors import StoreFull
from moothall.kernel.ids import id_at
from moothall.store import sqlite
from moothall.store.database import Database
from moothall.store.raw import row, rows, run, run_many

_CHUNK = 500
T = TypeVar("T")
_TABLES = {"story", "account", "comment"}


class StoryRow(NamedTuple):
    """A story that an import makes, already published; an `external` one lives on its own site, without text."""

    id: int
    code: str
    url: str
    slug: str
    lang: str
    section_slug: str
    headline: str
    byline: str
    published_at_ms: int
    discussion: str
    external: int = 1
    standfirst: str = ""
    body: str = ""
    body_html: str = ""
    updated_at_ms: int | None = None


class AccountRow(NamedTuple):
    """The author of imported comments, with the identity under which a later import knows them."""

    id: int
    display_name: str
    email_sha256: bytes | None
    made_at_ms: int
    issuer: str
    subject: str


class CommentRow(NamedTuple):
    """A comment as the table has it; `external_id` is what the file calls it."""

    id: int
    story_id: int
    parent_id: int
    root_id: int
    depth: int
    author_id: int
    state: str
    shown: int
    body: str
    body_html: str
    reply_count: int
    external_id: str


class Placed(NamedTuple):
    """Where a stored comment stands."""

    id: int
    story_id: int
    parent_id: int
    root_id: int
    depth: int


@contextmanager
def full_disk_told() -> Iterator[None]:
    """Raises: StoreFull, where the database or the scratch file found no room."""
    try:
        yield
    except (sqlite3.Error, DBAPIError) as wrong:
        if sqlite.is_full(wrong):
            raise StoreFull from wrong
        raise


def open_writer(db: Database) -> Connection:
    """A connection that takes the write lock at each begin, and keeps its memory small."""
    conn = db.engine.connect().execution_options(moothall_writer=True)
    if db.is_sqlite:
        # A mapped file counts as this process's memory once it is read; temporary tables would, too.
        for pragma in ("mmap_size=0", "temp_store=FILE", "cache_size=-65536"):
            conn.exec_driver_sql(f"PRAGMA {pragma}")
        conn.rollback()
    return conn


def has_imported(conn: Connection, source: str) -> bool:
    """Whether anything of this source was imported before."""
    return row(conn, "SELECT 1 FROM import_map WHERE source = ? LIMIT 1", [source]) is not None


def mapped(conn: Connection, source: str, kind: str, external_ids: Sequence[str]) -> dict[str, int]:
    """Our ids of what was imported before."""
    found: dict[str, int] = {}
    for chunk in _chunks(external_ids):
        query = "SELECT external_id, id FROM import_map WHERE source = ? AND kind = ? AND external_id IN"
        found.update(rows(conn, f"{query} {_marks(chunk)}", [source, kind, *chunk]))
    return found


def stories_by_url(conn: Connection, urls: Sequence[str]) -> dict[str, int]:
    """Ids of the stories that have one of these addresses."""
    found: dict[str, int] = {}
    for chunk in _chunks(urls):
        found.update(rows(conn, f"SELECT url, id FROM story WHERE url IN {_marks(chunk)}", chunk))  # noqa: S608
    return found


def accounts_by_subject(conn: Connection, issuer: str, subjects: Sequence[str]) -> dict[str, int]:
    """Ids of the accounts that have one of these identities."""
    found: dict[str, int] = {}
    for chunk in _chunks(subjects):
        query = "SELECT subject, account_id FROM identity WHERE issuer = ? AND subject IN"
        found.update(rows(conn, f"{query} {_marks(chunk)}", [issuer, *chunk]))
    return found


def placed(conn: Connection, ids: Sequence[int]) -> dict[int, Placed]:
    """Where these comments stand."""
    found: dict[int, Placed] = {}
    for chunk in _chunks(ids):
        columns = "id, story_id, parent_id, root_id, depth"
        query = f"SELECT {columns} FROM comment WHERE id IN {_marks(chunk)}"  # noqa: S608
        found.update((r[0], Placed(*r)) for r in rows(conn, query, chunk))
    return found


def taken_ids(conn: Connection, table: str, first_ms: int) -> Iterator[int]:
    """Ids of a table from a time on, rising."""
    if table not in _TABLES:
        raise ValueError(table)
    after = id_at(first_ms) - 1
    query = f"SELECT id FROM {table} WHERE id > ? ORDER BY id LIMIT 10000"  # noqa: S608 - named above
    while found := rows(conn, query, [after]):
        yield from (int(r[0]) for r in found)
        after = int(found[-1][0])


def taken_codes(conn: Connection, codes: Sequence[str]) -> set[str]:
    """Which of these short codes have a story."""
    return {
        r[0]
        for chunk in _chunks(codes)
        for r in rows(conn, f"SELECT code FROM story WHERE code IN {_marks(chunk)}", chunk)  # noqa: S608
    }


def section_slugs(conn: Connection) -> set[str]:
    """All sections."""
    return {r[0] for r in rows(conn, "SELECT slug FROM section")}


def add_section(conn: Connection, slug: str, name: str) -> None:
    """Make a section, last in order."""
    run(
        conn,
        "INSERT INTO section (slug, name, position) SELECT ?, ?, coalesce(max(position), 0) + 1 FROM section",
        [slug, name],
    )


def add_stories(conn: Connection, stories: Sequence[StoryRow]) -> None:
    """Insert stories."""
    run_many(
        conn,
        "INSERT INTO story (id, code, url, slug, lang, section_slug, headline, byline, published_at_ms,"
        " discussion, external, standfirst, body, body_html, updated_at_ms, published, moderation, made_at_ms,"
        " changed_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, 'post', ?, ?)",
        [(*s, s.published_at_ms, s.updated_at_ms or s.published_at_ms) for s in stories],
    )


def add_keywords(conn: Connection, keywords: Sequence[tuple[int, str, str, int]]) -> None:
    """Insert (story, slug, name, position), and the keywords that are new."""
    run_many(
        conn,
        "INSERT INTO keyword (slug, name) VALUES (?, ?) ON CONFLICT (slug) DO NOTHING",
        [(slug, name) for _, slug, name, _ in keywords],
    )
    run_many(
        conn,
        "INSERT INTO story_keyword (story_id, keyword_slug, position) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        [(story, slug, position) for story, slug, _, position in keywords],
    )


def add_accounts(conn: Connection, accounts: Sequence[AccountRow]) -> None:
    """Insert accounts with their identities.  Their names may repeat, so they get no name key."""
    run_many(
        conn,
        "INSERT INTO account (id, display_name, named, role, email_sha256, made_at_ms)"
        " VALUES (?, ?, 1, 'reader', ?, ?)",
        [(a.id, a.display_name, a.email_sha256, a.made_at_ms) for a in accounts],
    )
    run_many(
        conn,
        "INSERT INTO identity (issuer, subject, account_id, made_at_ms) VALUES (?, ?, ?, ?)",
        [(a.issuer, a.subject, a.id, a.made_at_ms) for a in accounts],
    )


def add_comments(conn: Connection, source: str, comments: Sequence[CommentRow]) -> None:
    """Insert comments and remember what the file called them."""
    run_many(
        conn,
        "INSERT INTO comment (id, story_id, parent_id, root_id, depth, author_id, state, shown, body, body_html,"
        " reply_count) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [c[:11] for c in comments],
    )
    add_map(conn, source, "comment", [(c.external_id, c.id) for c in comments])


def add_map(conn: Connection, source: str, kind: str, pairs: Sequence[tuple[str, int]]) -> None:
    """Remember external ids; one that is known stays as it is."""
    run_many(
        conn,
        "INSERT INTO import_map (source, kind, external_id, id) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
        [(source, kind, external_id, number) for external_id, number in pairs],
    )


def count_story(conn: Connection, story_id: int, *, live: int, newest: int) -> None:
    """Add live comments to a story's count; `newest` is the largest id among them."""
    run(
        conn,
        "UPDATE story SET comment_count = comment_count + ?,"
        " newest_comment = CASE WHEN newest_comment < ? THEN ? ELSE newest_comment END WHERE id = ?",
        [live, newest, newest, story_id],
    )


def count_shown_reply(conn: Connection, parent_id: int) -> None:
    """One more shown reply to a comment that was there before; a hidden one becomes a stub."""
    while parent_id:
        run(conn, "UPDATE comment SET reply_count = reply_count + 1 WHERE id = ?", [parent_id])
        if not run(conn, "UPDATE comment SET shown = 1 WHERE id = ? AND shown = 0", [parent_id]):
            return
        above = row(conn, "SELECT parent_id FROM comment WHERE id = ?", [parent_id])
        parent_id = above[0] if above else 0


def mark_run(conn: Connection, source: str, digest: str, *, written: int, at_ms: int) -> None:
    """The checkpoint: so many more comments of this file are here.  Part of their transaction."""
    run(
        conn,
        "INSERT INTO import_run (source, digest, position, at_ms) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (source, digest) DO UPDATE SET position = import_run.position + excluded.position",
        [source, digest, written, at_ms],
    )


def end_run(conn: Connection, source: str, digest: str, *, counts: str, at_ms: int) -> None:
    """The file is in; `counts` is the report.  A later run of the same file changes nothing."""
    run(
        conn,
        "UPDATE import_run SET counts = ?, done_at_ms = ? WHERE source = ? AND digest = ? AND done_at_ms IS NULL",
        [counts, at_ms, source, digest],
    )


def _chunks(values: Sequence[T]) -> Iterator[Sequence[T]]:
    for at in range(0, len(values), _CHUNK):
        yield values[at : at + _CHUNK]


def _marks(values: Sequence[object]) -> str:
    return f"({', '.join('?' * len(values))})"
