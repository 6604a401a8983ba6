"""What browsers are asked: to make a passkey, or to show one.

The names are the standard's own, so that a script can hand them on.  Source: WebAuthn 5.4 and 5.5.
"""

from collections.abc import Sequence

import msgspec

from moothall.kernel.limits import PASSKEY_LIFE_MS
from moothall.people.model import Account
from moothall.people.signin.passkey import Passkey, Place
from moothall.people.signin.passkey_answer import ALGORITHMS, coded

_VERIFIED = "required"
"""Without it a found device would be enough."""


class Named(msgspec.Struct, frozen=True):
    """A passkey by the name that its device gave it."""

    id: str
    transports: tuple[str, ...]
    type: str = "public-key"


class _Site(msgspec.Struct, frozen=True):
    id: str
    name: str


class _Owner(msgspec.Struct, frozen=True, rename="camel"):
    id: str
    name: str
    display_name: str


class _Algorithm(msgspec.Struct, frozen=True):
    alg: int
    type: str = "public-key"


class _Device(msgspec.Struct, frozen=True, rename="camel"):
    resident_key: str = "preferred"
    verification: str = msgspec.field(default=_VERIFIED, name="userVerification")


class Making(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """Options of `navigator.credentials.create`; `challenge` and ids in base 64 for addresses."""

    challenge: str
    rp: _Site
    owner: _Owner = msgspec.field(name="user")
    exclude_credentials: tuple[Named, ...]
    pub_key_cred_params: tuple[_Algorithm, ...] = tuple(map(_Algorithm, ALGORITHMS))
    authenticator_selection: _Device = _Device()
    attestation: str = "none"
    timeout: int = PASSKEY_LIFE_MS


class Showing(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """Options of `navigator.credentials.get`."""

    challenge: str
    rp_id: str
    allow_credentials: tuple[Named, ...]
    verification: str = msgspec.field(default=_VERIFIED, name="userVerification")
    timeout: int = PASSKEY_LIFE_MS


def making(challenge: str, here: Place, *, site: str, who: Account, known: Sequence[Passkey]) -> Making:
    """A device that has one for this account is not asked for another."""
    return Making(
        challenge=challenge,
        rp=_Site(here.domain, site),
        # The number is in every address of theirs, so that it tells a device nothing new.
        owner=_Owner(coded(str(who.id).encode()), who.display_name, who.display_name),
        exclude_credentials=_named(known),
    )


def showing(challenge: str, here: Place, *, known: Sequence[Passkey]) -> Showing:
    """One of those that are known."""
    return Showing(challenge=challenge, rp_id=here.domain, allow_credentials=_named(known))


def _named(known: Sequence[Passkey]) -> tuple[Named, ...]:
    return tuple(Named(coded(one.credential), one.transports) for one in known)
