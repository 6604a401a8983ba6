"""A phone with passkeys, as our script brings back what it answers."""

import base64
import hashlib
import json
from dataclasses import dataclass, field, replace
from typing import Any, Self

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

PRESENT, VERIFIED, CAN_BACK_UP, BACKED_UP, MADE = 1, 4, 8, 16, 64


def text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


@dataclass(frozen=True)
class Device:
    """Its one key pair, its count, and what it says of the site that asks."""

    origin: str = "https://courier.example"
    domain: str = "courier.example"
    number: int = 1
    count: int = 0
    flags: int = PRESENT | VERIFIED
    client: dict[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> bytes:
        return f"a passkey, number {self.number}".encode()

    @property
    def key(self) -> bytes:
        return self._secret.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)

    def but(self, **changed: Any) -> Self:
        return replace(self, **changed)

    def make(self, challenge: str) -> str:
        """A passkey, as the answer to a challenge."""
        made = bytes(16) + len(self.name).to_bytes(2, "big") + self.name + b"\xa0"
        client = self._client("webauthn.create", challenge)
        sent = {
            "credential": text(self.name),
            "client": text(client),
            "device": text(self._data(self.flags | MADE) + made),
            "key": text(self.key),
            "transports": ["internal", "hybrid", "by pigeon"],
        }
        return json.dumps(sent)

    def show(self, challenge: str) -> str:
        """A signature, as the answer to a challenge."""
        client, data = self._client("webauthn.get", challenge), self._data(self.flags)
        signature = self._secret.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        sent = {"credential": text(self.name), "client": text(client), "device": text(data)}
        return json.dumps(sent | {"signature": text(signature)})

    def _client(self, kind: str, challenge: str) -> bytes:
        said = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return json.dumps(said | self.client).encode()

    def _data(self, flags: int) -> bytes:
        return hashlib.sha256(self.domain.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")

    @property
    def _secret(self) -> ec.EllipticCurvePrivateKey:
        return ec.derive_private_key(self.number, ec.SECP256R1())
