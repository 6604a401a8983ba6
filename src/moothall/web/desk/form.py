"""An editor's form to a `StoryDraft` and back; times are the newsroom's own, to the minute."""

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
TIMES = ("published_at", "embargo_until", "closes_at")


class StoryForm(msgspec.Struct, kw_only=True):
    """Every field as its text, as the page shows it.

    `code` is the short-link code that a new story will have; `pin` holds the codes that were ticked and
    `related` those that were typed; `stood` is what the discussion's terms were when the form was opened.
    """

    code: str = ""
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
    photo_none: str = ""
    photo_caption: str = ""
    photo_credit: str = ""
    photo_alt: str = ""
    published: str = ""
    published_at: str = ""
    embargo_until: str = ""
    updated: str = ""
    discussion: str = Discussion.OPEN.value
    moderation: str = Moderation.POST.value
    closes_at: str = ""
    stood: str = ""
    pin: tuple[str, ...] = ()


def of_story(story: Story, pins: tuple[str, ...], zone: str) -> StoryForm:
    """The form of a story as it stands; `pins` are short-link codes."""
    texts = {name: getattr(story, name) for name in TEXTS if not name.startswith("photo_")}
    times = {name: _local(getattr(story, f"{name}_ms"), zone) for name in TIMES}
    if not story.published:
        # A draft is dated when it appears.
        times["published_at"] = ""
    return StoryForm(
        **texts,
        **times,
        code=story.code,
        section=story.section.slug,
        keywords=", ".join(keyword.name for keyword in story.keywords),
        photo=to_text(story.photo.id) if story.photo else "",
        photo_caption=story.photo.caption if story.photo else "",
        photo_credit=story.photo.credit if story.photo else "",
        photo_alt=story.photo.alt if story.photo else "",
        published="1" if story.published else "",
        discussion=story.discussion.value,
        moderation=story.moderation.value,
        stood=_terms(story, zone),
        pin=pins,
    )


async def read(request: _Request) -> StoryForm:
    """What was sent, as it was typed."""
    names = [name for name in StoryForm.__struct_fields__ if name != "pin"]
    pins = (await request.form()).getall("pin", [])
    sent = {name: await field(request, name) for name in names}
    return StoryForm(**sent, pin=tuple(one for one in pins if isinstance(one, str)))


def to_draft(
    form: StoryForm, *, zone: str, now_ms: int, related: tuple[StoryId, ...], before: Story | None
) -> StoryDraft:
    """The typed values of a form.  Raises: InvalidField."""
    photo = from_text(form.photo) if form.photo else None
    if form.photo and photo is None:
        raise InvalidField(name="photo")
    if before is not None:
        form = _without_stale_terms(form, before, zone)
    return StoryDraft(
        **{name: getattr(form, name) for name in TEXTS},
        published_at_ms=_ms(form, "published_at", zone, before),
        embargo_until_ms=_ms(form, "embargo_until", zone, before),
        closes_at_ms=_ms(form, "closes_at", zone, before),
        section=form.section,
        keywords=tuple(part.strip() for part in form.keywords.replace("،", ",").split(",") if part.strip()),
        photo_id=PhotoId(photo) if photo else None,
        related=related,
        published=bool(form.published),
        updated_at_ms=now_ms if form.updated else None,
        discussion=_choice("discussion", Discussion, form.discussion),
        moderation=_choice("moderation", Moderation, form.moderation),
    )


def _without_stale_terms(form: StoryForm, before: Story, zone: str) -> StoryForm:
    """A form that was opened before somebody closed the discussion must not open it: only what was
    touched counts, the rest is as it stands now."""
    typed = (form.discussion, form.moderation, form.closes_at)
    shown, now = form.stood.split(" "), _terms(before, zone).split(" ")
    if len(shown) != len(typed):
        return form
    told = [new if had == meant else meant for meant, had, new in zip(typed, shown, now, strict=True)]
    return msgspec.structs.replace(form, discussion=told[0], moderation=told[1], closes_at=told[2])


def _terms(story: Story, zone: str) -> str:
    """The three fields as the form shows them; none holds a space."""
    return f"{story.discussion.value} {story.moderation.value} {_local(story.closes_at_ms, zone)}"


def _choice(name: str, kind: Any, text: str) -> Any:
    try:
        return kind(text)
    except ValueError as wrong:
        raise InvalidField(name=name) from wrong


def _ms(form: StoryForm, name: str, zone: str, before: Story | None) -> int | None:
    """Unix milliseconds of a `datetime-local` value in the newsroom's zone.

    The field shows minutes only: what was not touched keeps its seconds.
    """
    text: str = getattr(form, name)
    known: int | None = getattr(before, f"{name}_ms") if before is not None else None
    if not text:
        return None
    if known is not None and text == _local(known, zone):
        return known
    try:
        at = datetime.fromisoformat(text)
        at = at.replace(tzinfo=ZoneInfo(zone)) if at.tzinfo is None else at
        return int(at.timestamp() * 1000)
    except (ValueError, OverflowError) as wrong:
        raise InvalidField(name=name) from wrong


def _local(at_ms: int | None, zone: str) -> str:
    return to_datetime(at_ms).astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M") if at_ms is not None else ""
