"""What a browser brings back from a device, read and checked.

No attestation is asked for: who is signed in may keep a key wherever they like.  So nothing here reads CBOR or
certificates; browsers hand over the public key in DER and the device's data in their fixed layout.

Source: W3C Web Authentication, level 3: 5.2.1.1 (the key in DER), 5.8.1 (client data), 6.1 (the device's data),
7.1 and 7.2 (what to check).
"""

import base64
import hashlib

import msgspec
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key

from moothall.kernel.limits import PASSKEY_ANSWER_CHARS, PASSKEY_KEY_BYTES
from moothall.people.signin.passkey import Fresh, Place, Use, known_transports
from moothall.people.signin.passkey_bytes import CREDENTIAL_MOST_BYTES, DeviceData, device_data
from moothall.people.signin.passkey_errors import PasskeyWrong

ES256, EDDSA, RS256 = -7, -8, -257
ALGORITHMS = (ES256, EDDSA, RS256)
"""Source: the IANA registry of COSE algorithms; nearly all devices make the first."""
_RSA_BITS = range(2048, 4097)
_EXPONENT = 65537
_CREDENTIAL_LEAST_BYTES = 16


class _Client(msgspec.Struct, frozen=True, rename="camel"):
    type: str
    challenge: str
    origin: str
    cross_origin: bool = False


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """As our script sends it, binary parts in base 64 for addresses."""

    credential: str
    client: str
    device: str
    key: str = ""
    transports: tuple[str, ...] = ()
    signature: str = ""


class Heard(msgspec.Struct, frozen=True, kw_only=True):
    """An answer taken apart; nothing in it is believed yet."""

    answer: Answer
    client: _Client
    client_bytes: bytes
    credential: bytes

    @property
    def challenge(self) -> str:
        """What it says that it answers."""
        return self.client.challenge


def hear(sent: str) -> Heard:
    """Raises: PasskeyWrong."""
    if len(sent) > PASSKEY_ANSWER_CHARS:
        raise PasskeyWrong
    try:
        answer = msgspec.json.decode(sent, type=Answer)
        client_bytes = plain(answer.client)
        client = msgspec.json.decode(client_bytes, type=_Client)
    except (msgspec.MsgspecError, ValueError, RecursionError) as wrong:
        raise PasskeyWrong from wrong
    return Heard(answer=answer, client=client, client_bytes=client_bytes, credential=plain(answer.credential))


def made(heard: Heard, here: Place) -> Fresh:
    """A passkey that was just made in answer to our challenge.  Raises: PasskeyWrong."""
    data = _checked(heard, "webauthn.create", here)
    size = len(heard.credential)
    if data.credential != heard.credential or not _CREDENTIAL_LEAST_BYTES <= size <= CREDENTIAL_MOST_BYTES:
        raise PasskeyWrong
    key = plain(heard.answer.key)
    _public_key(key)
    return Fresh(
        credential=heard.credential,
        key=key,
        count=data.count,
        transports=known_transports(heard.answer.transports),
        backed_up=data.backed_up,
    )


def signed(heard: Heard, key: bytes, here: Place) -> Use:
    """A use of a known passkey.  Raises: PasskeyWrong.

    Args:
        key: what we keep of it.
    """
    data = _checked(heard, "webauthn.get", here)
    words = data.whole + hashlib.sha256(heard.client_bytes).digest()
    try:
        _verify(key, plain(heard.answer.signature), words)
    except InvalidSignature as wrong:
        raise PasskeyWrong from wrong
    return Use(credential=heard.credential, count=data.count, backed_up=data.backed_up)


def plain(text: str) -> bytes:
    """Source: RFC 4648, 5.  Raises: PasskeyWrong for anything but its one spelling, without padding."""
    try:
        found = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except ValueError as wrong:
        raise PasskeyWrong from wrong
    if coded(found) != text:
        raise PasskeyWrong
    return found


def coded(data: bytes) -> str:
    """Source: RFC 4648, 5, without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _checked(heard: Heard, kind: str, here: Place) -> DeviceData:
    """What binds an answer to this site and to its owner's presence."""
    client, data = heard.client, device_data(plain(heard.answer.device))
    bound = hashlib.sha256(here.domain.encode()).digest()
    if (client.type, client.origin, client.cross_origin) != (kind, here.origin, False):
        raise PasskeyWrong
    if data.domain_hash != bound or not data.present or not data.verified:
        raise PasskeyWrong
    return data


def _verify(key: bytes, signature: bytes, words: bytes) -> None:
    """Raises: InvalidSignature, PasskeyWrong."""
    match _public_key(key):
        case ec.EllipticCurvePublicKey() as curve:
            curve.verify(signature, words, ec.ECDSA(SHA256()))
        case rsa.RSAPublicKey() as number:
            number.verify(signature, words, padding.PKCS1v15(), SHA256())
        case edwards:
            edwards.verify(signature, words)


def _public_key(data: bytes) -> ec.EllipticCurvePublicKey | rsa.RSAPublicKey | ed25519.Ed25519PublicKey:
    """Raises: PasskeyWrong for nonsense, and for keys that we did not ask for."""
    if len(data) > PASSKEY_KEY_BYTES:
        raise PasskeyWrong
    try:
        key = load_der_public_key(data)
    except (ValueError, TypeError, UnsupportedAlgorithm) as wrong:
        raise PasskeyWrong from wrong
    match key:
        case ec.EllipticCurvePublicKey(curve=ec.SECP256R1()):
            return key
        case ed25519.Ed25519PublicKey():
            return key
        case rsa.RSAPublicKey() if key.key_size in _RSA_BITS and key.public_numbers().e == _EXPONENT:
            return key
    raise PasskeyWrong
