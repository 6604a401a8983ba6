"""Stories for a CMS and for host pages."""

from datetime import datetime
from typing import Annotated, Any

import msgspec
from litestar import Request, Response, get, put
from litestar.params import Parameter
from msgspec.structs import replace

from moothall.kernel.clock import to_rfc3339
from moothall.kernel.errors import Conflict, InvalidField, KeyInvalid, NotFound
from moothall.kernel.ids import from_text, short_code, to_text
from moothall.kernel.limits import COUNTS_URLS, STORY_BODY_CHARS, URL_CHARS
from moothall.kernel.secret import digest
from moothall.story.address import own_code, page_url
from moothall.story.model import Discussion, Moderation, PhotoId, Story, StoryDraft, StoryId
from moothall.story.publish import Place, check_section, to_record
from moothall.web import gate
from moothall.web.headers import NO_STORE
from moothall.web.services import Services, services

_Request = Request[Any, Any, Any]
_Line = Annotated[str, msgspec.Meta(max_length=4_000)]
_MINUTE = {"Cache-Control": "public, max-age=60"}


class SectionJson(msgspec.Struct, forbid_unknown_fields=True):
    """A `name` makes a section that is not there yet."""

    slug: _Line
    name: _Line = ""


class PhotoJson(msgspec.Struct, forbid_unknown_fields=True):
    """`id` of a photo that was uploaded before."""

    id: _Line
    alt: _Line
    caption: _Line = ""
    credit: _Line = ""


class StoryJson(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """A story as a CMS sends it; `url` is its canonical address and names it.

    Without `discussion`, `moderation` and `closes_at` the discussion stays as a moderator or an editor left it.
    """

    url: Annotated[str, msgspec.Meta(max_length=URL_CHARS)]
    headline: _Line
    section: SectionJson
    body: Annotated[str, msgspec.Meta(max_length=STORY_BODY_CHARS)] = ""
    lang: _Line | None = None
    standfirst: _Line = ""
    byline: _Line = ""
    dateline_place: _Line = ""
    dateline_agency: _Line = ""
    keywords: tuple[_Line, ...] = ()
    related: tuple[_Line, ...] = ()
    photo: PhotoJson | None = None
    published: bool = True
    published_at: datetime | None = None
    updated_at: datetime | None = None
    embargo_until: datetime | None = None
    discussion: Discussion | None = None
    closes_at: datetime | None = None
    moderation: Moderation | None = None


class StoryFound(msgspec.Struct, frozen=True):
    """A story as host pages and a CMS see it."""

    id: str
    url: str
    short_link: str
    headline: str
    section: str
    lang: str
    published_at: str
    discussion: Discussion
    is_open: bool
    comment_count: int


@get("/api/v1/stories", summary="A story by its canonical address")
async def find(request: _Request, url: Annotated[str, Parameter(max_length=URL_CHARS)]) -> Response[StoryFound]:
    parts = services(request)
    story = await parts.stories.at(url, parts.settings.public_url)
    if not story.public_at(parts.clock()):
        raise NotFound
    return Response(found(parts, story), headers=_MINUTE)


@put("/api/v1/stories", summary="Publish or update a story", opt={gate.KEYED: True})
async def publish(request: _Request, data: StoryJson) -> Response[StoryFound]:
    """201 for a new story, 200 for a known one; the same document again changes nothing of it.

    A story of this site is named by any address of ours that ends in a short-link code, known or new.
    """
    parts = services(request)
    key = await need_key(request)
    await gate.limit(request, "write")
    if not data.url.isprintable():
        raise InvalidField(name="url")  # before it is looked up: PostgreSQL takes NUL in no text
    before = await _known(parts, data.url)
    try:
        story = await _save(parts, data, before, key=key)
    except Conflict:
        # Somebody published at this address between the look and the write: now it is known.
        before = await parts.stories.at(data.url, parts.settings.public_url)
        story = await _save(parts, data, before, key=key)
    return Response(found(parts, story), status_code=200 if before else 201, headers=NO_STORE)


@get("/api/v1/counts", summary="Comment counts of stories")
async def counts(
    request: _Request, url: Annotated[list[str], Parameter(max_items=COUNTS_URLS)]
) -> Response[dict[str, int]]:
    """Addresses that we do not know are left out."""
    parts = services(request)
    counted = await parts.stories.counts(list(dict.fromkeys(url)), parts.settings.public_url)
    return Response(counted, headers=_MINUTE)


async def need_key(request: _Request) -> str:
    """The name of the newsroom key that a request carries.  Raises: KeyInvalid."""
    header = request.headers.get("authorization", "")
    key = header.removeprefix("Key ") if header.startswith("Key ") else request.headers.get("x-moothall-key", "")
    name = await services(request).stories.key_name(digest(key)) if key else None
    if name is None:
        raise KeyInvalid
    return name


def found(parts: Services, story: Story) -> StoryFound:
    """The public face of a story."""
    site = parts.settings.public_url
    return StoryFound(
        id=to_text(story.id),
        url=page_url(story, site),
        short_link=f"{site}/s/{story.code}",
        headline=story.headline,
        section=story.section.slug,
        lang=story.lang,
        published_at=to_rfc3339(story.published_at_ms),
        discussion=story.discussion,
        is_open=story.open_at(parts.clock()),
        comment_count=0 if story.discussion is Discussion.OFF else story.comment_count,
    )


async def _known(parts: Services, url: str) -> Story | None:
    try:
        return await parts.stories.at(url, parts.settings.public_url)
    except NotFound:
        return None


async def _save(parts: Services, data: StoryJson, before: Story | None, *, key: str) -> Story:
    now_ms = parts.clock()
    site = parts.settings.public_url
    section = check_section(data.section.slug, data.section.name, await parts.stories.sections())
    own = own_code(data.url, site)
    if own is None and data.url.startswith(f"{site}/"):
        raise InvalidField(name="url")
    place = Place(
        id=before.id if before else StoryId(parts.new_id()),
        code=before.code if before else own or short_code(),
        locale=parts.settings.locale,
    )
    draft = _draft(data, section.slug, url=None if own else data.url)
    if before:
        draft = _with_terms(draft, data, before)
    record = to_record(draft, section, place, now_ms=now_ms, before=before)
    return await parts.stories.save(record, now_ms, key=key)


def _draft(data: StoryJson, section: str, *, url: str | None) -> StoryDraft:
    photo = data.photo
    return StoryDraft(
        headline=data.headline,
        body=data.body,
        section=section,
        url=url,
        lang=data.lang,
        standfirst=data.standfirst,
        byline=data.byline,
        dateline_place=data.dateline_place,
        dateline_agency=data.dateline_agency,
        keywords=data.keywords,
        photo_id=PhotoId(_number("photo.id", photo.id)) if photo else None,
        photo_caption=photo.caption if photo else "",
        photo_credit=photo.credit if photo else "",
        photo_alt=photo.alt if photo else "",
        related=tuple(StoryId(_number("related", one)) for one in data.related),
        published=data.published,
        published_at_ms=_ms("published_at", data.published_at),
        updated_at_ms=_ms("updated_at", data.updated_at),
        embargo_until_ms=_ms("embargo_until", data.embargo_until),
        discussion=data.discussion or Discussion.OPEN,
        closes_at_ms=_ms("closes_at", data.closes_at),
        moderation=data.moderation or Moderation.POST,
    )


def _with_terms(draft: StoryDraft, data: StoryJson, before: Story) -> StoryDraft:
    """A CMS that corrects a word must not open what a moderator closed: what it leaves out stays as it stands.

    An end belongs to the opening that came with it: a document that opens a discussion and names none has none.
    """
    return replace(
        draft,
        discussion=data.discussion or before.discussion,
        moderation=data.moderation or before.moderation,
        closes_at_ms=draft.closes_at_ms if data.discussion or data.closes_at else before.closes_at_ms,
    )


def _ms(name: str, at: datetime | None) -> int | None:
    """Unix milliseconds of a time with a zone.  Raises: InvalidField without one."""
    if at is None:
        return None
    if at.tzinfo is None:
        raise InvalidField(name=name)
    return int(at.timestamp() * 1000)


def _number(name: str, text: str) -> int:
    number = from_text(text)
    if number is None:
        raise InvalidField(name=name)
    return number


routes = [find, publish, counts]
