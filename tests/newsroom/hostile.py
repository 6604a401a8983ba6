"""An OpenID Connect provider that can be told to lie, behind a fake network."""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

import httpx
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, RSAKey

ISSUER = "https://town.example"
CLIENT_ID = "moothall"
CLIENT_SECRET = "a-secret-of-thirty-two-characters"
KEY = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"}, private=True)
OTHER_KEY = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"}, private=True)
EC_KEY = ECKey.generate_key("P-256", {"kid": "two", "use": "sig"}, private=True)
Claims = dict[str, Any]


def signed(claims: Claims) -> str:
    """An honest signature."""
    return jwt.encode({"alg": "RS256", "kid": "one"}, claims, KEY)


def unsigned(claims: Claims) -> str:
    """`alg: none`."""
    return f"{_part({'alg': 'none'})}.{_part(claims)}."


def stripped(claims: Claims) -> str:
    """An honest token without its signature."""
    return signed(claims).rpartition(".")[0] + "."


def by_secret(claims: Claims) -> str:
    """HS256 with the client's own secret, which the provider also knows."""
    return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(CLIENT_SECRET), algorithms=["HS256"])


def by_public_key(claims: Claims) -> str:
    """HS256 with the public key as if it were a secret."""
    secret = OctKey.import_key(base64.b64encode(KEY.as_pem(private=False)))
    return jwt.encode({"alg": "HS256", "kid": "one"}, claims, secret, algorithms=["HS256"])


def by_stranger(claims: Claims) -> str:
    """Signed by another key that bears the same name."""
    return jwt.encode({"alg": "RS256", "kid": "one"}, claims, OTHER_KEY)


def with_own_key(claims: Claims) -> str:
    """The token brings the key that it was signed with."""
    header = {"alg": "RS256", "kid": "one", "jwk": OTHER_KEY.as_dict(private=False)}
    return jwt.encode(header, claims, OTHER_KEY)


def by_unoffered(claims: Claims) -> str:
    """Honest, but by an algorithm that the provider never said it uses."""
    return jwt.encode({"alg": "PS256", "kid": "one"}, claims, KEY, algorithms=["PS256"])


@dataclass
class Hostile:
    """What it serves; each member can be turned bad by a test."""

    discovery: dict[str, Any] = field(default_factory=dict)
    claims: Claims = field(default_factory=dict)
    make: Callable[[Claims], str] = signed
    keys: list[dict[str, Any]] = field(default_factory=lambda: [KEY.as_dict(private=False)])
    answer: Callable[[httpx.Request], httpx.Response | None] = lambda _: None
    asked: list[dict[str, str]] = field(default_factory=list)

    def client(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(transport=httpx.MockTransport(self._serve))

    def _serve(self, request: httpx.Request) -> httpx.Response:
        instead = self.answer(request)
        if instead is not None:
            return instead
        match request.url.path:
            case "/.well-known/openid-configuration":
                return httpx.Response(200, json=self._discovery())
            case "/keys":
                return httpx.Response(200, json={"keys": self.keys})
            case "/token":
                self.asked.append({k: v[0] for k, v in parse_qs(request.content.decode()).items()})
                return httpx.Response(200, json={"token_type": "Bearer", "id_token": self._token()})
        return httpx.Response(404)

    def _token(self) -> str:
        return self.make({k: v for k, v in self.claims.items() if v is not ...})

    def _discovery(self) -> dict[str, Any]:
        return {
            "issuer": ISSUER,
            "authorization_endpoint": f"{ISSUER}/auth",
            "token_endpoint": f"{ISSUER}/token",
            "jwks_uri": f"{ISSUER}/keys",
            "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
        } | self.discovery


def _part(claims: Claims) -> str:
    return base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=").decode()
