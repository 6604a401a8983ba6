"""What somebody wrote before signing in: kept on the way, and in its form again afterwards."""

from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath
from litestar.response import Redirect

from moothall.kernel.errors import SigninFailed
from moothall.kernel.limits import COMMENT_BODY_BYTES, KEPT_LIFE_MS
from moothall.kernel.secret import digest, new_secret
from moothall.people.model import Flow, FlowData, FlowKind
from moothall.story.model import StoryId
from moothall.web import gate
from moothall.web.frame import frame_of
from moothall.web.pages import comment as comment_pages
from moothall.web.pages import story as story_pages
from moothall.web.pages.fragments import visible_comment
from moothall.web.pages.view_composer import Written
from moothall.web.services import services

_Request = Request[Any, Any, Any]


async def keep(request: _Request, *, body: str, story: StoryId, parent: str) -> str:
    """Keep a text for an hour; returns the path that shows it again, which goes along as `next`."""
    await gate.limit(request, "write")
    parts, secret = services(request), new_secret()
    data = FlowData(body=body[: 2 * COMMENT_BODY_BYTES], story=str(story), parent=parent)
    now_ms = parts.clock()
    await parts.people.add_flow(Flow(digest(secret), FlowKind.KEPT, data, now_ms, now_ms + KEPT_LIFE_MS))
    return f"/kept/{secret}"


@get("/kept/{secret:str}", include_in_schema=False)
async def show(request: _Request, secret: FromPath[str]) -> Response[Any] | Redirect:
    """The form with the text, where it belongs.  Posting stays the reader's own act."""
    await gate.need_session(request)
    parts = services(request)
    flow = await parts.people.flow(digest(secret), FlowKind.KEPT)
    if flow is None or parts.clock() >= flow.ends_at_ms:
        raise SigninFailed
    written = Written(body=flow.data.body)
    if flow.data.parent:
        frame, story, answered = await visible_comment(request, flow.data.parent)
        return await comment_pages.page_of(request, frame, story, answered, reply=True, written=written)
    viewer = await gate.viewer(request)
    story = await parts.stories.public(StoryId(int(flow.data.story)), viewer)
    frame = await frame_of(request, lang=story.lang)
    return await story_pages.page_of(request, frame, story, written=written)


routes = [show]
