"""Signing in through an OpenID Connect provider: code flow with PKCE, state, nonce and issuer check.

Source: OpenID Connect Core 1.0 and Discovery 1.0; RFC 7636 (PKCE); RFC 9207 (issuer in the answer);
RFC 9700 (OAuth security).
"""

import asyncio
from collections.abc import Sequence
from urllib.parse import quote_plus, urlencode

import httpx
import msgspec

from moothall.kernel.clock import Clock
from moothall.kernel.errors import ProviderFailed, SigninFailed
from moothall.kernel.limits import CLAIM_CHARS, DISCOVERY_LIFE_MS, JWKS_PAUSE_MS
from moothall.people.model import Identity
from moothall.people.signin.fetch import Document, Refusal, fetch, is_guarded, text
from moothall.people.signin.id_token import ALGORITHMS, Expected, KeyUnknown, verify
from moothall.people.signin.way import Departure, Return


class Client(msgspec.Struct, frozen=True):
    """Who we are to a provider."""

    issuer: str
    client_id: str
    client_secret: str
    scopes: tuple[str, ...]


class _Known(msgspec.Struct, frozen=True):
    """What a provider says of itself."""

    authorization: str
    token: str
    jwks: str
    algorithms: tuple[str, ...]
    basic: bool
    says_issuer: bool
    until_ms: int


class OidcWay:
    """One provider.  What it says of itself, and its keys, are read when first needed and kept."""

    def __init__(self, key: str, name: str, client: Client, *, http: httpx.AsyncClient, clock: Clock) -> None:
        self.key = key
        self.name = name
        self._client = client
        self._http = http
        self._clock = clock
        self._known: _Known | None = None
        self._keys: tuple[Document, ...] = ()
        self._keys_at_ms: int | None = None
        self._lock = asyncio.Lock()

    async def leave(self, departure: Departure) -> str:
        known = await self._provider()
        query = {
            "response_type": "code",
            "client_id": self._client.client_id,
            "redirect_uri": departure.redirect_uri,
            "scope": " ".join(self._client.scopes),
            "state": departure.state,
            "nonce": departure.nonce,
            "code_challenge": departure.challenge,
            "code_challenge_method": "S256",
        }
        return f"{known.authorization}{'&' if '?' in known.authorization else '?'}{urlencode(query)}"

    async def identify(self, back: Return) -> Identity:
        known = await self._provider()
        if back.issuer is None and known.says_issuer:
            raise SigninFailed
        if back.issuer is not None and back.issuer != self._client.issuer:
            raise SigninFailed
        token = await self._redeem(known, back)
        claims = await self._verified(known, token, back.nonce)
        return Identity(
            issuer=self._client.issuer,
            subject=text(claims, "sub") or "",
            claimed_name=_short(claims, "name") or _short(claims, "preferred_username"),
            claimed_email=_short(claims, "email"),
        )

    async def _redeem(self, known: _Known, back: Return) -> str:
        """The ID token for a code.  Raises: SigninFailed, ProviderFailed."""
        me = self._client
        form = {
            "grant_type": "authorization_code",
            "code": back.code,
            "redirect_uri": back.redirect_uri,
            "code_verifier": back.verifier,
        }
        if not known.basic:
            form |= {"client_id": me.client_id, "client_secret": me.client_secret}
        # Encoded before they are joined: RFC 6749, 2.3.1.
        auth = (quote_plus(me.client_id), quote_plus(me.client_secret)) if known.basic else None
        try:
            answer = await fetch(self._http, known.token, name=self.name, form=form, auth=auth)
        except Refusal as wrong:
            raise SigninFailed from wrong
        token = text(answer, "id_token")
        if token is None:
            raise ProviderFailed(name=self.name)
        return token

    async def _verified(self, known: _Known, token: str, nonce: str) -> Document:
        """Claims of a good token, with fresh keys when it names one that we do not know."""
        expected = Expected(
            issuer=self._client.issuer,
            client_id=self._client.client_id,
            nonce=nonce,
            algorithms=known.algorithms,
            now_ms=self._clock(),
        )
        try:
            return verify(token, self._kept_keys(), expected)
        except KeyUnknown:
            pass
        try:
            return verify(token, await self._fresh_keys(known), expected)
        except KeyUnknown as wrong:
            raise SigninFailed from wrong

    def _kept_keys(self) -> Sequence[Document]:
        """None once they are old: a key that was withdrawn must not count for ever."""
        at_ms = self._keys_at_ms
        return self._keys if at_ms is not None and self._clock() - at_ms < DISCOVERY_LIFE_MS else ()

    async def _provider(self) -> _Known:
        """Raises: ProviderFailed."""
        async with self._lock:
            if self._known is None or self._clock() >= self._known.until_ms:
                url = f"{self._client.issuer.rstrip('/')}/.well-known/openid-configuration"
                self._known = self._read(await self._get(url))
            return self._known

    async def _fresh_keys(self, known: _Known) -> Sequence[Document]:
        """Raises: ProviderFailed.  Asked at most once a minute, however many tokens name odd keys."""
        async with self._lock:
            now_ms = self._clock()
            if self._keys_at_ms is None or abs(now_ms - self._keys_at_ms) >= JWKS_PAUSE_MS:
                found = (await self._get(known.jwks)).get("keys")
                self._keys = tuple(key for key in found if isinstance(key, dict)) if isinstance(found, list) else ()
                self._keys_at_ms = now_ms
            return self._keys

    async def _get(self, url: str) -> Document:
        try:
            return await fetch(self._http, url, name=self.name)
        except Refusal as wrong:
            raise ProviderFailed(name=self.name) from wrong

    def _read(self, said: Document) -> _Known:
        """Raises: ProviderFailed when it speaks for another issuer or lacks what we need."""
        ends = [text(said, name) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")]
        offered = _texts(said, "id_token_signing_alg_values_supported")
        algorithms = tuple(name for name in offered if name in ALGORITHMS)
        addresses = [end for end in ends if end is not None and is_guarded(end)]
        if text(said, "issuer") != self._client.issuer or len(addresses) < len(ends) or not algorithms:
            raise ProviderFailed(name=self.name)
        methods = _texts(said, "token_endpoint_auth_methods_supported") or ("client_secret_basic",)
        return _Known(
            authorization=addresses[0],
            token=addresses[1],
            jwks=addresses[2],
            algorithms=algorithms,
            basic="client_secret_basic" in methods,
            says_issuer=said.get("authorization_response_iss_parameter_supported") is True,
            until_ms=self._clock() + DISCOVERY_LIFE_MS,
        )


def _texts(said: Document, member: str) -> tuple[str, ...]:
    value = said.get(member)
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()


def _short(claims: Document, member: str) -> str | None:
    value = text(claims, member)
    return value[:CLAIM_CHARS] if value else None
