"""Writing stories, corrections, photos and newsroom keys."""

from sqlalchemy import delete, insert, select, update

from moothall.kernel.errors import NotFound
from moothall.kernel.event import EventKind
from moothall.store.raw import row, run
from moothall.store.story_reads import get
from moothall.store.tables import (
    api_key,
    correction,
    keyword,
    photo,
    photo_rendition,
    section,
    story,
    story_keyword,
    story_related,
)
from moothall.store.tx import Tx
from moothall.story.model import (
    Discussion,
    Moderation,
    Photo,
    PhotoId,
    Rendition,
    Section,
    Story,
    StoryId,
    StoryRecord,
)


def save(tx: Tx, record: StoryRecord, at_ms: int) -> Story:
    """Insert a story, or update the one with the same id, and tell open pages."""
    keep_section(tx, record.section)
    values = _values(record) | {"changed_at_ms": at_ms}
    done = tx.conn.execute(update(story).where(story.c.id == record.id).values(**values))
    if done.rowcount == 0:
        tx.conn.execute(insert(story).values(id=record.id, made_at_ms=at_ms, **values))
    _keep_keywords(tx, record)
    tx.conn.execute(delete(story_related).where(story_related.c.story_id == record.id))
    for position, other in enumerate(dict.fromkeys(record.related)):
        if other != record.id and row(tx.conn, "SELECT 1 FROM story WHERE id = ?", [other]):
            tx.conn.execute(insert(story_related).values(story_id=record.id, related_id=other, position=position))
    _tell(tx, EventKind.STORY, record.id, at_ms)
    return get(tx.conn, record.id)


def open_once(tx: Tx, record: StoryRecord, at_ms: int) -> Story:
    """The story at an address, made now unless somebody was first."""
    known = row(tx.conn, "SELECT id FROM story WHERE url = ?", [record.url])
    return get(tx.conn, StoryId(known[0])) if known else save(tx, record, at_ms)


def keep_section(tx: Tx, wanted: Section) -> None:
    """Make a section, or rename the one with the slug."""
    known = tx.conn.execute(select(section).where(section.c.slug == wanted.slug)).first()
    if known is None:
        tx.conn.execute(
            insert(section).values(slug=wanted.slug, name=wanted.name or wanted.slug, position=wanted.position)
        )
    elif wanted.name and (known.name, known.position) != (wanted.name, wanted.position):
        tx.conn.execute(
            update(section).where(section.c.slug == wanted.slug).values(name=wanted.name, position=wanted.position)
        )


def set_discussion(
    tx: Tx,
    story_id: StoryId,
    *,
    discussion: Discussion,
    moderation: Moderation,
    closes_at_ms: int | None,
    at_ms: int,
) -> Story:
    """Open, close or switch off a discussion.  Raises: NotFound."""
    changed = run(
        tx.conn,
        "UPDATE story SET discussion = ?, moderation = ?, closes_at_ms = ?, changed_at_ms = ? WHERE id = ?",
        [discussion.value, moderation.value, closes_at_ms, at_ms, story_id],
    )
    if not changed:
        raise NotFound
    _tell(tx, EventKind.DISCUSSION, story_id, at_ms)
    return get(tx.conn, story_id)


def correct(tx: Tx, story_id: StoryId, correction_id: int, text: str, at_ms: int) -> Story:
    """Publish a note that the story was wrong.  Raises: NotFound."""
    get(tx.conn, story_id)
    tx.conn.execute(insert(correction).values(id=correction_id, story_id=story_id, text=text, at_ms=at_ms))
    run(tx.conn, "UPDATE story SET updated_at_ms = ?, changed_at_ms = ? WHERE id = ?", [at_ms, at_ms, story_id])
    _tell(tx, EventKind.STORY, story_id, at_ms)
    return get(tx.conn, story_id)


def keep_photo(tx: Tx, made: Photo, renditions: tuple[Rendition, ...], at_ms: int) -> PhotoId:
    """The id of these very bytes, kept once."""
    known = tx.conn.scalar(select(photo.c.id).where(photo.c.sha256 == made.sha256))
    if known is not None:
        return PhotoId(known)
    widths = " ".join(str(one.width) for one in renditions)
    tx.conn.execute(
        insert(photo).values(
            id=made.id, sha256=made.sha256, width=made.width, height=made.height, widths=widths, made_at_ms=at_ms
        )
    )
    for one in renditions:
        tx.conn.execute(
            insert(photo_rendition).values(photo_id=made.id, width=one.width, mime="image/jpeg", bytes=one.data)
        )
    return made.id


def keep_key(tx: Tx, name: str, key_hash: bytes, at_ms: int) -> None:
    """A newsroom key; the same name replaces the earlier key."""
    tx.conn.execute(delete(api_key).where(api_key.c.name == name))
    tx.conn.execute(insert(api_key).values(key_hash=key_hash, name=name, made_at_ms=at_ms))


def _values(record: StoryRecord) -> dict[str, object]:
    return {
        "code": record.code,
        "url": record.url,
        "external": int(record.external),
        "slug": record.slug,
        "lang": record.lang,
        "section_slug": record.section.slug,
        "headline": record.headline,
        "standfirst": record.standfirst,
        "byline": record.byline,
        "dateline_place": record.dateline_place,
        "dateline_agency": record.dateline_agency,
        "body": record.body,
        "body_html": record.body_html,
        "photo_id": record.photo_id,
        "photo_caption": record.photo_caption,
        "photo_credit": record.photo_credit,
        "photo_alt": record.photo_alt,
        "published": int(record.published),
        "published_at_ms": record.published_at_ms,
        "updated_at_ms": record.updated_at_ms,
        "embargo_until_ms": record.embargo_until_ms,
        "discussion": record.discussion.value,
        "closes_at_ms": record.closes_at_ms,
        "moderation": record.moderation.value,
    }


def _keep_keywords(tx: Tx, record: StoryRecord) -> None:
    tx.conn.execute(delete(story_keyword).where(story_keyword.c.story_id == record.id))
    for position, one in enumerate(record.keywords):
        if tx.conn.scalar(select(keyword.c.name).where(keyword.c.slug == one.slug)) is None:
            tx.conn.execute(insert(keyword).values(slug=one.slug, name=one.name))
        tx.conn.execute(insert(story_keyword).values(story_id=record.id, keyword_slug=one.slug, position=position))


def _tell(tx: Tx, kind: EventKind, story_id: StoryId, at_ms: int) -> None:
    seq = tx.emit(kind, story_id=story_id, at_ms=at_ms)
    run(tx.conn, "UPDATE story SET version = ? WHERE id = ?", [seq, story_id])
