"""Pieces of a discussion as HTML, for the widget; `docs/reference/page-contract.md` lists them."""

from typing import Any

from litestar import Request, Response, get

from moothall.discussion.access import may_see, public_face
from moothall.discussion.model import Comment, Node, Page
from moothall.kernel import page as cursors
from moothall.kernel.errors import NotFound
from moothall.kernel.limits import NEW_PAGE, PAGE_COMMENTS, RESTRICTED_SHOWN_MS
from moothall.people.model import Viewer
from moothall.story.model import Story, StoryId
from moothall.web import gate
from moothall.web.api.paths import comment_id, sort_of, story_id
from moothall.web.frame import frame_of
from moothall.web.headers import NO_STORE
from moothall.web.pages.view import Frame
from moothall.web.pages.view_discussion import comments_fragment, page_fragment, replies_fragment
from moothall.web.render import render
from moothall.web.services import Services, services

_Request = Request[Any, Any, Any]


@get("/fragments/stories/{story:str}/comments", include_in_schema=False)
async def comments(
    request: _Request, story: str, sort: str | None = None, cursor: str | None = None
) -> Response[str]:
    """A page of threads, as list items."""
    parts = services(request)
    frame, found = await _story(request, story_id(story))
    order = sort_of(sort, parts.settings.default_sort)
    page = await first_page(parts, frame, found, sort=sort, cursor=cursor)
    return _html(render("fragment.html", page_fragment(frame, found, page, sort=order)))


@get("/fragments/stories/{story:str}/new", include_in_schema=False)
async def new(request: _Request, story: str, since: int = 0) -> Response[str]:
    """Comments that became live after an event."""
    frame, found = await _story(request, story_id(story))
    viewer = frame.viewer
    fresh = await services(request).comments.live_since(
        found.id, seq=max(0, min(since, (1 << 63) - 1)), limit=NEW_PAGE, viewer=viewer.id
    )
    return _html(render("fragment.html", comments_fragment(frame, fresh)))


@get("/fragments/comments/{comment:str}", include_in_schema=False)
async def one(request: _Request, comment: str) -> Response[str]:
    """A single comment without its replies."""
    frame, _, found = await visible_comment(request, comment)
    return _html(render("fragment.html", comments_fragment(frame, [found])))


@get("/fragments/comments/{comment:str}/replies", include_in_schema=False)
async def replies(
    request: _Request, comment: str, sort: str | None = None, cursor: str | None = None
) -> Response[str]:
    """Further replies of a comment."""
    parts = services(request)
    frame, _, found = await visible_comment(request, comment)
    order = sort_of(sort, parts.settings.default_sort)
    after = cursors.decode(cursor) if cursor else None
    page = await parts.comments.replies(found, sort=order, after=after, viewer=frame.viewer.id)
    return _html(render("fragment.html", replies_fragment(frame, found.id, page, sort=order)))


async def first_page(parts: Services, frame: Frame, story: Story, *, sort: str | None, cursor: str | None) -> Page:
    """One page of a story's threads; before the first stand the reader's own that nobody else has."""
    order = sort_of(sort, parts.settings.default_sort)
    after = cursors.decode(cursor) if cursor else None
    viewer = frame.viewer.id
    page = await parts.comments.page(story.id, sort=order, after=after, limit=PAGE_COMMENTS, viewer=viewer)
    if viewer is None or after is not None:
        return page
    since_ms = frame.now_ms - RESTRICTED_SHOWN_MS
    waiting = await parts.comments.waiting_of(story.id, viewer, since_ms=since_ms)
    return Page((*map(Node, waiting), *page.nodes), page.next_cursor)


async def visible_comment(request: _Request, text: str) -> tuple[Frame, Story, Comment]:
    """A comment as this viewer may have it, with its story.  Raises: NotFound."""
    parts = services(request)
    viewer: Viewer = await gate.viewer(request)
    found = await parts.comments.get(comment_id(text), viewer.id)
    if not may_see(found, viewer):
        raise NotFound
    story = await parts.stories.discussed(found.story_id, viewer)
    frame = await frame_of(request, lang=story.lang, base=gate.base_for(request))
    return frame, story, public_face(found, viewer)


async def _story(request: _Request, wanted: StoryId) -> tuple[Frame, Story]:
    viewer = await gate.viewer(request)
    story = await services(request).stories.discussed(wanted, viewer)
    return await frame_of(request, lang=story.lang, base=gate.base_for(request)), story


def _html(text: str) -> Response[str]:
    return Response(text, media_type="text/html", headers=NO_STORE)


routes = [comments, new, one, replies]
