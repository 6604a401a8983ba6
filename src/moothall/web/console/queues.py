"""The moderation queues, and the decisions taken on them."""

from typing import Any
from urllib.parse import urlsplit, urlunsplit

from litestar import Request, Response, get, post
from litestar.response import Redirect

from moothall.kernel import page as cursors
from moothall.kernel.errors import Conflict, Invalid, InvalidField, NotFound
from moothall.kernel.ids import from_text, to_text
from moothall.moderation.decide import Act, Decision, check
from moothall.moderation.queue import Queue
from moothall.people.model import Account
from moothall.people.role import Right
from moothall.web import gate
from moothall.web.console.view import Done, Place, done_text, queue_page
from moothall.web.forms import field
from moothall.web.frame import frame_of
from moothall.web.headers import NO_STORE
from moothall.web.i18n import Translator
from moothall.web.pages.fragments import visible_comment
from moothall.web.pages.standards import rules_in
from moothall.web.pages.view_acts import decide_page
from moothall.web.pages.view_plain import error_text
from moothall.web.render import render
from moothall.web.return_path import return_path
from moothall.web.services import services

_Request = Request[Any, Any, Any]
_ACTS = {one.value: one for one in Act}
_QUEUES = {one.value: one for one in Queue}
_CONSOLE = "/console/"


@get("/console/", include_in_schema=False)
async def console(request: _Request) -> Redirect:
    """What waits longest comes first."""
    await gate.need(request, Right.DECIDE)
    return Redirect("/console/held", status_code=303)


@get("/console/{queue:str}", include_in_schema=False)
async def show(request: _Request, queue: str, cursor: str = "", done: str = "", on: str = "") -> Response[str]:
    """A queue; `done` and `on` say which decision led here."""
    await gate.need(request, Right.DECIDE)
    if queue not in _QUEUES:
        raise NotFound
    at = Place(_QUEUES[queue], cursor)
    moderation = services(request).moderation
    found = await moderation.queue(at.queue, cursors.decode(cursor) if cursor else None)
    frame = await frame_of(request)
    page = queue_page(frame, at, found, await moderation.counts(), _done(frame.words, done, on, at.path))
    return Response(render("console/queue.html", page), media_type="text/html", headers=NO_STORE)


@get("/c/{comment:str}/decide", include_in_schema=False)
async def decide_form(request: _Request, comment: str, back: str = "") -> Response[str]:
    """One comment, with all that may follow on its state and room for a note."""
    await gate.need(request, Right.DECIDE)
    return await _form(request, comment, back)


@post("/c/{comment:str}/decide", include_in_schema=False)
async def decide(request: _Request, comment: str) -> Response[str] | Redirect:
    """Back to where it was taken: a queue, or the comment."""
    actor = await gate.need(request, Right.DECIDE)
    await gate.limit(request, "write")
    back = await field(request, "back")
    try:
        act = await _decide(request, comment, actor)
    except (Invalid, Conflict) as wrong:
        return await _form(request, comment, back, wrong)
    return Redirect(_onward(return_path(back or f"/c/{comment}"), act, comment), status_code=303)


async def _decide(request: _Request, comment: str, actor: Account) -> Act:
    parts = services(request)
    _, _, found = await visible_comment(request, comment)
    act = _ACTS.get(await field(request, "decision"))
    if act is None:
        raise InvalidField(name="decision")
    decision = Decision(
        id=parts.new_id(),
        comment_id=found.id,
        actor_id=actor.id,
        act=act,
        rule=await field(request, "rule") or None,
        note=await field(request, "note"),
        at_ms=parts.clock(),
    )
    await parts.moderation.decide(check(decision))
    return act


async def _form(
    request: _Request, comment: str, back: str, wrong: Invalid | Conflict | None = None
) -> Response[str]:
    frame, story, found = await visible_comment(request, comment)
    page = decide_page(
        frame,
        found,
        rules_in(frame.words),
        story_name=story.headline,
        note=await field(request, "note") if wrong else "",
        error=_error(frame.words, wrong) if wrong else "",
    )
    there = return_path(back) if back else f"/c/{to_text(found.id)}"
    html = render("decide.html", {**page, "back": there})
    return Response(html, status_code=wrong.status if wrong else 200, media_type="text/html", headers=NO_STORE)


def _error(words: Translator, wrong: Invalid | Conflict) -> str:
    """A removal without a rule is the one that happens in a queue, so it has words of its own."""
    if isinstance(wrong, InvalidField) and wrong.params.get("name") == "rule":
        return words.t("Please choose the rule that it breaks.")
    return error_text(words, wrong)


def _onward(back: str, act: Act, comment: str) -> str:
    """The console says what was done; other pages show it."""
    if not back.startswith(_CONSOLE):
        return back
    parts = urlsplit(back)
    said = f"done={act.value}&on={comment}"
    return urlunsplit(parts._replace(query=f"{parts.query}&{said}" if parts.query else said))


def _done(words: Translator, done: str, on: str, here: str) -> Done | None:
    act = _ACTS.get(done)
    if act is None or from_text(on) is None:
        return None
    return Done(done_text(words, act), f"/c/{on}/decide?back={here}")


routes = [console, show, decide_form, decide]
