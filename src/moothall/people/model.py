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
    lang: str = ""
    """The language that this person wants pages in; empty for that of each page."""
    single_keys: bool = False
    """Whether single keys do something in discussions (WCAG 2.1.4: off until somebody wants them)."""
    sections: tuple[str, ...] = ()
    """Slugs of the sections that the role is for; none means the whole site."""

    def banned_at(self, now_ms: int) -> bool:
        """Whether a ban is in force."""
        return self.banned_until_ms is not None and now_ms < self.banned_until_ms


class Identity(msgspec.Struct, frozen=True):
    """One proof from outside.  The key is (issuer, subject), never an e-mail."""

    issuer: str
    subject: str
    claimed_name: str | None = None
    claimed_email: str | None = None


class SessionKind(StrEnum):
    """`browser`: our own pages, by cookie; `embed`: one page elsewhere, by bearer token, readers' rights."""

    BROWSER = "browser"
    EMBED = "embed"


class Session(msgspec.Struct, frozen=True):
    """A signed-in browser.  `token_hash` is the SHA-256 of the cookie's or bearer token's value."""

    token_hash: bytes
    account: Account
    created_at_ms: int
    seen_at_ms: int
    csrf: str
    kind: SessionKind = SessionKind.BROWSER
    device: str = ""
    ends_at_ms: int = 0


class NewSession(msgspec.Struct, frozen=True):
    """A session about to be opened; the token itself stays with who asked."""

    token_hash: bytes
    csrf: str
    kind: SessionKind
    device: str
    now_ms: int
    ends_at_ms: int


class FlowKind(StrEnum):
    """What a sign-in flow waits for."""

    MAIL = "mail"  # the link or the code of a mail
    PROVIDER = "provider"  # somebody coming back from a provider
    LINK = "link"  # a one-time link's click
    JOIN = "join"  # a signed-in person's yes to a second identity
    HANDOFF = "handoff"  # an embedded discussion's sign-in
    KEPT = "kept"  # a comment written before its author signed in
    PASSKEY = "passkey"  # a device's signature


class FlowData(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a flow remembers; each way uses the fields that it needs.

    `browser` and `code` are hex SHA-256 digests; `joins` is the account that an identity shall be
    added to; `provider` is a key of the settings.
    """

    browser: str = ""
    next: str = "/"
    provider: str = ""
    email: str = ""
    code: str = ""
    nonce: str = ""
    verifier: str = ""
    joins: int | None = None
    identity: Identity | None = None
    host: str = ""
    body: str = ""
    story: str = ""
    parent: str = ""


class Flow(msgspec.Struct, frozen=True):
    """A sign-in that has begun.  `secret_hash` is the SHA-256 of what its next step must show."""

    secret_hash: bytes
    kind: FlowKind
    data: FlowData
    made_at_ms: int
    ends_at_ms: int
    tries: int = 0
    account_id: AccountId | None = None


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
