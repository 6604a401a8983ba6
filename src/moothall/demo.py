"""The fictional newsroom, put into a database and given sign-in links."""

import asyncio
import io
from collections.abc import Callable, Coroutine
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any, TypeVar

import msgspec

from moothall.kernel.ids import short_code
from moothall.kernel.limits import MINUTE_MS
from moothall.kernel.secret import digest, new_secret
from moothall.moderation.standards import shipped_text
from moothall.moderation.standards_version import propose
from moothall.people.lookalikes import fold
from moothall.people.model import AccountId, Role
from moothall.people.newsroom_key import KeyChange
from moothall.people.signin import one_time_link
from moothall.seed.cases import load_cases
from moothall.seed.chatter import comments_for
from moothall.seed.load import load_newsroom
from moothall.seed.model import Newsroom, SeedStory
from moothall.seed.photos import draw
from moothall.seed.standards import demo_standards
from moothall.settings import Settings
from moothall.store import seeding, story_writes
from moothall.store.seeding_cases import Cast, add_cases
from moothall.store.tables import account
from moothall.store.tx import Tx
from moothall.story.model import Photo, PhotoId, Rendition, StoryDraft, StoryId
from moothall.story.photo import reencode
from moothall.story.publish import Place, to_record
from moothall.web.services import Services

T = TypeVar("T")
Told = Callable[[str], None]
_ROLES = (Role.ADMINISTRATOR, Role.EDITOR, Role.MODERATOR, Role.READER)
_JPEG_QUALITY = 92
# Drawing takes some seconds: long enough to say how far it is.
_TOLD_EACH = 5


class Made(msgspec.Struct, frozen=True):
    """What a seeding put there; all nought when there was something already."""

    stories: int = 0
    people: int = 0
    comments: int = 0


def demo_settings(settings: Settings) -> Settings:
    """A newsroom to try things out on: its mail stays here, and its printed links work twice."""
    return msgspec.structs.replace(
        settings,
        site_name="The Ellery Courier",
        site_tagline="News from the mouth of the Wend since 1871",
        mailbox_page=not settings.smtp_url,
        reusable_links=True,
    )


def fill(parts: Services, *, scale: float = 1.0, told: Told = lambda _: None) -> Made:
    """Put the newsroom into an empty database; the same every time, but for the hour.

    Args:
        scale: share of the comments to make.
        told: is told what is being done.
    """
    if not parts.db.write_now(seeding.is_empty):
        return Made()
    newsroom, at_ms = load_newsroom(), parts.clock() // MINUTE_MS * MINUTE_MS
    _enforce(parts, at_ms)
    photos = _photos(parts, newsroom, told)
    told("Writing stories and comments ...")
    return parts.db.write_now(lambda tx: _fill(parts, tx, newsroom, photos, at_ms=at_ms, scale=scale))


def links(parts: Services) -> list[str]:
    """One line a role: its name and a link that signs in."""
    return [f"{role.value:14} {link_for(parts, role)}" for role in _ROLES]


def link_for(parts: Services, role: Role) -> str:
    """A link that signs in the first account of a role, made now where there is none."""
    found = parts.db.read_now(lambda c: seeding.first_of_role(c, role))
    who = AccountId(found) if found else parts.db.write_now(lambda tx: _add_account(parts, tx, role))
    path = _now(one_time_link.issue(parts.people, who, token=new_secret(), now_ms=parts.clock()))
    return f"{parts.settings.public_url}{path}"


def new_key(parts: Services, name: str) -> str:
    """A newsroom key; only its digest is kept, so that this is the one time it can be read."""
    key = new_secret()
    _now(parts.stories.put_key(KeyChange(parts.new_id(), name, None, parts.clock()), digest(key)))
    return key


def _enforce(parts: Services, at_ms: int) -> None:
    """The demo's standards, so that what is written is estimated, too."""
    made = propose(
        demo_standards(shipped_text()),
        decision_id=parts.new_id(),
        after=0,
        actor_id=None,
        note="Comments are estimated by the program on this machine.",
        at_ms=at_ms,
    )
    _now(parts.standards.keep(made))


def _photos(parts: Services, newsroom: Newsroom, told: Told) -> list[tuple[Photo, tuple[Rendition, ...]]]:
    """Drawn on every core, and taken through the same door as an editor's."""
    scenes = [story.photo.scene for story in newsroom.stories]
    made = []
    # Fresh processes: a fork would carry the database's threads along as they happen to stand.
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        for n, data in enumerate(pool.map(_drawn, scenes)):
            if n % _TOLD_EACH == 0:
                told(f"Drawing photographs: {n} of {len(scenes)} ...")
            made.append(reencode(data, PhotoId(parts.new_id())))
    return made


def _drawn(scene: str) -> bytes:
    """A photograph as a camera would hand it over."""
    out = io.BytesIO()
    draw(scene).save(out, "JPEG", quality=_JPEG_QUALITY)
    return out.getvalue()


def _fill(
    parts: Services,
    tx: Tx,
    newsroom: Newsroom,
    photos: list[tuple[Photo, tuple[Rendition, ...]]],
    *,
    at_ms: int,
    scale: float,
) -> Made:
    people = seeding.add_people(tx, [(person, fold(person.name)) for person in newsroom.people], at_ms)
    for section in newsroom.sections:
        story_writes.keep_section(tx, section)
    ids = {story.slug: StoryId(parts.new_id()) for story in newsroom.stories}
    # Pins name stories that must be there first, so that all are written before any is pinned.
    for again in (False, True):
        for story, (photo, renditions) in zip(newsroom.stories, photos, strict=True):
            photo_id = story_writes.keep_photo(tx, photo, renditions, at_ms)
            if not again or story.related:
                _write_story(parts, tx, newsroom, story, ids=ids, photo_id=photo_id, at_ms=at_ms)
    comments = 0
    for story in newsroom.stories:
        for note in story.corrections:
            written_ms = at_ms - note.minutes_ago * MINUTE_MS
            story_writes.correct(tx, ids[story.slug], parts.new_id(), note.text, written_ms)
        said = list(comments_for(newsroom, story, scale=scale))
        comments += len(said)
        seeding.add_discussion(tx, ids[story.slug], said, people, at_ms)
    cast = Cast(
        people={person.name: made for person, made in zip(newsroom.people, people, strict=True)},
        stories=ids,
        judge=lambda context: _now(parts.judge(context)),
        at_ms=at_ms,
    )
    cases = load_cases()
    add_cases(tx, cases, cast)
    comments += len(cases.comment)
    return Made(len(newsroom.stories), len(people), comments)


def _write_story(
    parts: Services,
    tx: Tx,
    newsroom: Newsroom,
    story: SeedStory,
    *,
    ids: dict[str, StoryId],
    photo_id: PhotoId,
    at_ms: int,
) -> None:
    section = next(one for one in newsroom.sections if one.slug == story.section)
    ahead, updated = story.embargo_minutes_ahead, story.updated_minutes_ago
    draft = StoryDraft(
        headline=story.headline,
        body=story.body,
        section=story.section,
        slug=story.slug,
        lang=story.lang,
        standfirst=story.standfirst,
        byline=story.byline,
        dateline_place=story.place,
        dateline_agency=story.agency,
        keywords=story.keywords,
        photo_id=photo_id,
        photo_caption=story.photo.caption,
        photo_credit=story.photo.credit,
        photo_alt=story.photo.alt,
        related=tuple(ids[other] for other in story.related),
        published_at_ms=at_ms - story.minutes_ago * MINUTE_MS,
        updated_at_ms=at_ms - updated * MINUTE_MS if updated is not None else None,
        embargo_until_ms=at_ms + ahead * MINUTE_MS if ahead is not None else None,
        discussion=story.discussion,
        moderation=story.moderation,
    )
    place = Place(ids[story.slug], _code(story), parts.settings.locale)
    record = to_record(draft, section, place, now_ms=at_ms, before=None)
    story_writes.save(tx, record, at_ms)


def _code(story: SeedStory) -> str:
    """A short-link code that is the same in every seeding."""
    letters = "23456789bcdfghjkmnpqrstvwxz"
    return "".join(letters[byte % len(letters)] for byte in digest(story.slug)[:6])


def _add_account(parts: Services, tx: Tx, role: Role) -> AccountId:
    name = f"{role.value.capitalize()} {short_code()}"
    made = AccountId(parts.new_id())
    values = {"id": made, "display_name": name, "name_key": fold(name), "named": 1, "role": role.value,
              "made_at_ms": parts.clock()}  # fmt: skip
    tx.conn.execute(account.insert(), values)
    return made


def _now(work: Coroutine[Any, Any, T]) -> T:
    """Run one of the stores' coroutines where no loop runs yet."""
    return asyncio.run(work)
