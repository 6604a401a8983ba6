"""Signing in through a provider: out, and back with what it says."""

from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath
from litestar.response import Redirect

from moothall.kernel.errors import NotFound, ProviderFailed, SigninFailed
from moothall.kernel.secret import new_secret
from moothall.people.model import AccountId, FlowData, Identity
from moothall.people.signin import provider
from moothall.people.signin.provider import Callback, Leaving
from moothall.people.signin.way import Departure, Way
from moothall.web import cookies, gate
from moothall.web.carried import along, asked_in
from moothall.web.frame import frame_of
from moothall.web.headers import NO_STORE
from moothall.web.pages.view_confirm import confirm_page
from moothall.web.pages.view_people import Waiting
from moothall.web.return_path import return_path
from moothall.web.services import services
from moothall.web.signing_in import again, arrive, page, remember, see

_Request = Request[Any, Any, Any]


@get("/signin/with/{key:str}", include_in_schema=False)
async def leave(request: _Request, key: FromPath[str]) -> Response[Any]:
    """By GET, because our policy lets no form lead to another host; it only begins something."""
    # The provider sends back to one address of ours, which says no language.
    next_path = along(return_path(request.query_params.get("next")), asked_in(request.scope["query_string"]))
    try:
        return await go(request, key, next_path)
    except ProviderFailed as wrong:
        return await again(request, wrong, Waiting(next=next_path))


@get("/signin/with/{key:str}/callback", include_in_schema=False)
async def come_back(request: _Request, key: FromPath[str]) -> Response[Any]:
    """Back from an identity provider."""
    await gate.limit(request, "signin")
    query = request.query_params
    if query.get("error") == "access_denied":
        return see("/signin")
    parts = services(request)
    callback = Callback(
        state=query.get("state", ""),
        code=query.get("code", ""),
        issuer=query.get("iss"),
        redirect_uri=_redirect_uri(request, key),
        browser=cookies.read(request, parts.settings, cookies.START),
        now_ms=parts.clock(),
    )
    try:
        identity, data = await provider.come_back(parts.people, _way(request, key), callback)
        return await _proven(request, identity, data)
    except (SigninFailed, ProviderFailed) as wrong:
        return await again(request, wrong)


async def go(request: _Request, key: str, next_path: str, *, joins: AccountId | None = None) -> Response[Any]:
    """Send the browser to a provider.  Raises: NotFound, ProviderFailed, TooMany."""
    await gate.limit(request, "signin")
    way, parts = _way(request, key), services(request)
    departure = Departure(new_secret(), new_secret(), new_secret(), _redirect_uri(request, key))
    leaving = Leaving(departure, gate.start(request), next_path, joins, parts.clock())
    url = await provider.leave(parts.people, way, leaving)
    answer: Response[Any] = Redirect(url, status_code=303, headers=NO_STORE)
    remember(request, answer)
    return answer


async def _proven(request: _Request, identity: Identity, data: FlowData) -> Response[Any]:
    """To sign in, or to be offered to who is signed in and asked for it."""
    if data.joins is None:
        return await arrive(request, identity, data)
    found = await gate.need_session(request)
    if found.account.id != data.joins:
        raise SigninFailed
    return await _offer(request, identity, found.account.id)


async def _offer(request: _Request, identity: Identity, to: AccountId) -> Response[Any]:
    """Somebody's else account at a provider could have been put under us: we say whose it is and ask."""
    parts, secret = services(request), new_secret()
    browser = gate.start(request)
    await parts.people.add_flow(provider.offer(secret, identity, to=to, browser=browser, now_ms=parts.clock()))
    frame = await frame_of(request)
    t = frame.words.t
    known = identity.claimed_name or identity.claimed_email or identity.subject
    context = confirm_page(
        frame,
        title=t("Add a way to sign in"),
        text=t("Whoever signs in as {name} will be signed in to your account.", name=known),
        action="/account/identities/add",
        button=t("Add"),
        fields={"offer": secret},
    )
    return page(request, "confirm.html", context)


def _way(request: _Request, key: str) -> Way:
    """Raises: NotFound."""
    found = services(request).ways.get(key)
    if found is None:
        raise NotFound
    return found


def _redirect_uri(request: _Request, key: str) -> str:
    """What is registered at the provider: always the site's own address, whatever the request says."""
    return f"{services(request).settings.public_url}/signin/with/{key}/callback"


routes = [leave, come_back]
