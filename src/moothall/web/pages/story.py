"""The story page with its discussion, and its short link."""

from typing import Any
from urllib.parse import quote

import msgspec
from litestar import Request, Response, get
from litestar.response import Redirect

from moothall.discussion.model import CommentId
from moothall.kernel.errors import NotFound
from moothall.kernel.ids import CODE_LENGTH, is_short_code
from moothall.kernel.limits import RELATED
from moothall.story.metadata import Publisher, news_article
from moothall.story.model import Story
from moothall.web import gate
from moothall.web.api.paths import sort_of
from moothall.web.frame import frame_of
from moothall.web.headers import NO_STORE
from moothall.web.pages.contributions import contributions
from moothall.web.pages.fragments import first_page
from moothall.web.pages.keys import new_key
from moothall.web.pages.view import Frame, story_href
from moothall.web.pages.view_composer import Written
from moothall.web.pages.view_discussion import discussion
from moothall.web.pages.view_story import story_page
from moothall.web.render import render
from moothall.web.services import Services, services

_Request = Request[Any, Any, Any]
# Threads that search engines are told of as data: a page's worth, however long a page is made.
_TOLD_THREADS = 50


@get("/{section:str}/{name:str}", include_in_schema=False)
async def story(
    request: _Request, section: str, name: str, sort: str | None = None, cursor: str | None = None
) -> Response[str] | Redirect:
    """A wrong section or slug with the right code leads to the right address."""
    found = await services(request).stories.public_by_code(code_of(name), await gate.viewer(request))
    if found.external or (section, name) != (found.section.slug, f"{found.slug}-{found.code}"):
        return _moved(story_href(found))
    frame = await frame_of(request, lang=found.lang)
    page = await page_of(request, frame, found, sort=sort, cursor=cursor)
    await _visited(request, frame, found)
    return page


@get("/s/{code:str}", include_in_schema=False)
async def short_link(
    request: _Request, code: str, sort: str | None = None, cursor: str | None = None
) -> Response[str] | Redirect:
    """A story of our own site moves on; one that lives elsewhere has its discussion here."""
    found = await services(request).stories.public_by_code(code_of(f"-{code}"), await gate.viewer(request))
    if not found.external:
        return _moved(story_href(found))
    if sort is None and cursor is None:
        return _moved(found.url)
    return await page_of(request, await frame_of(request, lang=found.lang), found, sort=sort, cursor=cursor)


async def page_of(
    request: _Request,
    frame: Frame,
    found: Story,
    *,
    sort: str | None = None,
    cursor: str | None = None,
    written: Written | None = None,
) -> Response[str]:
    """The page for one reader; `written` is what was typed and could not be posted yet."""
    fresh = written or Written(key=new_key())
    html = await story_html(services(request), frame, found, sort=sort, cursor=cursor, written=fresh)
    status = 422 if written and written.error else 200
    return Response(html, status_code=status, media_type="text/html", headers=NO_STORE)


async def story_html(
    parts: Services, frame: Frame, found: Story, *, sort: str | None, cursor: str | None, written: Written | None
) -> str:
    """The page as text, for one reader or (nobody in the frame) for all who are not signed in."""
    page = await first_page(parts, frame, found, sort=sort, cursor=cursor)
    seen = 0
    if frame.viewer.id is not None:
        seen, _ = await parts.comments.seen(frame.viewer.id, found.id)
    order = sort_of(sort, parts.settings.default_sort)
    talk = discussion(frame, found, page, sort=order, seq=found.version, written=written, seen=seen)
    publisher = Publisher(frame.site.name, frame.site.url)
    told = contributions(page.nodes[:_TOLD_THREADS], frame.site.url)
    data = news_article(found, publisher, told if talk else ())
    related = await parts.stories.related_to(found, RELATED)
    jsonld = msgspec.json.encode(data).decode()
    return render("story.html", story_page(frame, found, related=related, talk=talk, jsonld=jsonld))


def code_of(name: str) -> str:
    """The code at the end of a story's address.  Raises: NotFound."""
    head, _, code = name.rpartition("-")
    if not is_short_code(code) or (not head and len(name) != CODE_LENGTH + 1):
        raise NotFound
    return code


async def _visited(request: _Request, frame: Frame, found: Story) -> None:
    """A reader who is signed in finds what is new at the next visit."""
    parts = services(request)
    if frame.viewer.id is not None and found.newest_comment:
        parts.aside(parts.comments.visit(frame.viewer.id, found.id, CommentId(found.newest_comment), frame.now_ms))


def _moved(to: str) -> Redirect:
    return Redirect(to if to.startswith("http") else quote(to, safe="/%"), status_code=301)


routes = [short_link, story]
