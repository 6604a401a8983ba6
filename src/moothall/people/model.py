"""Who reads and speaks: the words of this room."""

from enum import StrEnum
from typing import NewType

import msgspec

AccountId = NewType("AccountId", int)


class Role(StrEnum):
    """Rising rights: see `people/role.py` for what each may do."""

    READER = "reader"
    TRUSTED = "trusted"
    MODERATOR = "moderator"
    EDITOR = "editor"
    ADMINISTRATOR = "administrator"


class Account(msgspec.Struct, frozen=True):
    """Our record of a person.  `email` is set only when we proved it by our own mail."""

    id: AccountId
    display_name: str
    role: Role
    created_at_ms: int
    email: str | None = None
    named: bool = True
    """False until the person chose a display name."""
    banned_until_ms: int | None = None
    ban_reason: str | None = None

    def banned_at(self, now_ms: int) -> bool:
        """Whether a ban is in force."""
        return self.banned_until_ms is not None and now_ms < self.banned_until_ms


class Identity(msgspec.Struct, frozen=True):
    """One proof from outside.  The key is (issuer, subject), never an e-mail."""

    issuer: str
    subject: str
    claimed_name: str | None = None
    claimed_email: str | None = None


class Session(msgspec.Struct, frozen=True):
    """A signed-in browser.  `token_hash` is the SHA-256 of the cookie's value."""

    token_hash: bytes
    account: Account
    created_at_ms: int
    seen_at_ms: int
    csrf: str


class Viewer(msgspec.Struct, frozen=True):
    """Who is looking: an account, or nobody."""

    account: Account | None = None
    blocked: frozenset[AccountId] = frozenset()

    @property
    def id(self) -> AccountId | None:
        return self.account.id if self.account else None

    @property
    def role(self) -> Role | None:
        return self.account.role if self.account else None


NOBODY = Viewer()
