"""Who a request comes from, whether it was meant, and whether it comes too often.

Handlers call `viewer`, `need` and `limit`; `before` runs in front of every handler.  The account is
read together with its session on every request, so that a ban or a new role counts at once.
"""

from contextlib import suppress
from typing import Any, cast

from litestar import Request
from msgspec.structs import replace

from moothall.kernel.errors import (
    Banned,
    Forbidden,
    ForgedRequest,
    NameNeeded,
    NotFound,
    OtherSection,
    SecondFactorNeeded,
    SessionExpired,
    Unauthorised,
    Unavailable,
)
from moothall.kernel.limits import (
    RATE_DECIDE,
    RATE_MAIL,
    RATE_NOTICE,
    RATE_POST,
    RATE_REACT,
    RATE_REPORT,
    RATE_SIGNIN,
    RATE_WRITE,
)
from moothall.kernel.secret import digest, keyed, new_secret, same
from moothall.people import session as sessions
from moothall.people.model import NOBODY, Account, Session, SessionKind, Viewer
from moothall.people.port import Known
from moothall.people.role import IN_SECTIONS, STAFF, Right, answers_for, elsewhere, may_somewhere
from moothall.people.signin.second_factor import is_needed
from moothall.web import cookies, forgery, place, rights
from moothall.web.client_address import client_key as key_of
from moothall.web.forgery import Claim, Proof
from moothall.web.forms import field, form_of
from moothall.web.rate_limit import Rate
from moothall.web.services import services

RATES = {
    "post": Rate(*RATE_POST),
    "react": Rate(*RATE_REACT),
    "report": Rate(*RATE_REPORT),
    "notice": Rate(*RATE_NOTICE),
    "signin": Rate(*RATE_SIGNIN),
    "mail": Rate(*RATE_MAIL),
    "write": Rate(*RATE_WRITE),
    "decide": Rate(*RATE_DECIDE),
}
KEYED = "keyed"
"""A route with this in its `opt` asks for a newsroom key itself and takes no cookie."""
_Request = Request[Any, Any, Any]
_KNOWN = "moothall_known"
_START = "moothall_start"
_OWES = "moothall_owes_proof"
_BEARER = "Bearer "


async def viewer(request: _Request) -> Viewer:
    """Who is looking, with whom they block; nobody when the session is over.

    Whoever moderates certain sections looks at the others as a trusted reader does.
    """
    known = await _known(request)
    if known is None:
        return NOBODY
    account = known.session.account
    if account.sections and not place.on_own_ground(request):
        at = await place.section_of(request)
        if at is None or not answers_for(account, at):
            account = replace(account, role=elsewhere(account.role))
    return Viewer(account, known.blocked)


def already_known(request: _Request) -> Viewer:
    """Who is looking, where that was read before: no database is asked."""
    known = request.scope.get("state", {}).get(_KNOWN)
    return Viewer(known.session.account, known.blocked) if known else NOBODY


async def session(request: _Request) -> Session | None:
    """The session that a request came with."""
    known = await _known(request)
    return known.session if known else None


async def need(request: _Request, right: Right) -> Account:
    """The account that asks, if it may do that.

    A role of certain sections is held against what the address names; what a body or a list names is held against
    it where that is read or written.

    Raises: Unauthorised, SessionExpired, Banned, Forbidden, SecondFactorNeeded, OtherSection, NameNeeded.
    """
    found = await need_session(request)
    account = found.account
    if account.banned_at(services(request).clock()):
        raise Banned(reason=account.ban_reason or "–")
    if not may_somewhere(account, right):
        raise SecondFactorNeeded if _kept(request).get(_OWES) else Forbidden
    if account.sections and right in IN_SECTIONS:
        await _need_place(request, account)
    if not account.named:
        raise NameNeeded
    return account


async def _need_place(request: _Request, account: Account) -> None:
    """Raises: OtherSection."""
    at = await place.section_of(request)
    if at is not None and not answers_for(account, at):
        raise OtherSection


async def need_session(request: _Request, kind: SessionKind | None = None) -> Session:
    """The session of a request, whatever its account may do.

    Raises: Unauthorised, SessionExpired; Forbidden when it is of another kind.
    """
    found = await session(request)
    if found is None:
        raise SessionExpired if _token(request) else Unauthorised
    if kind is not None and found.kind is not kind:
        raise Forbidden
    return found


async def owes_proof(request: _Request) -> bool:
    """Whether somebody of staff has signed in, and not yet shown their second factor."""
    await _known(request)
    return bool(_kept(request).get(_OWES))


async def csrf(request: _Request) -> str:
    """What forms of this page carry in `csrf`; empty where no cookie of ours is."""
    found = await session(request)
    if found is not None:
        return found.csrf
    begun = _kept(request).get(_START) or cookies.read(request, services(request).settings, cookies.START)
    return _form_token(begun) if begun else ""


def start(request: _Request) -> str:
    """The secret of a sign-in that begins in this browser; set it as the cookie START."""
    begun = _kept(request).get(_START) or cookies.read(request, services(request).settings, cookies.START)
    _kept(request)[_START] = begun or new_secret()
    return cast("str", _kept(request)[_START])


async def before(request: _Request) -> None:
    """In front of every handler.

    Raises: ForgedRequest; NotFound for NUL, which PostgreSQL takes in no text; what `need` raises where the matrix
    names a right of the newsroom.
    """
    if "\0" in request.scope["path"] or b"%00" in request.scope["query_string"]:
        raise NotFound
    if request.method not in forgery.SAFE_METHODS and not request.route_handler.opt.get(KEYED):
        await _need_meant(request)
    # A comment takes a shorter way than the framework's; it is no right of the newsroom.
    right = rights.of_staff(request.method, request.scope.get("path_template", ""))
    if right is not None:
        await need(request, right)


async def _need_meant(request: _Request) -> None:
    """Raises: ForgedRequest."""
    settings = services(request).settings
    ours = forgery.origins(settings.public_url, given=bool(settings.base_url), host=request.headers.get("host", ""))
    found = await session(request)
    claim = _claim(request, found)
    proof = forgery.weigh(claim, ours)
    if claim.content_type.startswith(forgery.URLENCODED):
        await form_of(request)  # whatever is refused from here on, what was typed is shown again
    if proof is Proof.SESSION_TOKEN and not same(await _sent(request), found.csrf if found else ""):
        raise ForgedRequest
    if proof is Proof.FORM_COOKIE:
        begun = cookies.read(request, settings, cookies.START)
        if not begun or not same(await _sent(request), _form_token(begun)):
            raise ForgedRequest


async def limit(request: _Request, name: str) -> None:
    """Count an act, by account or else by address.  Raises: TooMany."""
    who = (await viewer(request)).id or client_key(request)
    services(request).limiter.spend(f"{name}:{who}", RATES[name])


def client_key(request: _Request) -> str:
    """The address that a request is counted by."""
    peer = request.scope.get("client")
    forwarded = request.headers.getall("x-forwarded-for", [])
    return key_of(peer[0] if peer else None, forwarded, services(request).settings.trusted_proxies)


def reporter(request: _Request, viewer: Viewer) -> str:
    """Who reports: the account, or a keyed digest of the address, so that each counts once."""
    if viewer.id is not None:
        return f"account:{viewer.id}"
    return f"address:{keyed(services(request).address_key, client_key(request))}"


def base_for(request: _Request) -> str:
    """What comes before our addresses: nothing on our own pages, our origin on a host page."""
    settings = services(request).settings
    origin = request.headers.get("origin")
    ours = forgery.origins(settings.public_url, given=bool(settings.base_url), host=request.headers.get("host", ""))
    elsewhere = origin is not None and origin not in ours
    return settings.public_url if elsewhere or _bearer(request) else ""


async def _known(request: _Request) -> Known | None:
    """Read once a request."""
    kept = _kept(request)
    if _KNOWN not in kept:
        kept[_KNOWN] = await _read(request)
    return cast("Known | None", kept[_KNOWN])


def _kept(request: _Request) -> dict[str, Any]:
    """What this request remembers.  `request.state` would make a new view with a new lock each time."""
    return request.scope["state"]


async def _read(request: _Request) -> Known | None:
    token = _token(request)
    if not token:
        return None
    parts = services(request)
    now_ms = parts.clock()
    known = await parts.people.known(digest(token))
    if known is None or (known.session.kind is SessionKind.EMBED) != bool(_bearer(request)):
        return None
    if not sessions.lasts(known.session, now_ms):
        await _over(request, known.session)
        return None
    if sessions.is_stale(known.session, now_ms):
        await _seen(request, known.session, now_ms)
    if known.session.kind is SessionKind.EMBED:
        return _lowered(known)
    if known.session.account.role in STAFF and await _owes_proof(request, known.session):
        _kept(request)[_OWES] = True
        return _lowered(known)
    return known


async def _owes_proof(request: _Request, found: Session) -> bool:
    parts = services(request)
    proof = await parts.second_factors.proof(found.account.id, found.token_hash)
    return is_needed(proof, required=parts.settings.staff_second_factor)


def _lowered(known: Known) -> Known:
    """What an embed's token or half a sign-in must not reach: the newsroom's tools, and what only it sees."""
    account = replace(known.session.account, role=elsewhere(known.session.account.role))
    return replace(known, session=replace(known.session, account=account))


async def _over(request: _Request, ended: Session) -> None:
    """Gone for good: a clock that is set back must not bring it to life again."""
    with suppress(Unavailable):
        await services(request).people.end_session(ended.account.id, ended.token_hash)


async def _seen(request: _Request, used: Session, now_ms: int) -> None:
    """Reading goes on when nothing can be written."""
    with suppress(Unavailable):
        await services(request).people.seen(used.token_hash, now_ms)


def _token(request: _Request) -> str | None:
    return _bearer(request) or cookies.read(request, services(request).settings, cookies.SESSION)


def _bearer(request: _Request) -> str | None:
    value = request.headers.get("authorization", "")
    return (value.removeprefix(_BEARER).strip() or None) if value.startswith(_BEARER) else None


def _claim(request: _Request, found: Session | None) -> Claim:
    headers = request.headers
    return Claim(
        origin=headers.get("origin"),
        site=headers.get("sec-fetch-site"),
        content_type=headers.get("content-type", "").lower(),
        bearer=_bearer(request) is not None,
        signed_in=found is not None and found.kind is SessionKind.BROWSER,
        marked=headers.get("x-moothall") == "1",
    )


async def _sent(request: _Request) -> str:
    """The token that a form carries."""
    return await field(request, "csrf")


def _form_token(begun: str) -> str:
    return keyed(begun.encode(), "form")
