"""Whether a write was meant by the person whose cookie it carries.

A page elsewhere can make a browser send our cookie, but it cannot: send our Origin, read a form's
token, add a header of its own without our leave, or know a bearer token.
Source: OWASP CSRF prevention; Fetch Metadata (W3C); RFC 6454.
"""

from enum import Enum, auto
from functools import lru_cache
from urllib.parse import urlsplit

import msgspec

from moothall.kernel.errors import ForgedRequest

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
URLENCODED = "application/x-www-form-urlencoded"
_FORMS = (URLENCODED, "multipart/form-data", "text/plain")


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """What a write says of itself.

    `origin` and `site` are the headers Origin and Sec-Fetch-Site; `signed_in` whether a session came
    by cookie; `marked` whether `X-Moothall: 1` is there, which a form cannot send.
    """

    origin: str | None
    site: str | None
    content_type: str
    bearer: bool = False
    signed_in: bool = False
    marked: bool = False


class Proof(Enum):
    """What is still to be shown."""

    NOTHING = auto()
    SESSION_TOKEN = auto()  # the form must carry the session's token
    FORM_COOKIE = auto()  # the form must carry what its own cookie carries


def weigh(claim: Claim, ours: frozenset[str]) -> Proof:
    """What a write must still show.  Raises: ForgedRequest.

    Args:
        ours: our own origins.
    """
    if claim.bearer or (claim.marked and not claim.signed_in):
        return Proof.NOTHING
    if not _is_ours(claim, ours):
        raise ForgedRequest
    if claim.marked:
        return Proof.NOTHING
    if not claim.content_type.startswith(_FORMS) and claim.content_type:
        raise ForgedRequest
    if claim.signed_in:
        return Proof.SESSION_TOKEN
    return Proof.NOTHING if claim.origin or claim.site else Proof.FORM_COOKIE


@lru_cache(64)
def origins(public_url: str, *, given: bool, host: str) -> frozenset[str]:
    """Our own origins.

    Args:
        given: whether an address was set; without one, what the browser asked for must do.
        host: the request's Host header.
    """
    parts = urlsplit(public_url)
    names = {f"{parts.scheme}://{parts.netloc}"}
    if parts.hostname in _LOOPBACK:
        port = f":{parts.port}" if parts.port else ""
        names |= {f"{parts.scheme}://localhost{port}", f"{parts.scheme}://127.0.0.1{port}"}
    if not given and host:
        names.add(f"{parts.scheme}://{host}")
    return frozenset(names)


def _is_ours(claim: Claim, ours: frozenset[str]) -> bool:
    """No header says otherwise; `none` is a person's own act, such as reloading a form."""
    if claim.site not in (None, "same-origin", "none"):
        return False
    return claim.origin is None or claim.origin in ours
