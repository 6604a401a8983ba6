"""Forget a person, as one administrator asks and another one confirms; and give a person what is kept of them."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.response import Redirect

from moothall.kernel.errors import InvalidField, NotFound, SamePerson
from moothall.moderation.erase import Wanted
from moothall.people.model import Account
from moothall.people.role import Right
from moothall.web import gate
from moothall.web.api.paths import account_id
from moothall.web.console.view_forget import forget_page, forgotten_page
from moothall.web.forms import field
from moothall.web.frame import frame_of
from moothall.web.headers import NO_STORE
from moothall.web.pages.record import record_of
from moothall.web.pages.view_plain import error_text
from moothall.web.render import Context, render
from moothall.web.services import services

_Request = Request[Any, Any, Any]


@get("/people/{person:str}/forget", include_in_schema=False)
async def form(request: _Request, person: str) -> Response[str]:
    """Who asked for it, or what can be asked for."""
    await gate.need(request, Right.MANAGE)
    return await _form(request, await _named(request, person))


@post("/people/{person:str}/forget", include_in_schema=False)
async def ask(request: _Request, person: str) -> Redirect:
    """The first of two."""
    actor = await gate.need(request, Right.MANAGE)
    await gate.limit(request, "write")
    wanted = await field(request, "wanted")
    if wanted not in {one.value for one in Wanted}:
        raise InvalidField(name="wanted")
    await services(request).personal_data.ask(await _named(request, person), actor, Wanted(wanted))
    return _back_to(person)


@post("/people/{person:str}/forget/take-back", include_in_schema=False)
async def take_back(request: _Request, person: str) -> Redirect:
    """Nothing is forgotten after all."""
    actor = await gate.need(request, Right.MANAGE)
    await gate.limit(request, "write")
    await services(request).personal_data.take_back(await _named(request, person), actor)
    return _back_to(person)


@post("/people/{person:str}/forget/confirm", include_in_schema=False)
async def confirm(request: _Request, person: str) -> Response[str]:
    """The second of two; it cannot be undone."""
    actor = await gate.need(request, Right.MANAGE)
    await gate.limit(request, "write")
    who, kept = await _named(request, person), services(request).personal_data
    asked = await kept.waiting(who.id)
    # What was asked for may have been taken back, and asked for otherwise, since the page was opened.
    if asked is None or asked.wanted.value != await field(request, "wanted"):
        raise NotFound
    try:
        done = await kept.confirm(asked, actor)
    except SamePerson as wrong:
        return await _form(request, who, wrong)
    return _page("console/forgotten.html", forgotten_page(await frame_of(request), done))


@get("/people/{person:str}/record.zip", include_in_schema=False)
async def record(request: _Request, person: str) -> Response[bytes]:
    """What is kept of somebody who asked for it by letter."""
    await gate.need(request, Right.MANAGE)
    await gate.limit(request, "write")
    return await record_of(request, (await _named(request, person)).id)


async def _named(request: _Request, person: str) -> Account:
    return await services(request).people.account(account_id(person))


async def _form(request: _Request, who: Account, wrong: SamePerson | None = None) -> Response[str]:
    parts = services(request)
    frame = await frame_of(request)
    asked = await parts.personal_data.waiting(who.id)
    by = await parts.people.account(asked.asked_by) if asked else None
    told = forget_page(frame, who, asked, by=by, error=error_text(frame.words, wrong) if wrong else "")
    return _page("console/forget.html", told, wrong.status if wrong else 200)


def _page(template: str, context: Context, status: int = 200) -> Response[str]:
    return Response(render(template, context), status_code=status, media_type="text/html", headers=NO_STORE)


def _back_to(person: str) -> Redirect:
    return Redirect(f"/people/{person}/forget", status_code=303)


routes = [form, ask, take_back, confirm, record]
