"""A second factor: setting one up, proving it at sign-in, and giving it up."""

import secrets
from typing import Any
from urllib.parse import quote

from litestar import Request, Response, get, post

from moothall.kernel.errors import SecondFactorWrong, TooMany
from moothall.kernel.limits import RECOVERY_CODES
from moothall.people.model import Session, SessionKind
from moothall.people.signin.second_factor import SECRET_BYTES, Shown, fresh_codes
from moothall.web import gate
from moothall.web.forms import field
from moothall.web.frame import frame_of
from moothall.web.pages.view_plain import error_text
from moothall.web.pages.view_second_factor import second_code_page, second_factor_page
from moothall.web.return_path import return_path
from moothall.web.services import services
from moothall.web.signing_in import page, see

_Request = Request[Any, Any, Any]
_HERE = "/account/second-factor"
_CODE_BYTES = 10
_Wrong = SecondFactorWrong | TooMany


@get("/account/second-factor", include_in_schema=False)
async def show(request: _Request) -> Response[Any]:
    """Whether there is one; the key for an authenticator, while it is being set up."""
    found = await gate.need_session(request, SessionKind.BROWSER)
    return await _page(request, found)


@post("/account/second-factor/begin", include_in_schema=False)
async def begin(request: _Request) -> Response[Any]:
    """A new key; it counts when the authenticator has shown a right code."""
    found = await gate.need_session(request, SessionKind.BROWSER)
    await gate.limit(request, "write")
    parts = services(request)
    await parts.second_factors.begin(found.account.id, secrets.token_bytes(SECRET_BYTES), parts.clock())
    return see(_HERE)


@post("/account/second-factor", include_in_schema=False)
async def confirm(request: _Request) -> Response[Any]:
    """The first right code; the recovery codes are shown this once."""
    found = await gate.need_session(request, SessionKind.BROWSER)
    await gate.limit(request, "signin")
    codes = fresh_codes([secrets.token_bytes(_CODE_BYTES) for _ in range(RECOVERY_CODES)])
    try:
        await services(request).second_factors.confirm(found.account.id, await _shown(request, found), codes)
    except (SecondFactorWrong, TooMany) as wrong:
        return await _page(request, found, wrong)
    return await _page(request, found, codes=codes)


@post("/account/second-factor/end", include_in_schema=False)
async def end(request: _Request) -> Response[Any]:
    """Give it up; a code proves that it is its owner who does."""
    found = await gate.need_session(request, SessionKind.BROWSER)
    await gate.limit(request, "signin")
    parts = services(request)
    try:
        await parts.second_factors.prove(found.account.id, await _shown(request, found))
    except (SecondFactorWrong, TooMany) as wrong:
        return await _page(request, found, wrong)
    me = found.account.id
    await parts.second_factors.end(me, by=me, number=parts.new_id(), at_ms=parts.clock())
    return see(_HERE)


@get("/signin/second", include_in_schema=False)
async def ask(request: _Request) -> Response[Any]:
    """The code that staff type after signing in; who has set up none is led to do so."""
    found = await gate.need_session(request, SessionKind.BROWSER)
    next_path = return_path(request.query_params.get("next"))
    known = await services(request).second_factors.known(found.account.id)
    if known is None or not known.confirmed:
        return see(f"{_HERE}?next={quote(next_path, safe='/')}")
    return await _code_page(request, next_path)


@post("/signin/second", include_in_schema=False)
async def prove(request: _Request) -> Response[Any]:
    """Digits of the authenticator, or a recovery code, which is then used up."""
    found = await gate.need_session(request, SessionKind.BROWSER)
    await gate.limit(request, "signin")
    next_path = return_path(await field(request, "next"))
    try:
        await services(request).second_factors.prove(found.account.id, await _shown(request, found))
    except (SecondFactorWrong, TooMany) as wrong:
        return await _code_page(request, next_path, wrong)
    return see(next_path)


async def _shown(request: _Request, found: Session) -> Shown:
    parts = services(request)
    return Shown(
        code=await field(request, "code"),
        token_hash=found.token_hash,
        number=parts.new_id(),
        at_ms=parts.clock(),
    )


async def _page(
    request: _Request, found: Session, wrong: _Wrong | None = None, *, codes: tuple[str, ...] = ()
) -> Response[Any]:
    known = await services(request).second_factors.known(found.account.id)
    frame = await frame_of(request)
    context = second_factor_page(
        frame,
        known,
        needed=await gate.owes_proof(request),
        codes=codes,
        error=error_text(frame.words, wrong) if wrong else "",
    )
    return page(request, "second_factor.html", context, wrong.status if wrong else 200)


async def _code_page(request: _Request, next_path: str, wrong: _Wrong | None = None) -> Response[Any]:
    frame = await frame_of(request)
    context = second_code_page(frame, next_path=next_path, error=error_text(frame.words, wrong) if wrong else "")
    return page(request, "second_code.html", context, wrong.status if wrong else 200)


routes = [show, begin, confirm, end, ask, prove]
