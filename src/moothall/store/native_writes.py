"""What a native import finds in the store, and what it adds.  Rows that are there stay as they are."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from moothall.store.exchange import CommentRow
from moothall.store.raw import rows, run_many

_CHUNK = 500
_KEYS = {
    ("photo", "id"), ("photo", "sha256"), ("account", "id"), ("account", "name_key"), ("story", "id"),
    ("story", "code"), ("story", "url"), ("comment", "id"),
}  # fmt: skip
Values = Sequence[object]


class KeptComment(NamedTuple):
    """A comment with what only our own archive knows of it."""

    row: CommentRow
    lang: str | None
    edited_at_ms: int | None
    revision: int
    respect: int
    disagree: int
    score: int
    removal_rule: str | None
    featured: int
    revisions: Sequence[tuple[int, str, str, int]]
    reactions: Sequence[tuple[int, str, int]]


def find(
    conn: Connection, table: str, key: str, wanted: str, values: Iterable[object]
) -> dict[object, tuple[object, ...]]:
    """Key to the `wanted` columns, of the rows that have one of these values.  Bytes come back as bytes."""
    if (table, key) not in _KEYS:
        raise ValueError(f"{table}.{key}")
    found: dict[object, tuple[object, ...]] = {}
    for chunk in _chunks([value for value in values if value is not None]):
        marks = ", ".join("?" * len(chunk))
        query = f"SELECT {key}, {wanted} FROM {table} WHERE {key} IN ({marks})"  # noqa: S608 - named above
        found.update((_plain(row[0]), tuple(map(_plain, row[1:]))) for row in rows(conn, query, chunk))
    return found


def holders(conn: Connection, identities: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """The accounts of these (issuer, subject)."""
    wanted = set(identities)
    found: dict[tuple[str, str], int] = {}
    for chunk in _chunks(sorted(subject for _, subject in wanted)):
        marks = ", ".join("?" * len(chunk))
        query = f"SELECT issuer, subject, account_id FROM identity WHERE subject IN ({marks})"  # noqa: S608
        found.update(((r[0], r[1]), r[2]) for r in rows(conn, query, chunk) if (r[0], r[1]) in wanted)
    return found


def add_sections(conn: Connection, found: Sequence[Values]) -> None:
    """(slug, name, position)."""
    _add(conn, "section (slug, name, position)", 3, found)


def add_keywords(conn: Connection, found: Sequence[Values]) -> None:
    """(slug, name)."""
    _add(conn, "keyword (slug, name)", 2, found)


def add_photos(conn: Connection, photos: Sequence[Values], renditions: Sequence[Values]) -> None:
    """(id, sha256, width, height, widths, made_at_ms); (photo, width, mime, bytes)."""
    _add(conn, "photo (id, sha256, width, height, widths, made_at_ms)", 6, photos)
    _add(conn, "photo_rendition (photo_id, width, mime, bytes)", 4, renditions)


def add_accounts(conn: Connection, accounts: Sequence[Values], identities: Sequence[Values]) -> None:
    """In the order of their columns below."""
    columns = (
        "id, display_name, name_key, named, role, email, email_sha256, banned_until_ms, ban_reason, made_at_ms,"
        " lang, single_keys, sections"
    )
    _add(conn, f"account ({columns})", 13, accounts)
    _add(conn, "identity (account_id, issuer, subject, claimed_name, claimed_email, made_at_ms)", 6, identities)


def add_stories(
    conn: Connection, stories: Sequence[Values], *, keywords: Sequence[Values], corrections: Sequence[Values]
) -> None:
    """In the order of their columns below."""
    columns = (
        "id, code, url, external, slug, lang, section_slug, headline, standfirst, byline, dateline_place,"
        " dateline_agency, body, body_html, photo_id, photo_caption, photo_credit, photo_alt, published,"
        " published_at_ms, updated_at_ms, embargo_until_ms, discussion, closes_at_ms, moderation, made_at_ms,"
        " changed_at_ms"
    )
    _add(conn, f"story ({columns})", 27, stories)
    _add(conn, "story_keyword (story_id, keyword_slug, position)", 3, keywords)
    _add(conn, "correction (story_id, id, text, at_ms)", 4, corrections)


def add_related(conn: Connection, found: Sequence[Values]) -> None:
    """(story, related, position)."""
    _add(conn, "story_related (story_id, related_id, position)", 3, found)


def add_comments(conn: Connection, comments: Sequence[KeptComment]) -> None:
    """Comments with their earlier texts and reactions."""
    columns = (
        "id, story_id, parent_id, root_id, depth, author_id, state, shown, body, body_html, reply_count, lang,"
        " edited_at_ms, revision, respect, disagree, score, removal_rule, featured"
    )
    _add(conn, f"comment ({columns})", 19, [(*c.row[:11], *c[1:9]) for c in comments])
    _add(
        conn,
        "comment_revision (comment_id, revision, body, body_html, at_ms)",
        5,
        [(c.row.id, *text) for c in comments for text in c.revisions],
    )
    _add(
        conn,
        "reaction (comment_id, account_id, kind, at_ms)",
        4,
        [(c.row.id, *answer) for c in comments for answer in c.reactions],
    )


def add_origins(conn: Connection, found: Sequence[Values]) -> None:
    """(source, kind, external_id, id)."""
    _add(conn, "import_map (source, kind, external_id, id)", 4, found)


def recount(conn: Connection, comment_ids: Sequence[int]) -> None:
    """Count the shown replies of these comments again, and show what has some."""
    run_many(
        conn,
        "UPDATE comment SET reply_count = (SELECT count(*) FROM comment r WHERE r.story_id = comment.story_id"
        " AND r.parent_id = comment.id AND r.shown = 1) WHERE id = ?",
        [(number,) for number in comment_ids],
    )
    run_many(
        conn,
        "UPDATE comment SET shown = CASE WHEN state = 'live' OR reply_count > 0 THEN 1 ELSE 0 END WHERE id = ?",
        [(number,) for number in comment_ids],
    )


def _add(conn: Connection, into: str, width: int, found: Sequence[Values]) -> None:
    marks = ", ".join("?" * width)
    run_many(conn, f"INSERT INTO {into} VALUES ({marks}) ON CONFLICT DO NOTHING", found)  # noqa: S608 - our own words


def _plain(value: object) -> object:
    return bytes(value) if isinstance(value, memoryview) else value


def _chunks(values: Sequence[object]) -> Iterator[Sequence[object]]:
    for at in range(0, len(values), _CHUNK):
        yield values[at : at + _CHUNK]
