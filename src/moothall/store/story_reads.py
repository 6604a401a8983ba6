"""Stories one by one and in lists."""

from sqlalchemy import Connection

from moothall.kernel.errors import NotFound
from moothall.store.raw import row, rows
from moothall.store.story_rows import PUBLIC, SELECT_CARD, SELECT_STORY, card, cards, story
from moothall.story.model import Keyword, PhotoId, Section, Story, StoryCard, StoryId
from moothall.story.related import Candidate

# Related stories are chosen among this many of the latest that share a keyword or the section.
_CANDIDATES = 60
_NEWEST = "ORDER BY s.published_at_ms DESC, s.id DESC LIMIT ?"


def sections(conn: Connection) -> tuple[Section, ...]:
    """In the order of the masthead."""
    return tuple(
        Section(*one) for one in rows(conn, "SELECT slug, name, position FROM section ORDER BY position, slug")
    )


def get(conn: Connection, story_id: StoryId) -> Story:
    """Raises: NotFound."""
    return _one(conn, "s.id = ?", story_id)


def by_code(conn: Connection, code: str) -> Story:
    """Raises: NotFound."""
    return _one(conn, "s.code = ?", code)


def by_url(conn: Connection, url: str) -> Story:
    """Raises: NotFound."""
    return _one(conn, "s.url = ?", url)


def front(conn: Connection, now_ms: int, limit: int) -> tuple[StoryCard, ...]:
    """Public stories, newest first."""
    return cards(rows(conn, f"{SELECT_CARD} WHERE {PUBLIC} {_NEWEST}", [now_ms, limit]))


def in_section(conn: Connection, slug: str, now_ms: int, limit: int) -> tuple[StoryCard, ...]:
    """Public stories of a section, newest first."""
    return cards(
        rows(conn, f"{SELECT_CARD} WHERE s.section_slug = ? AND {PUBLIC} {_NEWEST}", [slug, now_ms, limit])
    )


def on_topic(conn: Connection, slug: str, now_ms: int, limit: int) -> tuple[StoryCard, ...]:
    """Public stories with a keyword, newest first."""
    where = "s.id IN (SELECT story_id FROM story_keyword WHERE keyword_slug = ?)"
    return cards(rows(conn, f"{SELECT_CARD} WHERE {where} AND {PUBLIC} {_NEWEST}", [slug, now_ms, limit]))


def all_for_desk(conn: Connection, limit: int) -> tuple[tuple[StoryCard, bool, int | None], ...]:
    """Every story for editors: card, published, embargo; last published first."""
    select = SELECT_CARD.replace(" FROM story", ", s.published, s.embargo_until_ms FROM story", 1)
    return tuple((card(one), bool(one[23]), one[24]) for one in rows(conn, f"{select} {_NEWEST}", [limit]))


def keyword(conn: Connection, slug: str) -> Keyword:
    """Raises: NotFound."""
    found = row(conn, "SELECT slug, name FROM keyword WHERE slug = ?", [slug])
    if found is None:
        raise NotFound
    return Keyword(*found)


def pinned(conn: Connection, story_id: StoryId, now_ms: int) -> tuple[StoryCard, ...]:
    """The related stories that an editor chose, in the editor's order."""
    where = f"JOIN story_related r ON r.related_id = s.id WHERE r.story_id = ? AND {PUBLIC}"
    return cards(rows(conn, f"{SELECT_CARD} {where} ORDER BY r.position", [story_id, now_ms]))


def candidates(conn: Connection, of: Story, now_ms: int) -> tuple[Candidate, ...]:
    """Public stories that share a keyword or the section, with the keywords that they share."""
    where = (
        "(s.section_slug = ? OR s.id IN (SELECT story_id FROM story_keyword WHERE keyword_slug IN"
        " (SELECT keyword_slug FROM story_keyword WHERE story_id = ?)))"
    )
    found = rows(
        conn,
        f"{SELECT_CARD} WHERE {where} AND s.id <> ? AND {PUBLIC} {_NEWEST}",
        [of.section.slug, of.id, of.id, now_ms, _CANDIDATES],
    )
    shared = _shared(conn, of.id)
    return tuple(Candidate(one, shared.get(one.id, ())) for one in cards(found))


def counts(conn: Connection, urls: list[str], now_ms: int) -> dict[str, int]:
    """Comment counts by canonical address; addresses without a public story are left out."""
    if not urls:
        return {}
    marks = ", ".join("?" * len(urls))
    found = rows(
        conn,
        f"SELECT s.url, s.comment_count FROM story s WHERE {PUBLIC} AND s.url IN ({marks})",  # noqa: S608
        [now_ms, *urls],
    )
    return {one[0]: one[1] for one in found}


def rendition(conn: Connection, photo_id: PhotoId, width: int) -> tuple[str, bytes]:
    """Mime type and bytes.  Raises: NotFound."""
    found = row(conn, "SELECT mime, bytes FROM photo_rendition WHERE photo_id = ? AND width = ?", [photo_id, width])
    if found is None:
        raise NotFound
    return found[0], bytes(found[1])


def pins(conn: Connection, story_id: StoryId) -> tuple[StoryId, ...]:
    """Ids of the pinned related stories, whatever their state."""
    found = rows(conn, "SELECT related_id FROM story_related WHERE story_id = ? ORDER BY position", [story_id])
    return tuple(StoryId(one[0]) for one in found)


def key_name(conn: Connection, key_hash: bytes) -> str | None:
    """The name of a newsroom key."""
    found = row(conn, "SELECT name FROM api_key WHERE key_hash = ?", [key_hash])
    return found[0] if found else None


def _one(conn: Connection, where: str, value: object) -> Story:
    found = row(conn, f"{SELECT_STORY} WHERE {where}", [value])
    if found is None:
        raise NotFound
    return story(conn, found)


def _shared(conn: Connection, story_id: StoryId) -> dict[int, tuple[int, ...]]:
    """For each other story, how many stories carry each keyword that it shares with this one."""
    found = rows(
        conn,
        "SELECT other.story_id, (SELECT count(*) FROM story_keyword n WHERE n.keyword_slug = mine.keyword_slug)"
        " FROM story_keyword mine JOIN story_keyword other ON other.keyword_slug = mine.keyword_slug"
        " WHERE mine.story_id = ? AND other.story_id <> mine.story_id",
        [story_id],
    )
    shared: dict[int, tuple[int, ...]] = {}
    for other, carried_by in found:
        shared[other] = (*shared.get(other, ()), carried_by)
    return shared
