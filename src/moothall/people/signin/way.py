"""What every way through somebody else's door looks like."""

import base64
import hashlib
from typing import Protocol

import msgspec

from moothall.people.model import Identity


class Departure(msgspec.Struct, frozen=True):
    """What goes along to a provider; `state`, `nonce` and `verifier` are ours and used once."""

    state: str
    nonce: str
    verifier: str
    redirect_uri: str

    @property
    def challenge(self) -> str:
        """Source: RFC 7636, S256."""
        hashed = hashlib.sha256(self.verifier.encode("ascii")).digest()
        return base64.urlsafe_b64encode(hashed).rstrip(b"=").decode("ascii")


class Return(msgspec.Struct, frozen=True):
    """What comes back, with what we remember of the departure."""

    code: str
    nonce: str
    verifier: str
    redirect_uri: str
    issuer: str | None = None


class Way(Protocol):
    """An identity provider.  `key` names it in addresses, `name` on its button."""

    key: str
    name: str

    async def leave(self, departure: Departure) -> str:
        """The address to send the browser to.  Raises: ProviderFailed."""
        ...

    async def identify(self, back: Return) -> Identity:
        """Who came back.  Raises: ProviderFailed, SigninFailed."""
        ...
