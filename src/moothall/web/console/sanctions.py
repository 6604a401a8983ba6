"""Warn, slow, pre-moderate, suspend or ban an author, who is told why; end it early, or take it back."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.response import Redirect

from moothall.kernel.errors import Conflict, Invalid, NotFound
from moothall.kernel.ids import from_text
from moothall.kernel.limits import STATEMENTS_LISTED
from moothall.moderation.sanction import Asked, Ban, Lift, sanction
from moothall.people.model import Account
from moothall.people.role import Right
from moothall.web import gate
from moothall.web.api.paths import account_id
from moothall.web.console.view_sanctions import sanctions_page
from moothall.web.forms import field
from moothall.web.frame import frame_of
from moothall.web.headers import NO_STORE
from moothall.web.pages.view_plain import error_text
from moothall.web.render import render
from moothall.web.return_path import return_path
from moothall.web.services import services

_Request = Request[Any, Any, Any]
_QUEUE = "/console/held"
_ASKED = ("kind", "days", "rule", "reason", "past")


@get("/people/{person:str}/sanctions", include_in_schema=False)
async def form(request: _Request, person: str, back: str = _QUEUE) -> Response[str]:
    """What stands on an author, what stood, and what may be imposed."""
    await gate.need(request, Right.BAN)
    return await _form(request, await services(request).people.account(account_id(person)), back)


@post("/people/{person:str}/sanctions", include_in_schema=False)
async def impose(request: _Request, person: str) -> Response[str] | Redirect:
    """One sanction, with its statement; live comments go as well where that was asked."""
    actor = await gate.need(request, Right.BAN)
    await gate.limit(request, "write")
    parts = services(request)
    who = await parts.people.account(account_id(person))
    back = await field(request, "back")
    asked = Asked(**{name: await field(request, name) for name in _ASKED})
    try:
        made = sanction(parts.new_id(), who, actor, asked=asked, now_ms=parts.clock())
    except Invalid as wrong:
        return await _form(request, who, back, wrong, asked=asked)
    await parts.rights.sanction(made)
    return Redirect(return_path(back or _QUEUE), status_code=303)


@post("/people/{person:str}/sanctions/lift", include_in_schema=False)
async def lift(request: _Request, person: str) -> Redirect:
    """End one before its end; without a number, a ban that came with an archive."""
    actor = await gate.need(request, Right.BAN)
    await gate.limit(request, "write")
    parts = services(request)
    who = await parts.people.account(account_id(person))
    named = await field(request, "sanction")
    number = from_text(named)
    if named and number is None:
        raise NotFound
    if number is not None:
        await parts.rights.lift(Lift(parts.new_id(), number, actor.id, parts.clock()), who.id)
    else:
        await parts.moderation.ban(Ban(parts.new_id(), who.id, actor.id, None, "", parts.clock()))
    return Redirect(return_path(await field(request, "back") or _QUEUE), status_code=303)


@post("/people/{person:str}/sanctions/take-back", include_in_schema=False)
async def take_back(request: _Request, person: str) -> Response[str] | Redirect:
    """As if it had never been: what it took down stands again, what it replaced is in force again."""
    actor = await gate.need(request, Right.BAN)
    await gate.limit(request, "write")
    parts = services(request)
    who = await parts.people.account(account_id(person))
    back = await field(request, "back")
    number = from_text(await field(request, "sanction"))
    if number is None:
        raise NotFound
    try:
        await parts.rights.take_back(Lift(parts.new_id(), number, actor.id, parts.clock()), who.id)
    except Conflict as wrong:
        return await _form(request, who, back, wrong)
    return Redirect(return_path(back or _QUEUE), status_code=303)


async def _form(
    request: _Request,
    who: Account,
    back: str,
    wrong: Invalid | Conflict | None = None,
    *,
    asked: Asked | None = None,
) -> Response[str]:
    rights = services(request).rights
    frame = await frame_of(request)
    context = sanctions_page(
        frame,
        who,
        await rights.sanctions_of(who.id, STATEMENTS_LISTED),
        past_count=await rights.past_of(who.id),
        asked=asked or Asked(),
    )
    more = {"back": return_path(back or _QUEUE), "error": error_text(frame.words, wrong) if wrong else ""}
    html = render("console/sanctions.html", {**context, **more})
    return Response(html, status_code=wrong.status if wrong else 200, media_type="text/html", headers=NO_STORE)


routes = [form, impose, lift, take_back]
