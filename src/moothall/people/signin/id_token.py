"""Whether an ID token is what it says.

Source: OpenID Connect Core 1.0, 3.1.3.7; RFC 8725, best practice for JSON web tokens.
"""

from collections.abc import Sequence

import msgspec
from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import Key, import_key

from moothall.kernel.errors import SigninFailed
from moothall.kernel.limits import SECOND_MS
from moothall.people.signin.fetch import Document, text

# Asymmetric ones only: with a shared secret, whoever can check a token can also make one.
ALGORITHMS = {
    "RS256": "RSA",
    "RS384": "RSA",
    "RS512": "RSA",
    "PS256": "RSA",
    "PS384": "RSA",
    "PS512": "RSA",
    "ES256": "EC",
    "ES384": "EC",
    "ES512": "EC",
    "EdDSA": "OKP",
    "Ed25519": "OKP",
}
# Two honest clocks differ by less; a token is used within a moment of its making.
_SKEW_S = 60
_OLDEST_S = 600
_SUBJECT_CHARS = 255


class KeyUnknown(Exception):
    """The token names a key that is not among those known: the provider may have new ones."""


class Expected(msgspec.Struct, frozen=True):
    """What a token must say."""

    issuer: str
    client_id: str
    nonce: str
    algorithms: tuple[str, ...]
    now_ms: int


def verify(token: str, jwks: Sequence[Document], expected: Expected) -> Document:
    """The claims of a good token.  Raises: KeyUnknown, SigninFailed."""
    try:
        header = jws.extract_compact(token.encode("ascii")).headers()
    except (JoseError, ValueError) as wrong:
        raise SigninFailed from wrong
    algorithm = text(header, "alg")
    if algorithm not in ALGORITHMS or algorithm not in expected.algorithms:
        raise SigninFailed
    keys = _keys(jwks, algorithm, text(header, "kid"))
    if not keys:
        raise KeyUnknown
    claims = _claims(token, keys, algorithm)
    _check(claims, expected)
    return claims


def _keys(jwks: Sequence[Document], algorithm: str, kid: str | None) -> list[Key]:
    """Keys that may have signed: of the algorithm's kind, for signing, and by the name that is given."""
    found = []
    for jwk in jwks:
        named = kid is None or jwk.get("kid") == kid
        fits = jwk.get("kty") == ALGORITHMS[algorithm] and jwk.get("alg") in (None, algorithm)
        if named and fits and jwk.get("use") in (None, "sig"):
            found.append(_import(jwk))
    return [key for key in found if key is not None]


def _import(jwk: Document) -> Key | None:
    try:
        return import_key(jwk)  # type: ignore[arg-type]
    except (JoseError, ValueError, TypeError, KeyError):
        return None


def _claims(token: str, keys: Sequence[Key], algorithm: str) -> Document:
    """Raises: SigninFailed when none of the keys signed it."""
    wrong: Exception | None = None
    for key in keys:
        try:
            return dict(jwt.decode(token, key, algorithms=[algorithm]).claims)
        except (JoseError, ValueError) as this:
            wrong = this
    raise SigninFailed from wrong


def _check(claims: Document, expected: Expected) -> None:
    """Raises: SigninFailed."""
    now_s = expected.now_ms // SECOND_MS
    issued, expires, not_before = (_time(claims, name) for name in ("iat", "exp", "nbf"))
    good = (
        claims.get("iss") == expected.issuer
        and _is_for(claims, expected.client_id)
        and 0 < len(text(claims, "sub") or "") <= _SUBJECT_CHARS
        and bool(expected.nonce)
        and claims.get("nonce") == expected.nonce
        and issued is not None
        and now_s - _OLDEST_S <= issued <= now_s + _SKEW_S
        and expires is not None
        and now_s - _SKEW_S < expires
        and (not_before or 0) <= now_s + _SKEW_S
    )
    if not good:
        raise SigninFailed


def _is_for(claims: Document, client_id: str) -> bool:
    """We are the audience, and where there are several, the party it was given to."""
    audience = claims.get("aud")
    several = audience if isinstance(audience, list) else [audience]
    party = claims.get("azp")
    return client_id in several and (party == client_id if len(several) > 1 or party is not None else True)


def _time(claims: Document, name: str) -> float | None:
    value = claims.get(name)
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else None
