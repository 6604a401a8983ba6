"""A comment with all replies under it, held by one act after a look at how many that is."""

from typing import Any

from litestar import Request, Response, get, post

from moothall.discussion.model import CommentId
from moothall.kernel.errors import Invalid
from moothall.kernel.ids import to_text
from moothall.moderation.taken import check_key
from moothall.moderation.thread_hold import ThreadHold, check_hold
from moothall.people.role import Right
from moothall.web import gate
from moothall.web.api.paths import comment_id
from moothall.web.console.tabs import tabs_of
from moothall.web.console.view_batch import done_page, thread_page
from moothall.web.forms import field
from moothall.web.frame import frame_of
from moothall.web.headers import NO_STORE
from moothall.web.pages.view_plain import error_text
from moothall.web.render import Context, render
from moothall.web.services import services

_Request = Request[Any, Any, Any]


@get("/console/thread/{comment:str}", include_in_schema=False)
async def preview(request: _Request, comment: str) -> Response[str]:
    """How many comments by how many people; nothing happens yet."""
    await gate.need(request, Right.DECIDE)
    return await _preview(request, comment_id(comment))


@post("/console/thread/{comment:str}", include_in_schema=False)
async def hold(request: _Request, comment: str) -> Response[str]:
    """Hold them all in one transaction, each with its statement; the next page takes all back."""
    actor = await gate.need(request, Right.DECIDE)
    await gate.limit(request, "decide")
    parts = services(request)
    at = comment_id(comment)
    try:
        wanted = ThreadHold(
            key=check_key(await field(request, "key")),
            comment_id=at,
            actor_id=actor.id,
            note=await field(request, "note"),
            at_ms=parts.clock(),
        )
        held = await parts.console.hold_thread(check_hold(wanted))
    except Invalid as wrong:
        return await _preview(request, at, wrong)
    frame = await frame_of(request)
    page = done_page(frame, done=held.done, left=held.left, key=wanted.key)
    return await _page(request, "console/batch_done.html", page)


async def _preview(request: _Request, at: CommentId, wrong: Invalid | None = None) -> Response[str]:
    console = services(request).console
    found, some = await console.thread(at)
    frame = await frame_of(request)
    page = thread_page(
        frame,
        found,
        some,
        at=to_text(at),
        key=to_text(services(request).new_id()),
        error=error_text(frame.words, wrong) if wrong else "",
    )
    return await _page(request, "console/thread.html", page, wrong.status if wrong else 200)


async def _page(request: _Request, template: str, page: Context, status: int = 200) -> Response[str]:
    frame = await frame_of(request)
    html = render(template, {**page, "tabs": await tabs_of(request, frame, "")})
    return Response(html, status_code=status, media_type="text/html", headers=NO_STORE)


routes = [preview, hold]
