"""The device's own data, in the fixed layout that it signs.

Source: WebAuthn 6.1: hash of the domain (32 bytes), switches (1), count (4); where a passkey was just made: its
model (16), length of its name (2) and its name; then its key and extensions in CBOR, which nobody here reads.
"""

import msgspec

from moothall.people.signin.passkey_errors import PasskeyWrong

CREDENTIAL_MOST_BYTES = 1023
"""Source: WebAuthn 7.1, step 25."""
_HEAD_BYTES = 37
_MODEL_BYTES = 16
_PRESENT, _VERIFIED, _CAN_BACK_UP, _BACKED_UP, _MADE = 1, 4, 8, 16, 64


class DeviceData(msgspec.Struct, frozen=True, kw_only=True):
    """`whole` is what was signed; `credential` names a passkey that was just made, and is empty otherwise."""

    whole: bytes
    domain_hash: bytes
    present: bool
    verified: bool
    backed_up: bool
    count: int
    credential: bytes


def device_data(data: bytes) -> DeviceData:
    """Raises: PasskeyWrong for what is too short, or says that it has a copy and cannot have one."""
    if len(data) < _HEAD_BYTES:
        raise PasskeyWrong
    bits = data[32]
    # Source: WebAuthn 6.1.3: this combination is not allowed.
    if bits & _BACKED_UP and not bits & _CAN_BACK_UP:
        raise PasskeyWrong
    return DeviceData(
        whole=data,
        domain_hash=data[:32],
        present=bool(bits & _PRESENT),
        verified=bool(bits & _VERIFIED),
        backed_up=bool(bits & _BACKED_UP),
        count=int.from_bytes(data[33:_HEAD_BYTES], "big"),
        credential=_made(data[_HEAD_BYTES:]) if bits & _MADE else b"",
    )


def _made(rest: bytes) -> bytes:
    """Raises: PasskeyWrong where it ends too soon."""
    start = _MODEL_BYTES + 2
    end = start + int.from_bytes(rest[_MODEL_BYTES:start], "big")
    if len(rest) < max(start, end):
        raise PasskeyWrong
    return rest[start:end]
