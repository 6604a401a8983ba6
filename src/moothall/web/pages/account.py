"""One's own account: name, ways to sign in, sessions, blocked readers."""

from collections.abc import Callable
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from moothall.discussion.model import Author
from moothall.kernel.errors import (
    EmailInvalid,
    Invalid,
    InvalidField,
    MoothallError,
    NotFound,
    ProviderFailed,
    SigninFailed,
)
from moothall.kernel.ids import MAX_ID
from moothall.kernel.limits import STATEMENTS_LISTED, TYPED_NAME_CHARS
from moothall.kernel.secret import digest
from moothall.people.model import Identity, SessionKind
from moothall.people.signin import email_code, facebook, provider
from moothall.web import cookies, gate
from moothall.web.api.paths import number_of
from moothall.web.forms import field
from moothall.web.frame import frame_of
from moothall.web.i18n import LANGUAGES
from moothall.web.pages import signin_mail, signin_provider
from moothall.web.pages.signin import rename
from moothall.web.pages.view_people import IdentityView, account_page
from moothall.web.pages.view_plain import error_text
from moothall.web.services import Services, services
from moothall.web.signing_in import again, page, see

_Request = Request[Any, Any, Any]
_HERE = "/account"
_KEY_CHARS = 16


@get("/account", include_in_schema=False)
async def show(request: _Request, before: str = "") -> Response[Any]:
    """Name, ways to sign in, decisions about oneself, blocked readers, open sessions."""
    await gate.need_session(request, SessionKind.BROWSER)
    return await _page(request, before=number_of(before) if before else MAX_ID)


@post("/account/name", include_in_schema=False)
async def change_name(request: _Request) -> Response[Any]:
    """Choose another display name."""
    await gate.need_session(request, SessionKind.BROWSER)
    typed = await field(request, "display_name")
    try:
        await rename(request, typed)
    except Invalid as wrong:
        return await _page(request, typed=typed[:TYPED_NAME_CHARS], wrong=wrong)
    return see(_HERE)


@post("/account/preferences", include_in_schema=False)
async def prefer(request: _Request) -> Response[Any]:
    """The language of pages, and whether single keys are shortcuts."""
    found = await gate.need_session(request, SessionKind.BROWSER)
    await gate.limit(request, "write")
    lang = await field(request, "language")
    if lang and lang not in LANGUAGES:
        raise InvalidField(name="language")
    keys = bool(await field(request, "single_keys"))
    await services(request).people.prefer(found.account.id, lang=lang, single_keys=keys)
    return see(f"{_HERE}#a-prefer")


@post("/account/sessions/end", include_in_schema=False)
async def end_session(request: _Request) -> Response[Any]:
    """`session` is the head of its token's hash, or `others` for all but this one."""
    found = await gate.need_session(request, SessionKind.BROWSER)
    people, key = services(request).people, await field(request, "session")
    if key == "others":
        await people.end_sessions(found.account.id, keep=found.token_hash)
    for one in await people.sessions(found.account.id):
        if len(key) == _KEY_CHARS and one.token_hash.hex().startswith(key):
            await people.end_session(found.account.id, one.token_hash)
    return see(_HERE)


@post("/account/identities/email", include_in_schema=False)
async def add_email(request: _Request) -> Response[Any]:
    """A mail goes to the address; its code, typed here, adds it."""
    found = await gate.need_session(request, SessionKind.BROWSER)
    try:
        return await signin_mail.send_code(request, await field(request, "email"), _HERE, joins=found.account.id)
    except EmailInvalid as wrong:
        return await _page(request, new_email=await field(request, "email"), wrong=wrong)


@get("/account/identities/with/{key:str}", include_in_schema=False)
async def add_provider(request: _Request, key: FromPath[str]) -> Response[Any]:
    """Out to a provider; what comes back is added only after another yes."""
    found = await gate.need_session(request, SessionKind.BROWSER)
    try:
        return await signin_provider.go(request, key, _HERE, joins=found.account.id)
    except ProviderFailed as wrong:
        return await _page(request, new_email="", wrong=wrong)


@post("/account/identities/add", include_in_schema=False)
async def accept(request: _Request) -> Response[Any]:
    """The yes."""
    found = await gate.need_session(request, SessionKind.BROWSER)
    parts = services(request)
    browser = cookies.read(request, parts.settings, cookies.START)
    try:
        await provider.accept(
            parts.people,
            await field(request, "offer"),
            by=found.account.id,
            browser=browser,
            now_ms=parts.clock(),
        )
    except SigninFailed as wrong:
        return await again(request, wrong)
    return see(_HERE)


@post("/account/identities/remove", include_in_schema=False)
async def remove(request: _Request) -> Response[Any]:
    """Never the last one."""
    found = await gate.need_session(request, SessionKind.BROWSER)
    people, wanted = services(request).people, await field(request, "identity")
    for one in await people.identities(found.account.id):
        if _key(one) == wanted:
            await people.remove_identity(found.account.id, one)
            return see(_HERE)
    raise NotFound


async def _page(
    request: _Request,
    *,
    typed: str | None = None,
    new_email: str | None = None,
    wrong: MoothallError | None = None,
    before: int = MAX_ID,
) -> Response[Any]:
    parts = services(request)
    found = await gate.need_session(request)
    frame = await frame_of(request)
    account = found.account
    blocked = await parts.people.blocks(account.id)
    context = account_page(
        frame,
        blocked=[Author(one.id, one.display_name, one.role) for one in blocked],
        sessions=await parts.people.sessions(account.id),
        current=found.token_hash,
        identities=[_view(parts, one, frame.words.t) for one in await parts.people.identities(account.id)],
        cases=await parts.rights.statements_of(account.id, before=before, limit=STATEMENTS_LISTED + 1),
        display_name=typed,
        new_email=new_email,
        error=error_text(frame.words, wrong) if wrong else "",
    )
    return page(request, "account.html", context, wrong.status if wrong else 200)


def _view(parts: Services, one: Identity, t: Callable[[str], str]) -> IdentityView:
    if one.issuer == email_code.ISSUER:
        return IdentityView(_key(one), t("E-mail"), one.subject)
    detail = one.claimed_name or one.claimed_email or one.subject
    return IdentityView(_key(one), _provider_name(parts, one.issuer), detail)


def _provider_name(parts: Services, issuer: str) -> str:
    """As its button says; a provider that was switched off is told by its address."""
    if issuer == facebook.ISSUER:
        return "Facebook"
    return next((one.name for one in parts.settings.oidc if one.issuer == issuer), issuer)


def _key(one: Identity) -> str:
    """Names an identity in forms, of one account only."""
    return digest(f"{one.issuer} {one.subject}").hex()[:_KEY_CHARS]


routes = [show, change_name, prefer, end_session, add_email, add_provider, accept, remove]
