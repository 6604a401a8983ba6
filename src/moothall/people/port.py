"""What this room asks of storage.  Every write is one transaction."""

from typing import Protocol

import msgspec

from moothall.kernel.letter import Letter
from moothall.people.appoint import Appointment
from moothall.people.model import (
    Account,
    AccountId,
    Flow,
    FlowKind,
    Identity,
    NewSession,
    Session,
)


class Arrival(msgspec.Struct, frozen=True):
    """Somebody proved an identity.

    `email` is set only when our own mail proved it.  `new_id` is used when there is no account yet.
    `replaces` is the browser's session until now: a sign-in never keeps a token that was there before.
    """

    identity: Identity
    new_id: AccountId
    session: NewSession
    email: str | None = None
    replaces: bytes | None = None


class Known(msgspec.Struct, frozen=True):
    """A session with everything that a request needs, from one read snapshot."""

    session: Session
    blocked: frozenset[AccountId]


class PeopleStore(Protocol):
    """Accounts, identities, sessions, sign-in flows and blocks."""

    async def account(self, account_id: AccountId) -> Account:
        """Raises: NotFound."""
        ...

    async def find(self, identity: Identity) -> Account | None:
        """The account of an identity."""
        ...

    async def add_account(
        self, account: Account, *, name_key: str | None, identity: Identity | None = None
    ) -> None:
        """Raises: NameTaken, IdentityTaken."""
        ...

    async def arrive(self, arrival: Arrival) -> Account:
        """Find or make the account of an identity, and open its session."""
        ...

    async def rename(self, account_id: AccountId, *, name: str, key: str) -> None:
        """Raises: NameTaken, NotFound."""
        ...

    async def prefer(self, account_id: AccountId, *, lang: str, single_keys: bool) -> None:
        """Keep what a person prefers; an empty language is that of each page.  Raises: NotFound."""
        ...

    async def appoint(self, appointment: Appointment) -> None:
        """Set a role and log it.  Raises: NotFound, LastAdministrator."""
        ...

    async def raised(self, limit: int) -> tuple[Account, ...]:
        """Everybody who is more than a reader, administrators first."""
        ...

    async def called(self, text: str, limit: int) -> tuple[Account, ...]:
        """People whose names begin so, by name."""
        ...

    async def by_name(self, name: str) -> Account:
        """The one who bears a name.  Raises: NotFound."""
        ...

    async def identities(self, account_id: AccountId) -> tuple[Identity, ...]:
        """In the order in which they were added."""
        ...

    async def add_identity(
        self, account_id: AccountId, identity: Identity, *, email: str | None, at_ms: int
    ) -> None:
        """Raises: IdentityTaken when it belongs to another account."""
        ...

    async def remove_identity(self, account_id: AccountId, identity: Identity) -> None:
        """Raises: NotFound, IdentityLast."""
        ...

    async def known(self, token_hash: bytes) -> Known | None:
        """A session as stored, whether or not its time is over."""
        ...

    async def open_session(
        self, account_id: AccountId, session: NewSession, *, replaces: bytes | None = None
    ) -> None:
        """Raises: NotFound."""
        ...

    async def seen(self, token_hash: bytes, at_ms: int) -> None:
        """Remember when a session was last used."""
        ...

    async def sessions(self, account_id: AccountId) -> tuple[Session, ...]:
        """Newest first."""
        ...

    async def end_session(self, account_id: AccountId, token_hash: bytes) -> None:
        """End one of an account's sessions; nothing happens when there is none."""
        ...

    async def end_sessions(self, account_id: AccountId, *, keep: bytes | None = None) -> None:
        """End all sessions of an account but one."""
        ...

    async def add_flow(self, flow: Flow) -> None:
        """Remember a sign-in that has begun; one of the same browser starts anew.

        Raises: SigninFailed when another's waits under the same hash.
        """
        ...

    async def add_mail_flow(self, flow: Flow, letter: Letter, *, per_hour: int) -> None:
        """Remember a flow and queue its mail, together.

        Raises: TooMany when the address had that many within the last hour.
        """
        ...

    async def flow(self, secret_hash: bytes, kind: FlowKind) -> Flow | None:
        """A flow that waits, whether or not its time is over."""
        ...

    async def take_flow(self, secret_hash: bytes, kind: FlowKind) -> Flow | None:
        """Read and delete: of two who come at once, one gets it."""
        ...

    async def take_if_code(self, secret_hash: bytes, code: str, *, tries: int) -> Flow | int:
        """Take a mail flow whose code digest this is; else count the miss and return the tries left.

        A flow without tries left gives 0, as one that is not there.
        """
        ...

    async def answer_flow(self, secret_hash: bytes, kind: FlowKind, account_id: AccountId) -> None:
        """Say whose flow it is."""
        ...

    async def block(self, account_id: AccountId, other: AccountId, at_ms: int) -> None:
        """Raises: NotFound when there is no such other."""
        ...

    async def unblock(self, account_id: AccountId, other: AccountId) -> None:
        """Nothing happens when there was no block."""
        ...

    async def blocks(self, account_id: AccountId) -> tuple[Account, ...]:
        """Whom an account blocks, newest first."""
        ...

    async def sweep(self, now_ms: int) -> int:
        """Delete sessions and flows that are over; returns how many."""
        ...
