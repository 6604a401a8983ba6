"""Passkeys of an account: what browsers are asked, adding one, removing one."""

import secrets
from typing import Any

import msgspec
from litestar import Request, Response, post

from moothall.kernel.errors import Conflict, NotFound
from moothall.kernel.limits import RECOVERY_CODE_BYTES, RECOVERY_CODES
from moothall.people.device import device_of
from moothall.people.model import SessionKind
from moothall.people.signin.passkey import kept
from moothall.people.signin.passkey_answer import made
from moothall.people.signin.passkey_ask import making, showing
from moothall.people.signin.passkey_errors import PasskeyWrong
from moothall.people.signin.second_factor import fresh_codes
from moothall.web import gate, passkey_flow
from moothall.web.forms import field
from moothall.web.headers import NO_STORE
from moothall.web.pages.second_factor import HERE, factor_page
from moothall.web.pages.view_second_factor import key_of
from moothall.web.services import services
from moothall.web.signing_in import see

_Request = Request[Any, Any, Any]


@post("/account/passkeys/begin", include_in_schema=False, status_code=200)
async def begin_adding(request: _Request) -> Response[bytes]:
    """What a device is asked for, to make one."""
    found = await gate.need_session(request, SessionKind.BROWSER)
    await gate.limit(request, "signin")
    parts, at = services(request), passkey_flow.here(request)
    challenge = await passkey_flow.challenge(request, found.token_hash, found.account.id)
    known = await parts.passkeys.of(found.account.id)
    return _json(making(challenge, at, site=parts.settings.site_name, who=found.account, known=known))


@post("/signin/second/begin", include_in_schema=False, status_code=200)
async def begin_showing(request: _Request) -> Response[bytes]:
    """What a device is asked for, to show one of this account."""
    found = await gate.need_session(request, SessionKind.BROWSER)
    await gate.limit(request, "signin")
    at = passkey_flow.here(request)
    challenge = await passkey_flow.challenge(request, found.token_hash, found.account.id)
    return _json(showing(challenge, at, known=await services(request).passkeys.of(found.account.id)))


@post("/account/passkeys", include_in_schema=False)
async def add(request: _Request) -> Response[Any]:
    """Who has no recovery codes is shown some, this once."""
    found = await gate.need_session(request, SessionKind.BROWSER)
    await gate.limit(request, "signin")
    parts = services(request)
    codes = fresh_codes([secrets.token_bytes(RECOVERY_CODE_BYTES) for _ in range(RECOVERY_CODES)])
    try:
        heard = await passkey_flow.answered(request, await field(request, "passkey"), found.token_hash)
        fresh = made(heard, passkey_flow.here(request))
        name = await field(request, "name") or device_of(request.headers.get("user-agent", ""))
        one = kept(fresh, found.account.id, name=name, at_ms=parts.clock())
        are_kept = await parts.passkeys.add(one, passkey_flow.turn(request, found), codes)
    except (PasskeyWrong, Conflict) as wrong:
        return await factor_page(request, found, wrong)
    return await factor_page(request, found, codes=codes) if are_kept else see(HERE)


@post("/account/passkeys/remove", include_in_schema=False)
async def remove(request: _Request) -> Response[Any]:
    """One of several factors; the last is given up, with a code."""
    found = await gate.need_session(request, SessionKind.BROWSER)
    await gate.limit(request, "write")
    parts, wanted = services(request), await field(request, "key")
    mine = next((one for one in await parts.passkeys.of(found.account.id) if key_of(one) == wanted), None)
    if mine is None:
        raise NotFound
    try:
        await parts.passkeys.remove(found.account.id, mine.credential, passkey_flow.turn(request, found))
    except Conflict as wrong:
        return await factor_page(request, found, wrong)
    return see(HERE)


def _json(asked: msgspec.Struct) -> Response[bytes]:
    return Response(msgspec.json.encode(asked), media_type="application/json", headers=NO_STORE)


routes = [begin_adding, begin_showing, add, remove]
