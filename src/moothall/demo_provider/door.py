"""The providers' addresses, answered in front of the site: `/demo-id/KEY/...`."""

from collections.abc import Callable
from urllib.parse import parse_qsl, urlencode

import msgspec
from msgspec.structs import replace

from moothall.demo_provider import page
from moothall.demo_provider.codes import ALGORITHM, Codes, Refused, Unknown
from moothall.demo_provider.model import HOUSES, NAME_CHARS, Asked, Client, House
from moothall.kernel.asgi import App, Headers, Receive, Scope, Send, answer
from moothall.kernel.clock import Clock
from moothall.kernel.secret import new_secret
from moothall.kernel.text import clean, is_visible
from moothall.settings import OidcProvider, Settings

START = "/demo-id/"
# A form holds a name, or a code with its verifier.
_FORM_BYTES = 4_000
_Query = dict[str, str]


def with_providers(settings: Settings, clock: Clock) -> tuple[Settings, Callable[[App], App]]:
    """The settings of a site that knows both providers, and what puts their addresses before its own."""
    doors: dict[str, Provider] = {}
    known = []
    for house in HOUSES:
        issuer = f"{settings.public_url}{START}{house.key}"
        back = f"{settings.public_url}/signin/with/{house.key}/callback"
        client = Client("moothall", new_secret(), back, settings.site_name)
        doors[house.key] = Provider(house, client, Codes(issuer, client, clock))
        known.append(
            OidcProvider(
                key=house.key, name=house.name, issuer=issuer, client_id=client.id, client_secret=client.secret
            )
        )
    own = {one.key for one in settings.oidc}
    offered = (*settings.oidc, *(one for one in known if one.key not in own))
    return replace(settings, oidc=offered), lambda app: _before(app, doors)


def _before(app: App, doors: dict[str, "Provider"]) -> App:
    async def door(scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        key, _, what = path.removeprefix(START).partition("/")
        provider = doors.get(key) if scope["type"] == "http" and path.startswith(START) else None
        if provider is None:
            await app(scope, receive, send)
        else:
            await provider(what, scope, receive, send)

    return door


class _NoName(Exception):
    """What was typed is no name; the text says why."""


class Provider:
    """One provider over HTTP."""

    def __init__(self, house: House, client: Client, codes: Codes) -> None:
        self._house = house
        self._client = client
        self._codes = codes

    async def __call__(self, what: str, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; `what` is its path beneath the issuer's."""
        form = await _form(receive) if scope["method"] == "POST" else None
        if what == "authorize":
            await self._authorize(scope, form, send)
        elif what == "token" and form is not None:
            await self._token(scope, form, send)
        elif what == ".well-known/openid-configuration":
            await _json(send, 200, self._said())
        elif what == "jwks":
            await _json(send, 200, self._codes.jwks())
        else:
            await _json(send, 404, {"error": "not_found"})

    async def _authorize(self, scope: Scope, form: _Query | None, send: Send) -> None:
        raw = scope["query_string"].decode("latin-1")
        query = dict(parse_qsl(raw))
        try:
            asked = self._codes.asked(query)
            if form is None:
                await self._page(send, 200, self._choice(raw))
            else:
                await self._chosen(asked, query, form, send)
        except Unknown:
            await self._page(send, 400, page.refusal(self._house))
        except Refused as wrong:
            await self._back(send, query, error=wrong.code)
        except _NoName as wrong:
            await self._page(send, 400, self._choice(raw, str(wrong)))

    async def _chosen(self, asked: Asked, query: _Query, form: _Query, send: Send) -> None:
        """Raises: Refused when they turned back, _NoName."""
        if form.get("cancel"):
            raise Refused("access_denied")
        name = clean(form.get("name", ""))
        if not is_visible(name) or len(name) > NAME_CHARS:
            raise _NoName(f"A name has a letter at least, and {NAME_CHARS} at most.")
        await self._back(send, query, code=self._codes.grant(asked, name))

    def _choice(self, raw: str, wrong: str = "") -> str:
        return page.choice(self._house, self._client, action=f"authorize?{raw}", wrong=wrong)

    async def _token(self, scope: Scope, form: _Query, send: Send) -> None:
        sent = dict(scope["headers"]).get(b"authorization", b"").decode("latin-1")
        try:
            await _json(send, 200, self._codes.redeem(form, sent))
        except Refused as wrong:
            await _json(send, 401 if wrong.code == "invalid_client" else 400, {"error": wrong.code})

    async def _page(self, send: Send, status: int, html: str) -> None:
        csp = (b"content-security-policy", page.csp_of(self._house).encode())
        await answer(send, status, html.encode(), (*_typed("text/html; charset=utf-8"), csp))

    async def _back(self, send: Send, query: _Query, **said: str) -> None:
        """To the site, with the state that it gave and the issuer.  Source: RFC 9207."""
        state = {"state": query["state"]} if "state" in query else {}
        to = f"{self._client.redirect_uri}?{urlencode({**said, **state, 'iss': self._codes.issuer})}"
        await answer(send, 303, b"", ((b"location", to.encode()), *_typed("text/plain")))

    def _said(self) -> dict[str, object]:
        """Source: OpenID Connect Discovery 1.0, 3."""
        issuer = self._codes.issuer
        return {
            "issuer": issuer,
            "authorization_endpoint": f"{issuer}/authorize",
            "token_endpoint": f"{issuer}/token",
            "jwks_uri": f"{issuer}/jwks",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": [ALGORITHM],
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
            "code_challenge_methods_supported": ["S256"],
            "scopes_supported": ["openid", "profile"],
            "authorization_response_iss_parameter_supported": True,
        }


async def _form(receive: Receive) -> _Query:
    """What a form holds; nothing when it is longer than any of ours."""
    body, more = b"", True
    while more and len(body) <= _FORM_BYTES:
        part = await receive()
        body += part.get("body", b"")
        more = part.get("more_body", False)
    return dict(parse_qsl(body.decode("latin-1"))) if len(body) <= _FORM_BYTES else {}


async def _json(send: Send, status: int, said: object) -> None:
    await answer(send, status, msgspec.json.encode(said), _typed("application/json"))


def _typed(mime: str) -> Headers:
    return ((b"content-type", mime.encode()), (b"cache-control", b"no-store"))
