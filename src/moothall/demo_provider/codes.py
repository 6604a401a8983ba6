"""The protocol: what is asked, what a code is good for, what the token says.

Source: OpenID Connect Core 1.0; RFC 6749; RFC 7636 (PKCE, S256 alone); RFC 9207.
"""

import base64
import binascii
import hashlib
from collections.abc import Mapping
from urllib.parse import unquote_plus

from joserfc import jwt
from joserfc.jwk import ECKey

from moothall.demo_provider.model import Asked, Client, Granted
from moothall.kernel.clock import Clock
from moothall.kernel.limits import MINUTE_MS, SECOND_MS
from moothall.kernel.secret import new_secret, same

ALGORITHM = "ES256"
# A browser takes a code to the site within a second; the standard allows ten minutes at most.
CODE_LIFE_MS = MINUTE_MS
# Codes that nobody came to redeem: more than a trial has people.
_CODES = 1_000
_TOKEN_LIFE_MS = 5 * MINUTE_MS


class Refused(Exception):
    """What a site is told; the first argument is the code of RFC 6749, 4.1.2.1 and 5.2."""

    @property
    def code(self) -> str:
        return str(self.args[0])


class Unknown(Exception):
    """The request names another client or another way back: nothing may be sent there."""


class Codes:
    """One provider's memory: its key, and codes that wait.  It forgets all of it when it stops."""

    def __init__(self, issuer: str, client: Client, clock: Clock) -> None:
        self.issuer = issuer
        self._client = client
        self._clock = clock
        self._key = ECKey.generate_key("P-256", {"alg": ALGORITHM, "use": "sig"}, auto_kid=True)
        self._waiting: dict[str, Granted] = {}

    def jwks(self) -> dict[str, object]:
        """The public half of the key."""
        return {"keys": [self._key.as_dict(private=False)]}

    def asked(self, query: Mapping[str, str]) -> Asked:
        """Raises: Unknown before anybody may be sent back, Refused after."""
        if (query.get("client_id"), query.get("redirect_uri")) != (self._client.id, self._client.redirect_uri):
            raise Unknown
        if query.get("response_type") != "code":
            raise Refused("unsupported_response_type")
        if "openid" not in query.get("scope", "").split():
            raise Refused("invalid_scope")
        if query.get("code_challenge_method") != "S256" or not query.get("code_challenge"):
            raise Refused("invalid_request")
        return Asked(query.get("state", ""), query.get("nonce", ""), query["code_challenge"])

    def grant(self, asked: Asked, name: str) -> str:
        """A code for somebody."""
        code = new_secret()
        while len(self._waiting) >= _CODES:
            del self._waiting[next(iter(self._waiting))]
        self._waiting[code] = Granted(name, asked, self._clock())
        return code

    def redeem(self, form: Mapping[str, str], authorization: str) -> dict[str, object]:
        """What the token endpoint answers.  Raises: Refused."""
        self._check_client(authorization)
        if form.get("grant_type") != "authorization_code":
            raise Refused("unsupported_grant_type")
        # Taken whatever follows: a code that somebody else tried is a code that somebody else has.
        granted = self._waiting.pop(form.get("code", ""), None)
        if granted is None or self._clock() - granted.at_ms > CODE_LIFE_MS:
            raise Refused("invalid_grant")
        if form.get("redirect_uri") != self._client.redirect_uri:
            raise Refused("invalid_grant")
        if not same(challenge(form.get("code_verifier", "")), granted.asked.challenge):
            raise Refused("invalid_grant")
        return {
            "access_token": new_secret(),
            "token_type": "Bearer",
            "expires_in": _TOKEN_LIFE_MS // SECOND_MS,
            "id_token": self._token(granted),
        }

    def _check_client(self, authorization: str) -> None:
        scheme, _, sent = authorization.partition(" ")
        try:
            name, _, secret = base64.b64decode(sent, validate=True).decode("utf-8").partition(":")
        except (binascii.Error, ValueError) as wrong:
            raise Refused("invalid_client") from wrong
        known = same(unquote_plus(name), self._client.id) and same(unquote_plus(secret), self._client.secret)
        if scheme.lower() != "basic" or not known:
            raise Refused("invalid_client")

    def _token(self, granted: Granted) -> str:
        now_s = self._clock() // SECOND_MS
        claims = {
            "iss": self.issuer,
            "sub": subject_of(granted.name),
            "aud": self._client.id,
            "iat": now_s,
            "exp": now_s + _TOKEN_LIFE_MS // SECOND_MS,
            "nonce": granted.asked.nonce,
            "name": granted.name,
        }
        return jwt.encode({"alg": ALGORITHM, "kid": self._key.kid}, claims, self._key)


def subject_of(name: str) -> str:
    """The same name is the same person, today and tomorrow: nothing is kept that could tell otherwise."""
    return hashlib.sha256(name.casefold().encode("utf-8", "surrogatepass")).hexdigest()[:20]


def challenge(verifier: str) -> str:
    """Source: RFC 7636, 4.6."""
    hashed = hashlib.sha256(verifier.encode("utf-8", "surrogatepass")).digest()
    return base64.urlsafe_b64encode(hashed).rstrip(b"=").decode("ascii")
