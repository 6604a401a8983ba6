"""The second proof of who works here: six digits of an authenticator, or a code from a list kept on paper.

Source: RFC 6238 (SHA-1, six digits, 30 seconds, as all authenticators take it), RFC 4648 (base 32).
"""

import base64
import hmac
from collections.abc import Sequence
from urllib.parse import quote

import msgspec

from moothall.kernel.limits import DAY_MS, MINUTE_MS, SECOND_FACTOR_TRIES, SECOND_MS
from moothall.people.model import AccountId

_STEP_MS = 30 * SECOND_MS
_DIGITS = 6
# A clock may be half a minute off either way, and typing takes a while.
_AROUND = (-1, 0, 1)
SECRET_BYTES = 20
"""Source: RFC 4226, 4: 160 bits are recommended."""


class Authenticator(msgspec.Struct, frozen=True):
    """What we share with somebody's authenticator.

    `confirmed`: it has shown a right code once.  `last_step`: what was used and is not taken again.  `tries`: wrong
    codes since the last right one.
    """

    account_id: AccountId
    secret: bytes
    confirmed: bool
    last_step: int
    tries: int
    tried_at_ms: int


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """A typed code, in which session, when.  `number` names its row in the log."""

    code: str
    token_hash: bytes
    number: int
    at_ms: int


class Proof(msgspec.Struct, frozen=True):
    """What the session of somebody of staff has to show for itself."""

    enrolled: bool
    proved: bool


def code_at(secret: bytes, step: int) -> str:
    """The digits of a step of 30 seconds since 1970."""
    made = hmac.digest(secret, step.to_bytes(8, "big"), "sha1")
    start = made[-1] & 15
    number = int.from_bytes(made[start : start + 4], "big") & 0x7FFF_FFFF
    return f"{number % 10**_DIGITS:0{_DIGITS}}"


def step_of(known: Authenticator, typed: str, now_ms: int) -> int | None:
    """The step whose code was typed; None for a wrong code, and for one that was used before."""
    code = "".join(typed.split())
    steps = [now_ms // _STEP_MS + one for one in _AROUND]
    if not code.isascii():
        return None
    right = [one for one in steps if hmac.compare_digest(code_at(known.secret, one), code)]
    return next((one for one in right if one > known.last_step), None)


def wait_ms(known: Authenticator, now_ms: int) -> int:
    """How long nobody may try: after some wrong codes a minute, then twice as long each time, a day at most."""
    over = known.tries - SECOND_FACTOR_TRIES
    if over < 0:
        return 0
    pause = min(DAY_MS, MINUTE_MS << min(over, 16))
    return max(0, known.tried_at_ms + pause - now_ms)


def setup_key(secret: bytes) -> str:
    """For typing, in groups of four."""
    text = base64.b32encode(secret).decode().rstrip("=")
    return " ".join(text[n : n + 4] for n in range(0, len(text), 4))


def setup_uri(secret: bytes, *, site: str, name: str) -> str:
    """What an authenticator on the same device opens.  Source: the key URI format of authenticators."""
    key = base64.b32encode(secret).decode().rstrip("=")
    return f"otpauth://totp/{quote(f'{site}:{name}', safe='')}?secret={key}&issuer={quote(site, safe='')}"


def recovery_code(random: bytes) -> str:
    """Ten random bytes as text that is typed without mistakes: 16 letters and digits."""
    text = base64.b32encode(random).decode().lower()
    return "-".join(text[n : n + 4] for n in range(0, len(text), 4))


def plain_code(typed: str) -> str:
    """A recovery code however it was typed."""
    text = "".join(one for one in typed.lower() if one.isalnum())
    return "-".join(text[n : n + 4] for n in range(0, len(text), 4))


def is_needed(proof: Proof, *, required: bool) -> bool:
    """Whether a session of staff has to prove more: where the site says so, and wherever its owner set it up."""
    return not proof.proved and (required or proof.enrolled)


def fresh_codes(randoms: Sequence[bytes]) -> tuple[str, ...]:
    """A list of recovery codes."""
    return tuple(recovery_code(one) for one in randoms)
