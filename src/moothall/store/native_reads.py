"""Everything that a native archive holds, in its order, from one snapshot."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.pool import NullPool

from moothall.kernel.errors import MoothallError
from moothall.store import postgres
from moothall.store.migrate import current_revision, newest_revision
from moothall.store.raw import rows

_PAGE = 1_000
_STORY = (
    "id, code, url, external, slug, lang, section_slug, headline, standfirst, byline, dateline_place,"
    " dateline_agency, body, photo_id, photo_caption, photo_credit, photo_alt, published, published_at_ms,"
    " updated_at_ms, embargo_until_ms, discussion, closes_at_ms, moderation, made_at_ms, changed_at_ms"
)
_ACCOUNT = (
    "id, display_name, name_key, named, role, email, email_sha256, banned_until_ms, ban_reason, made_at_ms,"
    " lang, single_keys, sections"
)
_COMMENT = (
    "id, story_id, parent_id, author_id, state, lang, body, revision, edited_at_ms, removal_rule, respect,"
    " disagree, featured"
)


class NoDatabase(MoothallError):
    """There is nothing to write out."""

    code = "no_database"
    text = "There is no database at {path}."


class OldDatabase(MoothallError):
    """An archive is written without changing anything, so not from tables of another version."""

    code = "database_of_another_version"
    text = "The database is of another version ({current}). Run `moothall migrate` first."


class Whole(NamedTuple):
    """A row with the rows that belong to it."""

    row: Any
    parts: list[Any]
    more: list[Any] = []  # noqa: RUF012 - never changed


@contextmanager
def snapshot(url: str) -> Iterator[Connection]:
    """A reading connection; on SQLite it works beside a running server.  Raises: NoDatabase, OldDatabase."""
    if url.startswith("sqlite"):
        path = Path(url.removeprefix("sqlite:///"))
        if not path.exists():
            raise NoDatabase(path=str(path))
        engine = create_engine(f"sqlite:///file:{path}?mode=ro&uri=true", poolclass=NullPool)
        event.listen(engine, "begin", lambda conn: conn.exec_driver_sql("BEGIN"))
    else:
        engine = postgres.open_engine(url)
    try:
        with engine.connect() as conn, conn.begin():
            current = current_revision(conn)
            if current != newest_revision():
                raise OldDatabase(current=current or "empty")
            yield conn
    finally:
        engine.dispose()


def sections(conn: Connection) -> list[Any]:
    """(slug, name, position) by slug."""
    return sorted(rows(conn, "SELECT slug, name, position FROM section"))


def keywords(conn: Connection) -> list[Any]:
    """(slug, name) by slug."""
    return sorted(rows(conn, "SELECT slug, name FROM keyword"))


def photos(conn: Connection) -> Iterator[Whole]:
    """With (width, bytes) of each size."""
    for row in rows(conn, "SELECT id, sha256, width, height, made_at_ms FROM photo ORDER BY id"):
        query = "SELECT width, bytes FROM photo_rendition WHERE photo_id = ? ORDER BY width"
        yield Whole(row, rows(conn, query, [row[0]]))


def accounts(conn: Connection) -> Iterator[Whole]:
    """With (issuer, subject, claimed_name, claimed_email, made_at_ms) of each identity."""
    columns = "account_id, issuer, subject, claimed_name, claimed_email, made_at_ms"
    for page in _pages(conn, _ACCOUNT, "account"):
        query = f"SELECT {columns} FROM identity WHERE account_id BETWEEN ? AND ?"  # noqa: S608
        parts = _by_owner(sorted(rows(conn, query, [page[0][0], page[-1][0]]), key=lambda r: tuple(r[:3])))
        yield from (Whole(row, parts.get(row[0], [])) for row in page)


def stories(conn: Connection) -> Iterator[Whole]:
    """With its keywords in their order, and (id, text, at_ms) of each correction."""
    for page in _pages(conn, _STORY, "story"):
        bounds = [page[0][0], page[-1][0]]
        query = "SELECT story_id, keyword_slug FROM story_keyword WHERE story_id BETWEEN ? AND ? ORDER BY story_id,"
        words = _by_owner(rows(conn, f"{query} position, keyword_slug", bounds))
        query = "SELECT story_id, id, text, at_ms FROM correction WHERE story_id BETWEEN ? AND ? ORDER BY id"
        notes = _by_owner(rows(conn, query, bounds))
        yield from (Whole(row, words.get(row[0], []), notes.get(row[0], [])) for row in page)


def related(conn: Connection) -> list[Any]:
    """(story, position, related)."""
    return sorted(rows(conn, "SELECT story_id, position, related_id FROM story_related"))


def comments(conn: Connection) -> Iterator[Whole]:
    """With (revision, body, at_ms) of earlier texts and (account, kind, at_ms) of reactions."""
    for page in _pages(conn, _COMMENT, "comment"):
        bounds = [page[0][0], page[-1][0]]
        query = "SELECT comment_id, revision, body, at_ms FROM comment_revision WHERE comment_id BETWEEN ? AND ?"
        texts = _by_owner(rows(conn, f"{query} ORDER BY comment_id, revision", bounds))
        query = "SELECT comment_id, account_id, kind, at_ms FROM reaction WHERE comment_id BETWEEN ? AND ?"
        answers = _by_owner(rows(conn, f"{query} ORDER BY comment_id, account_id", bounds))
        yield from (Whole(row, texts.get(row[0], []), answers.get(row[0], [])) for row in page)


def origins(conn: Connection) -> Iterator[Any]:
    """(source, kind, external_id, id), compared byte by byte whatever the cluster's locale."""
    order = "source, kind, external_id"
    if conn.dialect.name == "postgresql":
        order = ", ".join(f'{name} COLLATE "C"' for name in order.split(", "))
    last = ("", "", "")
    query = f"SELECT source, kind, external_id, id FROM import_map WHERE ({order}) > (?, ?, ?) ORDER BY {order}"  # noqa: S608
    while page := rows(conn, f"{query} LIMIT {_PAGE}", last):
        yield from page
        last = tuple(page[-1][:3])


def _pages(conn: Connection, columns: str, table: str) -> Iterator[list[Any]]:
    after = -1
    query = f"SELECT {columns} FROM {table} WHERE id > ? ORDER BY id LIMIT {_PAGE}"  # noqa: S608 - named above
    while page := rows(conn, query, [after]):
        yield page
        after = page[-1][0]


def _by_owner(found: list[Any]) -> dict[int, list[Any]]:
    owned: dict[int, list[Any]] = {}
    for row in found:
        owned.setdefault(row[0], []).append(tuple(row[1:]))
    return owned
