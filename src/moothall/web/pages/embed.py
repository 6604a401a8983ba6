"""A discussion for a page of another origin."""

from typing import Any
from urllib.parse import urlsplit

from litestar import Request, Response, get

from moothall.kernel.errors import NotFound
from moothall.kernel.ids import short_code
from moothall.kernel.limits import URL_CHARS
from moothall.kernel.url import is_good_url
from moothall.people.signin.handoff import may_embed
from moothall.story.address import same_page
from moothall.story.model import ELSEWHERE, Discussion, Section, Story, StoryDraft, StoryId
from moothall.story.publish import Place, to_record
from moothall.web import gate
from moothall.web.api.paths import sort_of
from moothall.web.frame import frame_of
from moothall.web.headers import NO_STORE
from moothall.web.pages.fragments import first_page
from moothall.web.pages.keys import new_key
from moothall.web.pages.view_composer import Written
from moothall.web.pages.view_discussion import discussion, embedded
from moothall.web.render import render
from moothall.web.services import Services, services

_Request = Request[Any, Any, Any]
_ELSEWHERE = Section(ELSEWHERE, "Elsewhere", 99)


@get("/embed/discussion", include_in_schema=False)
async def embed(request: _Request, url: str, sort: str | None = None) -> Response[str]:
    """The discussion of a host page, by its address."""
    parts = services(request)
    viewer = await gate.viewer(request)
    story = await parts.stories.public((await _story(request, parts, url)).id, viewer)
    frame = await frame_of(request, lang=story.lang, base=parts.settings.public_url)
    page = await first_page(parts, frame, story, sort=sort, cursor=None)
    order = sort_of(sort, parts.settings.default_sort)
    talk = discussion(frame, story, page, sort=order, seq=story.version, written=Written(key=new_key()))
    if talk is None:
        raise NotFound
    return Response(render("embed.html", embedded(frame, talk)), media_type="text/html", headers=NO_STORE)


async def _story(request: _Request, parts: Services, url: str) -> Story:
    """The story of a host page; made on the first visit when its host may embed.  Raises: NotFound."""
    site = f"{parts.settings.public_url}/"
    if url.startswith(site):
        code = urlsplit(url).path.rpartition("-")[2].rpartition("/")[2]
        return await parts.stories.public_by_code(code, await gate.viewer(request))
    try:
        return await parts.stories.by_url(url)
    except NotFound:
        if not _may_embed(request, parts, url):
            raise
    # Any program can claim an origin.
    await gate.limit(request, "post")
    return await _open(parts, url)


def _may_embed(request: _Request, parts: Services, url: str) -> bool:
    """Only a page of an allowed host, asking for itself, opens a discussion."""
    if len(url) > URL_CHARS or not is_good_url(url):
        return False
    page = urlsplit(same_page(url))
    is_same = request.headers.get("origin") == f"{page.scheme}://{page.netloc}"
    return is_same and may_embed(page.netloc, parts.settings.embed_hosts)


async def _open(parts: Services, url: str) -> Story:
    await parts.stories.keep_section(_ELSEWHERE)
    words = urlsplit(url).path.strip("/").replace("/", " ").replace("-", " ") or url
    draft = StoryDraft(headline=words[:200], body="", section=_ELSEWHERE.slug, url=url, discussion=Discussion.OPEN)
    place = Place(StoryId(parts.new_id()), short_code(), parts.settings.locale)
    now_ms = parts.clock()
    record = to_record(draft, _ELSEWHERE, place, now_ms=now_ms, before=None)
    return await parts.stories.open_once(record, now_ms)


routes = [embed]
