"""The sign-in page, the name that a new reader chooses, and the way out."""

from typing import Any

from litestar import Request, Response, get, post

from moothall.kernel.errors import Invalid
from moothall.kernel.limits import TYPED_NAME_CHARS
from moothall.people.model import SessionKind
from moothall.people.naming import check_name
from moothall.people.role import STAFF
from moothall.web import gate
from moothall.web.forms import field
from moothall.web.frame import frame_of
from moothall.web.pages import signin_handoff, signin_link, signin_mail, signin_provider
from moothall.web.pages.view_people import Waiting, name_page, signin_page
from moothall.web.pages.view_plain import error_text
from moothall.web.return_path import return_path
from moothall.web.services import services
from moothall.web.signing_in import leave, page, see

_Request = Request[Any, Any, Any]


@get("/signin", include_in_schema=False)
async def show(request: _Request) -> Response[Any]:
    """Who is signed in already is sent on; an embed's pop-up first says where it came from."""
    query = request.query_params
    if query.get("handoff"):
        return await signin_handoff.begin(request, query["handoff"])
    next_path = return_path(query.get("next"))
    found = await gate.session(request)
    if found is not None:
        return see(next_path)
    gate.start(request)
    frame = await frame_of(request)
    return page(request, "signin.html", signin_page(frame, Waiting(next=next_path)))


@get("/signin/name", include_in_schema=False)
async def name_form(request: _Request) -> Response[Any]:
    """The provider's name for a new reader is offered, never taken unasked."""
    found = await gate.need_session(request)
    identities = await services(request).people.identities(found.account.id)
    offered = next((one.claimed_name for one in identities if one.claimed_name), "")
    next_path = return_path(request.query_params.get("next"))
    return await _name_page(request, next_path, found.account.display_name or offered)


@post("/signin/name", include_in_schema=False)
async def choose_name(request: _Request) -> Response[Any]:
    """Choose the first display name."""
    typed, next_path = await field(request, "display_name"), return_path(await field(request, "next"))
    try:
        await rename(request, typed)
    except Invalid as wrong:
        return await _name_page(request, next_path, typed[:TYPED_NAME_CHARS], wrong)
    return see(next_path)


@post("/signout", include_in_schema=False)
async def sign_out(request: _Request) -> Response[Any]:
    """The session ends here and in the store; without one there is nothing to end."""
    next_path = return_path(await field(request, "next"))
    found = await gate.session(request)
    if found is not None:
        await services(request).people.end_session(found.account.id, found.token_hash)
    return leave(request, next_path)


async def rename(request: _Request, typed: str) -> None:
    """Give who is signed in another name.  Raises: Invalid, Unauthorised."""
    found = await gate.need_session(request, SessionKind.BROWSER)
    await gate.limit(request, "write")
    parts, account = services(request), found.account
    name = check_name(typed[:TYPED_NAME_CHARS], staff=account.role in STAFF, site_name=parts.settings.site_name)
    await parts.people.rename(account.id, name=name.text, key=name.key)


async def _name_page(request: _Request, next_path: str, name: str, wrong: Invalid | None = None) -> Response[Any]:
    frame = await frame_of(request)
    told = error_text(frame.words, wrong) if wrong else ""
    context = name_page(frame, Waiting(next=next_path), display_name=name, error=told)
    return page(request, "name.html", context, wrong.status if wrong else 200)


routes = [
    show,
    name_form,
    choose_name,
    sign_out,
    *signin_mail.routes,
    *signin_provider.routes,
    *signin_link.routes,
    *signin_handoff.routes,
]
