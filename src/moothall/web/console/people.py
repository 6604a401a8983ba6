"""Who reads and speaks here: found by name, banned, given a role."""

from typing import Any
from urllib.parse import quote

from litestar import Request, Response, get, post
from litestar.response import Redirect

from moothall.kernel.errors import Conflict, Forbidden, Invalid
from moothall.kernel.limits import PEOPLE_LISTED, TYPED_NAME_CHARS
from moothall.moderation.erase import Erasure
from moothall.people.appoint import appoint
from moothall.people.model import Account
from moothall.people.role import Right
from moothall.web import gate
from moothall.web.api.paths import account_id
from moothall.web.console.tabs import tabs_of
from moothall.web.console.view_people import Found, people_page
from moothall.web.forms import field
from moothall.web.frame import frame_of
from moothall.web.headers import NO_STORE
from moothall.web.pages.view_plain import error_text
from moothall.web.render import render
from moothall.web.services import services

_Request = Request[Any, Any, Any]
_HERE = "/console/people"


@get("/console/people", include_in_schema=False)
async def people(request: _Request, q: str = "") -> Response[str]:
    """Everybody whose name begins so; without a name, the newsroom's own and trusted readers."""
    await gate.need(request, Right.BAN)
    return await _page(request, q)


@post("/people/{person:str}/role", include_in_schema=False)
async def role(request: _Request, person: str) -> Response[str] | Redirect:
    """Give somebody a role; it counts from their next request."""
    actor = await gate.need(request, Right.MANAGE)
    parts = services(request)
    who = await parts.people.account(account_id(person))
    try:
        chosen = [str(one) for one in (await request.form()).getall("sections", [])]
        known = {one.slug for one in await parts.stories.sections()}
        made = appoint(
            parts.new_id(),
            who,
            await field(request, "role"),
            by=actor,
            now_ms=parts.clock(),
            sections=[one for one in chosen if one in known],
        )
        await parts.people.appoint(made)
    except (Invalid, Conflict, Forbidden) as wrong:
        return await _page(request, await field(request, "q"), wrong)
    return Redirect(f"{_HERE}?q={quote(who.display_name, safe='')}", status_code=303)


async def _page(request: _Request, q: str, wrong: Invalid | Conflict | Forbidden | None = None) -> Response[str]:
    store = services(request).people
    name = q.strip()[:TYPED_NAME_CHARS]
    # One more than is shown says that there are more.
    limit = PEOPLE_LISTED + 1
    found = await (store.called(name, limit) if name else store.raised(limit))
    frame = await frame_of(request)
    error = error_text(frame.words, wrong) if wrong else ""
    leaving = [] if name or not frame.may(Right.MANAGE) else await _leaving(request)
    page = people_page(frame, Found(found, leaving), asked=name, error=error)
    html = render("console/people.html", {**page, "tabs": await tabs_of(request, frame, "people")})
    return Response(html, status_code=wrong.status if wrong else 200, media_type="text/html", headers=NO_STORE)


async def _leaving(request: _Request) -> list[tuple[Erasure, Account, Account]]:
    parts = services(request)
    waiting = await parts.personal_data.all_waiting()
    account = parts.people.account
    return [(one, await account(one.account_id), await account(one.asked_by)) for one in waiting]


routes = [people, role]
