"""Passkeys: a key pair in somebody's device, of which we keep the public half.

The device has asked its owner for a finger, a face or a PIN before it signs, so that a passkey stands for what one
has and what one is or knows at once, and it signs for no other site than the one it was made for.

Source: W3C Web Authentication, level 3.
"""

import ipaddress
from collections.abc import Sequence
from urllib.parse import urlsplit

import msgspec

from moothall.kernel.limits import PASSKEY_NAME_CHARS
from moothall.people.model import AccountId

TRANSPORTS = frozenset({"usb", "nfc", "ble", "smart-card", "hybrid", "internal"})
"""Source: WebAuthn 5.8.4; a browser is told them again, so that it asks for the right device."""


class Place(msgspec.Struct, frozen=True):
    """Where passkeys of a site count: at this origin, bound to this domain."""

    origin: str
    domain: str

    @property
    def takes_passkeys(self) -> bool:
        """Browsers make none for an address of numbers.  Source: WebAuthn 5.1.2, 13.4.9."""
        try:
            ipaddress.ip_address(self.domain)
        except ValueError:
            return bool(self.domain)
        return False


class Fresh(msgspec.Struct, frozen=True, kw_only=True):
    """What a device says of a passkey that it made.  `key`: SubjectPublicKeyInfo in DER."""

    credential: bytes
    key: bytes
    count: int
    transports: tuple[str, ...]
    backed_up: bool


class Passkey(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept of one.

    `count`: signatures that the device says it made; 0 where it does not count.  `backed_up`: whether its owner's
    other devices have it, too.
    """

    credential: bytes
    account_id: AccountId
    name: str
    key: bytes
    count: int
    transports: tuple[str, ...]
    backed_up: bool
    made_at_ms: int
    used_at_ms: int | None = None


class Use(msgspec.Struct, frozen=True, kw_only=True):
    """A right signature, and what the device said along with it."""

    credential: bytes
    count: int
    backed_up: bool


class Turn(msgspec.Struct, frozen=True, kw_only=True):
    """In which session, under which number in the log, when."""

    token_hash: bytes
    number: int
    at_ms: int


def place(public_url: str) -> Place:
    """Of a site's address."""
    parts = urlsplit(public_url)
    return Place(f"{parts.scheme}://{parts.netloc}", parts.hostname or "")


def kept(fresh: Fresh, account_id: AccountId, *, name: str, at_ms: int) -> Passkey:
    """A row for it.  Its name is cut where lists would break."""
    return Passkey(
        credential=fresh.credential,
        account_id=account_id,
        name=" ".join(name.split())[:PASSKEY_NAME_CHARS],
        key=fresh.key,
        count=fresh.count,
        transports=fresh.transports,
        backed_up=fresh.backed_up,
        made_at_ms=at_ms,
    )


def was_copied(known: Passkey, count: int) -> bool:
    """Whether the device counts, and did not go on from where it was.  Source: WebAuthn 6.1.1."""
    return bool(count or known.count) and count <= known.count


def known_transports(told: Sequence[str]) -> tuple[str, ...]:
    """Each once; what no browser would understand is left out."""
    return tuple(sorted(TRANSPORTS.intersection(told)))
