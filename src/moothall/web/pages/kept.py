"""What somebody wrote before signing in: kept on the way, and in its form again afterwards."""

from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath
from litestar.response import Redirect

from moothall.kernel.errors import SigninFailed
from moothall.kernel.limits import COMMENT_BODY_BYTES, KEPT_LIFE_MS
from moothall.kernel.secret import digest, new_secret, same
from moothall.people.model import Flow, FlowData, FlowKind
from moothall.story.model import Story, StoryId
from moothall.web import cookies, gate
from moothall.web.frame import frame_of
from moothall.web.headers import NO_STORE
from moothall.web.pages import comment as comment_pages
from moothall.web.pages import story as story_pages
from moothall.web.pages.fragments import visible_comment
from moothall.web.pages.view import story_href
from moothall.web.pages.view_composer import Written
from moothall.web.services import services

_Request = Request[Any, Any, Any]


async def keep(request: _Request, *, body: str, story: StoryId, parent: str) -> str:
    """Keep a text for an hour; returns the path that shows it again, which goes along as `next`.

    The answer must set the cookie of a sign-in under way: in no other browser is the text shown again, because a
    path is easily passed on.
    """
    await gate.limit(request, "write")
    parts, secret = services(request), new_secret()
    browser = digest(gate.start(request)).hex()
    data = FlowData(browser=browser, body=body[: 2 * COMMENT_BODY_BYTES], story=str(story), parent=parent)
    now_ms = parts.clock()
    await parts.people.add_flow(Flow(digest(secret), FlowKind.KEPT, data, now_ms, now_ms + KEPT_LIFE_MS))
    return f"/kept/{secret}"


@get("/kept/{secret:str}", include_in_schema=False)
async def show(request: _Request, secret: FromPath[str]) -> Response[Any] | Redirect:
    """The form with the text, where it belongs.  Posting stays the reader's own act.

    A mailed link may be opened in another browser: that one is led to where the text was to stand.
    """
    await gate.need_session(request)
    parts = services(request)
    flow = await parts.people.flow(digest(secret), FlowKind.KEPT)
    if flow is None or parts.clock() >= flow.ends_at_ms:
        raise SigninFailed
    if not same(digest(cookies.read(request, parts.settings, cookies.START) or "").hex(), flow.data.browser):
        return await _elsewhere(request, flow.data)
    written = Written(body=flow.data.body)
    if flow.data.parent:
        frame, story, answered = await visible_comment(request, flow.data.parent)
        return await comment_pages.page_of(request, frame, story, answered, reply=True, written=written)
    story = await _story(request, flow.data)
    frame = await frame_of(request, lang=story.lang)
    return await story_pages.page_of(request, frame, story, written=written)


async def _elsewhere(request: _Request, kept: FlowData) -> Redirect:
    there = f"/c/{kept.parent}" if kept.parent else story_href(await _story(request, kept))
    return Redirect(there, status_code=303, headers=NO_STORE)


async def _story(request: _Request, kept: FlowData) -> Story:
    viewer = await gate.viewer(request)
    return await services(request).stories.public(StoryId(int(kept.story)), viewer)


routes = [show]
