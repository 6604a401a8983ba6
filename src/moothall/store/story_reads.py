"""Stories one by one and in lists."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from moothall.kernel.errors import NotFound
from moothall.kernel.page import Cursor
from moothall.store.raw import row, rows
from moothall.store.story_rows import PUBLIC, SELECT_CARD, SELECT_STORY, card, cards, story
from moothall.story.address import same_page
from moothall.story.model import ELSEWHERE, Keyword, LeadPhoto, PhotoId, Section, Story, StoryCard, StoryId
from moothall.story.related import Candidate

# Related stories are chosen among this many of the latest that share a keyword, and this many of the section.
_ALIKE = 60
_NEIGHBOURS = 20
# Past this many stories a keyword says so little that its exact number does not matter.
_CARRIED = 1_000
_NEWEST = "ORDER BY s.published_at_ms DESC, s.id DESC LIMIT ?"
# The sign keeps SQLite from walking all stories in order of time: a rare keyword's few are found and sorted
# in a tenth of that.  A common one is the other way about.
_PUBLIC_OF_FEW = PUBLIC.replace("s.published", "+s.published")


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
    return _one(conn, "s.url = ?", same_page(url))


# Under this source the map of imports has the old path of each story that came with its text.
OLD_ADDRESS = "address"


def by_old_path(conn: Connection, path: str) -> Story:
    """A story that came with its text from elsewhere, by the path it had there.  Raises: NotFound."""
    where = f"m.source = '{OLD_ADDRESS}' AND m.kind = 'story' AND m.external_id = ?"
    return _one(conn, f"s.id = (SELECT m.id FROM import_map m WHERE {where})", path)  # noqa: S608


def front(conn: Connection, now_ms: int, limit: int, *, after: Cursor | None = None) -> tuple[StoryCard, ...]:
    """Public stories, newest first, but for those that only a host page asked for."""
    where = f"s.section_slug <> '{ELSEWHERE}' AND {PUBLIC} {_older(after)}"
    return cards(rows(conn, f"{SELECT_CARD} WHERE {where} {_NEWEST}", [now_ms, *(after or ()), limit]))


def in_section(
    conn: Connection, slug: str, now_ms: int, limit: int, *, after: Cursor | None = None
) -> tuple[StoryCard, ...]:
    """Public stories of a section, newest first."""
    where = f"s.section_slug = ? AND {PUBLIC} {_older(after)}"
    return cards(rows(conn, f"{SELECT_CARD} WHERE {where} {_NEWEST}", [slug, now_ms, *(after or ()), limit]))


def on_topic(
    conn: Connection, slug: str, now_ms: int, limit: int, *, after: Cursor | None = None
) -> tuple[StoryCard, ...]:
    """Public stories with a keyword, newest first."""
    is_rare = _carried(conn, slug) < _CARRIED
    return _labelled(conn, [slug], now_ms=now_ms, limit=limit, is_rare=is_rare, after=after)


def all_for_desk(
    conn: Connection, after: Cursor | None, limit: int, sections: tuple[str, ...] = ()
) -> tuple[tuple[StoryCard, bool, int | None], ...]:
    """Every story for editors, or those of some sections: card, published, embargo; last published first."""
    select = SELECT_CARD.replace(" FROM story", ", s.published, s.embargo_until_ms FROM story", 1)
    own = f"s.section_slug IN ({', '.join('?' * len(sections))})" if sections else "1 = 1"
    where = f"WHERE {own} AND (s.published_at_ms, s.id) < (?, ?)" if after else f"WHERE {own}"
    found = rows(conn, f"{select} {where} {_NEWEST}", [*sections, *(after or ()), limit])
    return tuple((card(one), bool(one[23]), one[24]) for one in found)


def lead_photo(conn: Connection, photo_id: PhotoId) -> LeadPhoto:
    """A photo without any story's words for it.  Raises: NotFound."""
    found = row(conn, "SELECT width, height, widths FROM photo WHERE id = ?", [photo_id])
    if found is None:
        raise NotFound
    widths = tuple(int(width) for width in found[2].split())
    return LeadPhoto(photo_id, found[0], found[1], widths, "", "", "")


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
    carried = {one.slug: _carried(conn, one.slug) for one in of.keywords}
    rare = [label for label, count in carried.items() if count < _CARRIED]
    alike = _labelled(conn, rare or list(carried), now_ms=now_ms, limit=_ALIKE + 1, is_rare=bool(rare))
    beside = in_section(conn, of.section.slug, now_ms, _NEIGHBOURS + 1)
    found = {card.id: card for card in (*alike, *beside) if card.id != of.id}
    shared = _shared(conn, carried, list(found))
    return tuple(Candidate(card, shared.get(card.id, ())) for card in found.values())


def counts(
    conn: Connection, *, urls: Sequence[str], codes: Sequence[str], now_ms: int
) -> tuple[tuple[str, str, int], ...]:
    """Address, code and comment count of the public stories among these whose discussion is not switched off."""
    if not urls and not codes:
        return ()
    where = f"(s.url IN ({_marks(urls)}) OR s.code IN ({_marks(codes)})) AND s.discussion <> 'off' AND {PUBLIC}"
    select = f"SELECT s.url, s.code, s.comment_count FROM story s WHERE {where}"  # noqa: S608
    return tuple((one[0], one[1], one[2]) for one in rows(conn, select, [*urls, *codes, now_ms]))


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


def _labelled(
    conn: Connection,
    labels: Sequence[str],
    *,
    now_ms: int,
    limit: int,
    is_rare: bool,
    after: Cursor | None = None,
) -> tuple[StoryCard, ...]:
    if not labels:
        return ()
    where = f"s.id IN (SELECT story_id FROM story_keyword WHERE keyword_slug IN ({_marks(labels)}))"  # noqa: S608
    public = _PUBLIC_OF_FEW if is_rare else PUBLIC
    select = f"{SELECT_CARD} WHERE {where} AND {public} {_older(after)} {_NEWEST}"
    return cards(rows(conn, select, [*labels, now_ms, *(after or ()), limit]))


def _older(after: Cursor | None) -> str:
    return "AND (s.published_at_ms, s.id) < (?, ?)" if after else ""


def _shared(conn: Connection, carried: Mapping[str, int], others: Sequence[int]) -> dict[int, tuple[int, ...]]:
    """For each other story, how many stories carry each of these keywords that it has too."""
    found = rows(
        conn,
        f"SELECT story_id, keyword_slug FROM story_keyword WHERE story_id IN ({_marks(others)})"  # noqa: S608
        f" AND keyword_slug IN ({_marks(list(carried))})",
        [*others, *carried],
    )
    shared: dict[int, tuple[int, ...]] = {}
    for other, label in found:
        shared[other] = (*shared.get(other, ()), carried[label])
    return shared


def _carried(conn: Connection, label: str) -> int:
    select = f"SELECT count(*) FROM (SELECT 1 FROM story_keyword WHERE keyword_slug = ? LIMIT {_CARRIED}) n"  # noqa: S608
    found = row(conn, select, [label])
    return int(found[0]) if found else 0


def _marks(values: Sequence[object]) -> str:
    """Placeholders of a list; an empty one holds nothing."""
    return ", ".join("?" * len(values)) or "NULL"
