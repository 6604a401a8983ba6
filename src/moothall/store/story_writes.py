"""Writing stories, corrections, photos and newsroom keys."""

from sqlalchemy import delete, insert, select, update

from moothall.kernel.errors import Conflict, InvalidField, NotFound
from moothall.kernel.event import EventKind
from moothall.store.decisions import Entry, own_id
from moothall.store.discussion_terms import keep_change, terms
from moothall.store.raw import row, rows, run
from moothall.store.story_reads import get, pins
from moothall.store.tables import (
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

# Columns whose change open pages hear of as a change of the discussion.
_DISCUSSION = {"discussion", "moderation", "closes_at_ms"}


def save(tx: Tx, record: StoryRecord, at_ms: int, *, actor_id: int | None = None, key: str = "") -> Story:
    """Insert a story, or update the one with the same id, and tell open pages of what changed.

    Related stories that are not there are left out.  New terms of a discussion are logged as a decision.

    Args:
        actor_id: the editor; nobody when a CMS did it, with the `key` of that name.

    Raises: InvalidField for an unknown photo, Conflict when another story has the code or the address.
    """
    before = tx.conn.execute(select(story).where(story.c.id == record.id)).mappings().one_or_none()
    _check(tx, record)
    keep_section(tx, record.section)
    values = _values(record)
    if before is None:
        tx.conn.execute(insert(story).values(id=record.id, made_at_ms=at_ms, changed_at_ms=at_ms, **values))
    changed = {name for name, value in values.items() if before is None or before[name] != value}
    if before is not None and changed:
        tx.conn.execute(update(story).where(story.c.id == record.id).values(changed_at_ms=at_ms, **values))
    labels, picks = _keep_keywords(tx, record), _keep_related(tx, record)
    if changed or labels or picks:
        _tell(tx, EventKind.STORY, record.id, at_ms)
    if before is not None and changed & _DISCUSSION:
        _tell(tx, EventKind.DISCUSSION, record.id, at_ms)
        number = own_id(tx, at_ms, record.id)
        entry = Entry(id=number, kind="discussion", actor_id=actor_id, note=key, at_ms=at_ms)
        stood = terms(Discussion(before["discussion"]), Moderation(before["moderation"]), before["closes_at_ms"])
        keep_change(tx, entry, before=stood, after=get(tx.conn, record.id))
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


def _check(tx: Tx, record: StoryRecord) -> None:
    if record.photo_id is not None and not row(tx.conn, "SELECT 1 FROM photo WHERE id = ?", [record.photo_id]):
        raise InvalidField(name="photo")
    taken = "SELECT 1 FROM story WHERE (code = ? OR url = ?) AND id <> ?"
    if row(tx.conn, taken, [record.code, record.url, record.id]):
        raise Conflict


def _keep_keywords(tx: Tx, record: StoryRecord) -> bool:
    """Whether anything changed."""
    wanted = [one.slug for one in record.keywords]
    known = "SELECT keyword_slug FROM story_keyword WHERE story_id = ? ORDER BY position"
    if [one[0] for one in rows(tx.conn, known, [record.id])] == wanted:
        return False
    tx.conn.execute(delete(story_keyword).where(story_keyword.c.story_id == record.id))
    for position, one in enumerate(record.keywords):
        if tx.conn.scalar(select(keyword.c.name).where(keyword.c.slug == one.slug)) is None:
            tx.conn.execute(insert(keyword).values(slug=one.slug, name=one.name))
        tx.conn.execute(insert(story_keyword).values(story_id=record.id, keyword_slug=one.slug, position=position))
    return True


def _keep_related(tx: Tx, record: StoryRecord) -> bool:
    """Whether anything changed."""
    others = [one for one in dict.fromkeys(record.related) if one != record.id]
    wanted = [one for one in others if row(tx.conn, "SELECT 1 FROM story WHERE id = ?", [one])]
    if list(pins(tx.conn, record.id)) == wanted:
        return False
    tx.conn.execute(delete(story_related).where(story_related.c.story_id == record.id))
    for position, other in enumerate(wanted):
        tx.conn.execute(insert(story_related).values(story_id=record.id, related_id=other, position=position))
    return True


def _tell(tx: Tx, kind: EventKind, story_id: StoryId, at_ms: int) -> None:
    seq = tx.emit(kind, story_id=story_id, at_ms=at_ms)
    run(tx.conn, "UPDATE story SET version = ? WHERE id = ?", [seq, story_id])
