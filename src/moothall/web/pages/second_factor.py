"""A second factor: setting one up, proving it at sign-in, and giving it up."""

import secrets
from typing import Any
from urllib.parse import quote

from litestar import Request, Response, get, post

from moothall.kernel.errors import MoothallError, SecondFactorWrong, TooMany
from moothall.kernel.limits import RECOVERY_CODE_BYTES, RECOVERY_CODES
from moothall.people.model import Session, SessionKind
from moothall.people.signin.passkey import place
from moothall.people.signin.passkey_errors import PasskeyWrong
from moothall.people.signin.second_factor import SECRET_BYTES, Shown, fresh_codes, is_needed
from moothall.web import gate, passkey_flow
from moothall.web.forms import field
from moothall.web.frame import frame_of
from moothall.web.pages.view_plain import error_text
from moothall.web.pages.view_second_factor import Held, second_code_page, second_factor_page
from moothall.web.return_path import return_path
from moothall.web.services import services
from moothall.web.signing_in import page, see

_Request = Request[Any, Any, Any]
HERE = "/account/second-factor"
_WRONG = (SecondFactorWrong, PasskeyWrong, TooMany)


@get("/account/second-factor", include_in_schema=False)
async def show(request: _Request) -> Response[Any]:
    """Whether there is one; the key for an authenticator, while it is being set up."""
    found = await gate.need_session(request, SessionKind.BROWSER)
    proof = await services(request).second_factors.proof(found.account.id, found.token_hash)
    if is_needed(proof, required=False):
        return see(f"/signin/second?next={HERE}")
    return await factor_page(request, found)


@post("/account/second-factor/begin", include_in_schema=False)
async def begin(request: _Request) -> Response[Any]:
    """A new key; it counts when the authenticator has shown a right code."""
    found = await gate.need_session(request, SessionKind.BROWSER)
    await gate.limit(request, "write")
    parts = services(request)
    secret = secrets.token_bytes(SECRET_BYTES)
    await parts.second_factors.begin(found.account.id, secret, token_hash=found.token_hash, at_ms=parts.clock())
    return see(HERE)


@post("/account/second-factor", include_in_schema=False)
async def confirm(request: _Request) -> Response[Any]:
    """The first right code; the recovery codes are shown this once."""
    found = await gate.need_session(request, SessionKind.BROWSER)
    await gate.limit(request, "signin")
    codes = fresh_codes([secrets.token_bytes(RECOVERY_CODE_BYTES) for _ in range(RECOVERY_CODES)])
    try:
        await services(request).second_factors.confirm(found.account.id, await _shown(request, found), codes)
    except (SecondFactorWrong, TooMany) as wrong:
        return await factor_page(request, found, wrong)
    return await factor_page(request, found, codes=codes)


@post("/account/second-factor/end", include_in_schema=False)
async def end(request: _Request) -> Response[Any]:
    """Give it up; a code or a passkey proves that it is its owner who does."""
    found = await gate.need_session(request, SessionKind.BROWSER)
    await gate.limit(request, "signin")
    parts = services(request)
    try:
        await _prove(request, found)
    except _WRONG as wrong:
        return await factor_page(request, found, wrong)
    me = found.account.id
    await parts.second_factors.end(me, by=me, number=parts.new_id(), at_ms=parts.clock())
    return see(HERE)


@get("/signin/second", include_in_schema=False)
async def ask(request: _Request) -> Response[Any]:
    """What staff show after signing in; who has set up nothing is led to do so."""
    found = await gate.need_session(request, SessionKind.BROWSER)
    next_path = return_path(request.query_params.get("next"))
    proof = await services(request).second_factors.proof(found.account.id, found.token_hash)
    if not proof.enrolled:
        return see(f"{HERE}?next={quote(next_path, safe='/')}")
    return await _code_page(request, found, next_path)


@post("/signin/second", include_in_schema=False)
async def prove(request: _Request) -> Response[Any]:
    """Digits of the authenticator; a recovery code, which is then used up; or a passkey."""
    found = await gate.need_session(request, SessionKind.BROWSER)
    await gate.limit(request, "signin")
    next_path = return_path(await field(request, "next"))
    try:
        await _prove(request, found)
    except _WRONG as wrong:
        return await _code_page(request, found, next_path, wrong)
    return see(next_path)


async def _prove(request: _Request, found: Session) -> None:
    """Whichever was sent.  Raises: SecondFactorWrong, PasskeyWrong, TooMany."""
    answer = await field(request, "passkey")
    if answer:
        await passkey_flow.prove(request, found, answer)
    else:
        await services(request).second_factors.prove(found.account.id, await _shown(request, found))


async def _shown(request: _Request, found: Session) -> Shown:
    parts = services(request)
    return Shown(
        code=await field(request, "code"),
        token_hash=found.token_hash,
        number=parts.new_id(),
        at_ms=parts.clock(),
    )


async def factor_page(
    request: _Request, found: Session, wrong: MoothallError | None = None, *, codes: tuple[str, ...] = ()
) -> Response[Any]:
    """What there is, and how to get more.

    Args:
        codes: recovery codes that were just made.
    """
    parts, frame = services(request), await frame_of(request)
    held = Held(
        authenticator=await parts.second_factors.known(found.account.id),
        passkeys=await parts.passkeys.of(found.account.id),
        takes_passkeys=place(parts.settings.public_url).takes_passkeys,
    )
    context = second_factor_page(
        frame,
        held,
        needed=await gate.owes_proof(request),
        codes=codes,
        error=error_text(frame.words, wrong) if wrong else "",
    )
    return page(request, "second_factor.html", context, wrong.status if wrong else 200)


async def _code_page(
    request: _Request, found: Session, next_path: str, wrong: MoothallError | None = None
) -> Response[Any]:
    frame = await frame_of(request)
    context = second_code_page(
        frame,
        next_path=next_path,
        has_passkeys=bool(await services(request).passkeys.of(found.account.id)),
        error=error_text(frame.words, wrong) if wrong else "",
    )
    return page(request, "second_code.html", context, wrong.status if wrong else 200)


routes = [show, begin, confirm, end, ask, prove]
