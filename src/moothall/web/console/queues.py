"""The moderation queues, and the decisions taken on them."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.response import Redirect

from moothall.kernel import page as cursors
from moothall.kernel.errors import Conflict, Invalid, InvalidField, NotFound
from moothall.kernel.ids import to_text
from moothall.moderation.decide import Act, Decision, check
from moothall.moderation.queue import Queue
from moothall.people.model import Account
from moothall.people.role import Right
from moothall.web import gate
from moothall.web.console.view import queue_page
from moothall.web.forms import field
from moothall.web.frame import frame_of
from moothall.web.headers import NO_STORE
from moothall.web.pages.fragments import visible_comment
from moothall.web.pages.standards import rules_in
from moothall.web.pages.view_acts import decide_page
from moothall.web.pages.view_plain import error_text
from moothall.web.render import render
from moothall.web.return_path import return_path
from moothall.web.services import services

_Request = Request[Any, Any, Any]


@get("/console/", include_in_schema=False)
async def console(request: _Request) -> Redirect:
    """To the first queue."""
    await gate.need(request, Right.DECIDE)
    return Redirect("/console/held", status_code=303)


@get("/console/{queue:str}", include_in_schema=False)
async def show(request: _Request, queue: str, cursor: str | None = None) -> Response[str]:
    """A queue: `held`, `reported` or `live`."""
    await gate.need(request, Right.DECIDE)
    if queue not in {one.value for one in Queue}:
        raise NotFound
    moderation = services(request).moderation
    wanted = Queue(queue)
    found = await moderation.queue(wanted, cursors.decode(cursor) if cursor else None)
    page = queue_page(await frame_of(request), wanted, found, await moderation.counts())
    return Response(render("console/queue.html", page), media_type="text/html", headers=NO_STORE)


@get("/c/{comment:str}/decide", include_in_schema=False)
async def decide_form(request: _Request, comment: str) -> Response[str]:
    """One comment, and what may be decided on it."""
    await gate.need(request, Right.DECIDE)
    return await _form(request, comment)


@post("/c/{comment:str}/decide", include_in_schema=False)
async def decide(request: _Request, comment: str) -> Response[str] | Redirect:
    """Back to where it was taken: a queue, or the comment."""
    actor = await gate.need(request, Right.DECIDE)
    back = return_path(await field(request, "back") or f"/c/{comment}")
    try:
        await _decide(request, comment, actor)
    except (Invalid, Conflict) as wrong:
        return await _form(request, comment, wrong, note=await field(request, "note"))
    return Redirect(back, status_code=303)


async def _decide(request: _Request, comment: str, actor: Account) -> None:
    parts = services(request)
    _, _, found = await visible_comment(request, comment)
    act = await field(request, "decision")
    if act not in {one.value for one in Act}:
        raise InvalidField(name="decision")
    decision = Decision(
        id=parts.new_id(),
        comment_id=found.id,
        actor_id=actor.id,
        act=Act(act),
        rule=await field(request, "rule") or None,
        note=await field(request, "note"),
        at_ms=parts.clock(),
    )
    await parts.moderation.decide(check(decision))


async def _form(
    request: _Request, comment: str, wrong: Invalid | Conflict | None = None, *, note: str = ""
) -> Response[str]:
    frame, story, found = await visible_comment(request, comment)
    error = error_text(frame.words, wrong) if wrong else ""
    page = decide_page(frame, found, rules_in(frame.words), story_name=story.headline, note=note, error=error)
    status = wrong.status if wrong else 200
    html = render("decide.html", {**page, "back": f"/c/{to_text(found.id)}"})
    return Response(html, status_code=status, media_type="text/html", headers=NO_STORE)


routes = [console, show, decide_form, decide]
