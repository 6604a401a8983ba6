"""What a device's answer must be to be believed, and what becomes of all others."""

import json
from collections.abc import Callable
from hashlib import sha256
from random import Random
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from moothall.people.signin.passkey import Fresh, Place, Use, place
from moothall.people.signin.passkey_answer import coded, hear, made, plain, signed
from moothall.people.signin.passkey_errors import PasskeyWrong
from tests.newsroom.device import BACKED_UP, CAN_BACK_UP, PRESENT, VERIFIED, Device, text

HERE = place("https://courier.example")
DEVICE = Device()
CHALLENGE = text(b"c" * 32)


def making(device: Device, here: Place = HERE) -> Fresh:
    return made(hear(device.make(CHALLENGE)), here)


def showing(device: Device, key: bytes = DEVICE.key, here: Place = HERE) -> Use:
    return signed(hear(device.show(CHALLENGE)), key, here)


def changed(sent: str, **fields: Any) -> str:
    return json.dumps(json.loads(sent) | fields)


def test_a_right_answer_is_believed() -> None:
    """Made and shown, with what the device says of itself."""
    device = DEVICE.but(count=5, flags=PRESENT | VERIFIED | CAN_BACK_UP | BACKED_UP)
    assert hear(device.make(CHALLENGE)).challenge == CHALLENGE
    assert making(device) == Fresh(
        credential=device.name, key=device.key, count=5, transports=("hybrid", "internal"), backed_up=True
    )
    assert showing(device) == Use(credential=device.name, count=5, backed_up=True)
    assert not showing(DEVICE).backed_up


@pytest.mark.parametrize(
    "device",
    [
        DEVICE.but(origin="https://courier.example.evil.example"),
        DEVICE.but(origin="http://courier.example"),
        DEVICE.but(domain="evil.example"),
        DEVICE.but(domain="example"),
        DEVICE.but(flags=PRESENT),
        DEVICE.but(flags=VERIFIED),
        DEVICE.but(flags=PRESENT | VERIFIED | BACKED_UP),
        DEVICE.but(client={"crossOrigin": True}),
        DEVICE.but(client={"type": "payment.get"}),
        DEVICE.but(client={"origin": None}),
        DEVICE.but(client={"type": 7}),
    ],
)
def test_what_is_not_for_us_is_refused(device: Device) -> None:
    """Another origin, another domain, an owner who was not there or not verified, a frame elsewhere."""
    for act in (making, showing):
        with pytest.raises(PasskeyWrong):
            act(device)


def test_another_s_key_signs_nothing_here() -> None:
    """And what was made is no signature, nor the other way about."""
    with pytest.raises(PasskeyWrong):
        showing(DEVICE.but(number=2))
    with pytest.raises(PasskeyWrong):
        signed(hear(DEVICE.make(CHALLENGE)), DEVICE.key, HERE)
    with pytest.raises(PasskeyWrong):
        made(hear(DEVICE.show(CHALLENGE)), HERE)


def test_the_signed_challenge_cannot_be_changed() -> None:
    """An old answer with the new challenge written over it."""
    old, new = json.loads(DEVICE.show(text(b"o" * 32))), json.loads(DEVICE.show(CHALLENGE))
    with pytest.raises(PasskeyWrong):
        signed(hear(json.dumps(old | {"client": new["client"]})), DEVICE.key, HERE)


def test_a_credential_is_the_device_s_own() -> None:
    """The name beside its data is the one in them, and of a length that the standard knows."""
    sent = DEVICE.make(CHALLENGE)
    with pytest.raises(PasskeyWrong):
        made(hear(changed(sent, credential=text(b"another passkey's name"))), HERE)
    for length in (0, 15, 1_024):
        data = plain(json.loads(sent)["device"])[:53] + length.to_bytes(2, "big") + b"n" * length
        with pytest.raises(PasskeyWrong):
            made(hear(changed(sent, credential=text(b"n" * length), device=text(data))), HERE)


def _der(secret: Any) -> bytes:
    data: bytes = secret.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return data


def test_keys_of_other_kinds_work_as_well() -> None:
    """Ed25519, and RSA as some computers make it."""
    edwards = ed25519.Ed25519PrivateKey.generate()
    number = rsa.generate_private_key(65_537, 2_048)
    signs: list[tuple[Any, Callable[[bytes], bytes]]] = [
        (edwards, edwards.sign),
        (number, lambda data: number.sign(data, padding.PKCS1v15(), SHA256())),
    ]
    for secret, sign in signs:
        heard = hear(DEVICE.show(CHALLENGE))
        right = sign(plain(heard.answer.device) + _sha256(heard.client_bytes))
        sent = DEVICE.show(CHALLENGE)
        assert made(hear(changed(DEVICE.make(CHALLENGE), key=text(_der(secret)))), HERE).key == _der(secret)
        signed(hear(changed(sent, signature=text(right))), _der(secret), HERE)
        with pytest.raises(PasskeyWrong):
            signed(hear(changed(sent, signature=text(bytes([right[0] ^ 1]) + right[1:]))), _der(secret), HERE)


@pytest.mark.parametrize(
    "key",
    [
        b"",
        b"\x30\x03\x02\x01\x05",
        DEVICE.key[:-1],
        DEVICE.key[:-1] + bytes([DEVICE.key[-1] ^ 1]),
        b"\x30" * 700,
        _der(ec.derive_private_key(1, ec.SECP384R1())),
        _der(rsa.generate_private_key(65_537, 1_024)),
        _der(rsa.generate_private_key(3, 2_048)),
        _der(dsa.generate_private_key(1_024)),
    ],
    ids=["none", "no key", "short", "off the curve", "long", "p384", "short rsa", "small exponent", "dsa"],
)
def test_keys_that_we_did_not_ask_for_are_refused(key: bytes) -> None:
    """Nonsense, other curves, weak ones."""
    with pytest.raises(PasskeyWrong):
        made(hear(changed(DEVICE.make(CHALLENGE), key=text(key))), HERE)


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "null",
        "{}",
        "[]",
        "9" * 5_000,
        "[" * 7_999,
        '{"credential":' + "[" * 7_000,
        DEVICE.show(CHALLENGE) + " " * 8_000,
        changed(DEVICE.show(CHALLENGE), client="!!!"),
        changed(DEVICE.show(CHALLENGE), client=text(b"\xff\xfe")),
        changed(DEVICE.show(CHALLENGE), client=text(b"[" * 5_000)),
        changed(DEVICE.show(CHALLENGE), credential="é" * 20),
        changed(DEVICE.show(CHALLENGE), transports="usb"),
    ],
    ids=range(13),
)
def test_nonsense_is_refused_at_the_door(sent: str) -> None:
    """Whatever its length, depth or type."""
    with pytest.raises(PasskeyWrong):
        hear(sent)


@given(st.binary(max_size=400))
def test_any_bytes_for_a_device_s_data_are_refused(data: bytes) -> None:
    """Nothing but our error leaves the door, with a right client beside it."""
    for sent, act in ((DEVICE.make(CHALLENGE), made), (DEVICE.show(CHALLENGE), lambda h, at: signed(h, b"", at))):
        with pytest.raises(PasskeyWrong):
            act(hear(changed(sent, device=text(data))), HERE)


def test_no_flipped_bit_of_what_is_signed_passes() -> None:
    """Each bit of the device's data and of the client's, one at a time."""
    sent = json.loads(DEVICE.show(CHALLENGE))
    tried = 0
    for part in ("device", "client"):
        whole = plain(sent[part])
        for bit in range(len(whole) * 8):
            bent = bytearray(whole)
            bent[bit // 8] ^= 1 << bit % 8
            with pytest.raises(PasskeyWrong):
                signed(hear(changed(DEVICE.show(CHALLENGE), **{part: text(bytes(bent))})), DEVICE.key, HERE)
            tried += 1
    assert tried > 1_000


def test_random_damage_raises_nothing_else() -> None:
    """Some thousand answers with a few wrong characters."""
    dice = Random(7)
    whole = DEVICE.make(CHALLENGE)
    for _ in range(3_000):
        bent = list(whole)
        for _ in range(dice.randint(1, 4)):
            bent[dice.randrange(len(bent))] = chr(dice.choice([0, 34, 65, 123, 0x2028, 0x1F600]))
        try:
            made(hear("".join(bent)), HERE)
        except PasskeyWrong:
            continue


@given(st.binary(max_size=60))
def test_coding_has_one_spelling(data: bytes) -> None:
    """What is coded is read again; padding and stray bits are refused."""
    assert plain(coded(data)) == data
    for other in (coded(data) + "=", coded(data) + "\n", coded(b"\0")[:-1] + "B"):
        with pytest.raises(PasskeyWrong):
            plain(other)


def _sha256(data: bytes) -> bytes:
    return sha256(data).digest()
