"""Rows of stories to the words of `story`."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from moothall.store.raw import rows
from moothall.story.model import (
    Correction,
    Discussion,
    Keyword,
    LeadPhoto,
    Moderation,
    PhotoId,
    Section,
    Story,
    StoryCard,
    StoryId,
)

_CARD = (
    "s.id, s.code, s.slug, s.url, s.external, s.lang, s.section_slug, x.name, x.position, s.headline,"
    " s.standfirst, s.byline, s.photo_id, s.photo_caption, s.photo_credit, s.photo_alt, p.width, p.height,"
    " p.widths, s.published_at_ms, s.updated_at_ms, s.comment_count, s.discussion"
)
_STORY = (
    f"{_CARD}, s.dateline_place, s.dateline_agency, s.body, s.body_html, s.published, s.embargo_until_ms,"
    " s.closes_at_ms, s.moderation, s.newest_comment, s.version"
)
_FROM = "FROM story s JOIN section x ON x.slug = s.section_slug LEFT JOIN photo p ON p.id = s.photo_id"
SELECT_CARD = f"SELECT {_CARD} {_FROM}"
SELECT_STORY = f"SELECT {_STORY} {_FROM}"
PUBLIC = "s.published = 1 AND COALESCE(s.embargo_until_ms, 0) <= ?"
"""The SQL twin of `Story.public_at`; takes the time."""


def card(row: Any) -> StoryCard:
    """A row of `SELECT_CARD`."""
    return StoryCard(
        id=StoryId(row[0]),
        code=row[1],
        slug=row[2],
        url=row[3],
        external=bool(row[4]),
        lang=row[5],
        section=Section(row[6], row[7], row[8]),
        headline=row[9],
        standfirst=row[10],
        byline=row[11],
        photo=_photo(row),
        published_at_ms=row[19],
        updated_at_ms=row[20],
        comment_count=row[21],
        discussion=Discussion(row[22]),
    )


def story(conn: Connection, row: Any) -> Story:
    """A row of `SELECT_STORY`, with its keywords and corrections."""
    short = card(row)
    return Story(
        id=short.id,
        code=short.code,
        slug=short.slug,
        url=short.url,
        external=short.external,
        lang=short.lang,
        section=short.section,
        headline=short.headline,
        standfirst=short.standfirst,
        byline=short.byline,
        dateline_place=row[23],
        dateline_agency=row[24],
        body=row[25],
        body_html=row[26],
        photo=short.photo,
        keywords=keywords(conn, short.id),
        corrections=_corrections(conn, short.id),
        published=bool(row[27]),
        published_at_ms=short.published_at_ms,
        updated_at_ms=short.updated_at_ms,
        embargo_until_ms=row[28],
        discussion=short.discussion,
        closes_at_ms=row[29],
        moderation=Moderation(row[30]),
        comment_count=short.comment_count,
        newest_comment=row[31],
        version=row[32],
    )


def cards(found: Sequence[Any]) -> tuple[StoryCard, ...]:
    """Rows of `SELECT_CARD`."""
    return tuple(card(one) for one in found)


def keywords(conn: Connection, story_id: int) -> tuple[Keyword, ...]:
    """In the editor's order."""
    found = rows(
        conn,
        "SELECT k.slug, k.name FROM story_keyword sk JOIN keyword k ON k.slug = sk.keyword_slug"
        " WHERE sk.story_id = ? ORDER BY sk.position",
        [story_id],
    )
    return tuple(Keyword(*one) for one in found)


def _corrections(conn: Connection, story_id: int) -> tuple[Correction, ...]:
    found = rows(conn, "SELECT text, at_ms FROM correction WHERE story_id = ? ORDER BY at_ms, id", [story_id])
    return tuple(Correction(*one) for one in found)


def _photo(row: Any) -> LeadPhoto | None:
    if row[12] is None or row[16] is None:
        return None
    widths = tuple(int(width) for width in row[18].split())
    return LeadPhoto(PhotoId(row[12]), row[16], row[17], widths, row[13], row[14], row[15])
