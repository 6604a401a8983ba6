"""An editor's form to a `StoryDraft` and back; times are the newsroom's own."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from litestar import Request

from moothall.kernel.clock import to_datetime
from moothall.kernel.errors import InvalidField
from moothall.kernel.ids import from_text, to_text
from moothall.story.model import Discussion, Moderation, PhotoId, Story, StoryDraft, StoryId
from moothall.web.forms import field

_Request = Request[Any, Any, Any]
TEXTS = ("headline", "standfirst", "byline", "dateline_place", "dateline_agency", "body", "lang", "slug",
         "photo_caption", "photo_credit", "photo_alt")  # fmt: skip


class StoryForm(msgspec.Struct, kw_only=True):
    """Every field as its text, as the page shows it."""

    headline: str = ""
    standfirst: str = ""
    byline: str = ""
    dateline_place: str = ""
    dateline_agency: str = ""
    body: str = ""
    lang: str = ""
    slug: str = ""
    section: str = ""
    section_name: str = ""
    keywords: str = ""
    related: str = ""
    photo: str = ""
    photo_caption: str = ""
    photo_credit: str = ""
    photo_alt: str = ""
    published: str = "1"
    embargo_until: str = ""
    updated: str = ""
    discussion: str = Discussion.OPEN.value
    moderation: str = Moderation.POST.value
    closes_at: str = ""


def of_story(story: Story, related: tuple[str, ...], zone: str) -> StoryForm:
    """The form of a story as it stands; `related` are short-link codes."""
    return StoryForm(
        headline=story.headline,
        standfirst=story.standfirst,
        byline=story.byline,
        dateline_place=story.dateline_place,
        dateline_agency=story.dateline_agency,
        body=story.body,
        lang=story.lang,
        slug=story.slug,
        section=story.section.slug,
        keywords=", ".join(keyword.name for keyword in story.keywords),
        related=" ".join(related),
        photo=to_text(story.photo.id) if story.photo else "",
        photo_caption=story.photo.caption if story.photo else "",
        photo_credit=story.photo.credit if story.photo else "",
        photo_alt=story.photo.alt if story.photo else "",
        published="1" if story.published else "",
        embargo_until=_local(story.embargo_until_ms, zone),
        discussion=story.discussion.value,
        moderation=story.moderation.value,
        closes_at=_local(story.closes_at_ms, zone),
    )


async def read(request: _Request) -> StoryForm:
    """What was sent, as it was typed."""
    sent = {name: await field(request, name) for name in StoryForm.__struct_fields__}
    return StoryForm(**sent)


def to_draft(form: StoryForm, *, zone: str, now_ms: int, related: tuple[StoryId, ...]) -> StoryDraft:
    """The typed values of a form.  Raises: InvalidField."""
    photo = from_text(form.photo) if form.photo else None
    if form.photo and photo is None:
        raise InvalidField(name="photo")
    return StoryDraft(
        **{name: getattr(form, name) for name in TEXTS},
        section=form.section,
        keywords=tuple(part.strip() for part in form.keywords.split(",") if part.strip()),
        photo_id=PhotoId(photo) if photo else None,
        related=related,
        published=bool(form.published),
        updated_at_ms=now_ms if form.updated else None,
        embargo_until_ms=_ms("embargo_until", form.embargo_until, zone),
        discussion=_choice("discussion", Discussion, form.discussion),
        closes_at_ms=_ms("closes_at", form.closes_at, zone),
        moderation=_choice("moderation", Moderation, form.moderation),
    )


def _choice(name: str, kind: Any, text: str) -> Any:
    try:
        return kind(text)
    except ValueError as wrong:
        raise InvalidField(name=name) from wrong


def _ms(name: str, text: str, zone: str) -> int | None:
    """Unix milliseconds of a `datetime-local` value in the newsroom's zone."""
    if not text:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError as wrong:
        raise InvalidField(name=name) from wrong
    if at.tzinfo is None:
        at = at.replace(tzinfo=ZoneInfo(zone))
    return int(at.timestamp() * 1000)


def _local(at_ms: int | None, zone: str) -> str:
    return to_datetime(at_ms).astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M") if at_ms else ""
