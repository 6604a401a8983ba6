"""Who is signed in, for the widget."""

from typing import Any

import msgspec
from litestar import Request, Response, delete, get

from moothall.kernel.ids import to_text
from moothall.people.model import Role
from moothall.web import cookies, gate
from moothall.web.headers import NO_STORE
from moothall.web.services import services

_Request = Request[Any, Any, Any]


class AccountJson(msgspec.Struct, frozen=True):
    id: str
    display_name: str
    role: Role
    named: bool
    banned: bool


class MeJson(msgspec.Struct, frozen=True):
    """`account` is null when nobody is signed in."""

    account: AccountJson | None
    blocked: tuple[str, ...]


@get("/api/v1/me", summary="Who is signed in")
async def show(request: _Request) -> Response[MeJson]:
    viewer = await gate.viewer(request)
    account = viewer.account
    blocked = tuple(sorted(to_text(one) for one in viewer.blocked))
    if account is None:
        return Response(MeJson(None, ()), headers=NO_STORE)
    banned = account.banned_at(services(request).clock())
    shown = AccountJson(to_text(account.id), account.display_name, account.role, account.named, banned)
    return Response(MeJson(shown, blocked), headers=NO_STORE)


@delete("/api/v1/session", summary="Sign out", status_code=204)
async def sign_out(request: _Request) -> Response[None]:
    """Ends the session of the cookie or of the bearer token; fine when there is none."""
    parts = services(request)
    found = await gate.session(request)
    if found is not None:
        await parts.people.end_session(found.account.id, found.token_hash)
    gone: Response[None] = Response(None, status_code=204, headers=NO_STORE)
    cookies.remove(gone, parts.settings, cookies.SESSION)
    return gone


routes = [show, sign_out]
