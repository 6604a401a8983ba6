"""The store of people: `people.port.PeopleStore` over one database."""

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.exc import IntegrityError

from moothall.kernel.errors import MoothallError, NameTaken
from moothall.kernel.letter import Letter
from moothall.people.appoint import Appointment
from moothall.people.model import Account, AccountId, Flow, FlowKind, Identity, NewSession, Session
from moothall.people.port import Arrival, Known
from moothall.store import mail, people_accounts, people_blocks, people_flows, people_roles, people_sessions
from moothall.store.database import Database
from moothall.store.tx import Tx

T = TypeVar("T")


class SqlPeople:
    """All of it is one line each: a query or a command, on the right thread."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def account(self, account_id: AccountId) -> Account:
        return await self._db.read(lambda c: people_accounts.get(c, account_id))

    async def find(self, identity: Identity) -> Account | None:
        return await self._db.read(lambda c: people_accounts.find(c, identity))

    async def add_account(
        self, account: Account, *, name_key: str | None, identity: Identity | None = None
    ) -> None:
        await self._write(lambda tx: _add_account(tx, account, name_key, identity), NameTaken)

    async def arrive(self, arrival: Arrival) -> Account:
        return await self._db.write(lambda tx: _arrive(tx, arrival))

    async def rename(self, account_id: AccountId, *, name: str, key: str) -> None:
        await self._write(lambda tx: people_accounts.rename(tx.conn, account_id, name=name, key=key), NameTaken)

    async def prefer(self, account_id: AccountId, *, lang: str, single_keys: bool) -> None:
        await self._db.write(
            lambda tx: people_accounts.prefer(tx.conn, account_id, lang=lang, single_keys=single_keys)
        )

    async def appoint(self, appointment: Appointment) -> None:
        await self._db.write(lambda tx: people_roles.appoint(tx, appointment))

    async def raised(self, limit: int) -> tuple[Account, ...]:
        return await self._db.read(lambda c: people_roles.raised(c, limit))

    async def called(self, text: str, limit: int) -> tuple[Account, ...]:
        return await self._db.read(lambda c: people_roles.called(c, text, limit))

    async def by_name(self, name: str) -> Account:
        return await self._db.read(lambda c: people_roles.by_name(c, name))

    async def identities(self, account_id: AccountId) -> tuple[Identity, ...]:
        return await self._db.read(lambda c: people_accounts.identities(c, account_id))

    async def add_identity(
        self, account_id: AccountId, identity: Identity, *, email: str | None, at_ms: int
    ) -> None:
        await self._db.write(
            lambda tx: people_accounts.link(tx.conn, account_id, identity, email=email, at_ms=at_ms)
        )

    async def remove_identity(self, account_id: AccountId, identity: Identity) -> None:
        await self._db.write(lambda tx: people_accounts.unlink(tx.conn, account_id, identity))

    async def known(self, token_hash: bytes) -> Known | None:
        found = await self._db.read(lambda c: people_sessions.known(c, token_hash))
        return Known(*found) if found else None

    async def open_session(
        self, account_id: AccountId, session: NewSession, *, replaces: bytes | None = None
    ) -> None:
        await self._db.write(lambda tx: _open_session(tx, account_id, session, replaces))

    async def seen(self, token_hash: bytes, at_ms: int) -> None:
        await self._db.write(lambda tx: people_sessions.seen(tx.conn, token_hash, at_ms))

    async def sessions(self, account_id: AccountId) -> tuple[Session, ...]:
        return await self._db.read(lambda c: people_sessions.of(c, account_id))

    async def end_session(self, account_id: AccountId, token_hash: bytes) -> None:
        await self._db.write(lambda tx: people_sessions.end(tx.conn, token_hash, account_id))

    async def end_sessions(self, account_id: AccountId, *, keep: bytes | None = None) -> None:
        await self._db.write(lambda tx: people_sessions.end_all(tx.conn, account_id, keep=keep))

    async def add_flow(self, flow: Flow) -> None:
        await self._db.write(lambda tx: people_flows.add(tx.conn, flow))

    async def add_mail_flow(self, flow: Flow, letter: Letter, *, per_hour: int) -> None:
        await self._db.write(lambda tx: _add_mail_flow(tx, flow, letter, per_hour))

    async def flow(self, secret_hash: bytes, kind: FlowKind) -> Flow | None:
        return await self._db.read(lambda c: people_flows.get(c, secret_hash, kind))

    async def take_flow(self, secret_hash: bytes, kind: FlowKind) -> Flow | None:
        return await self._db.write(lambda tx: people_flows.take(tx.conn, secret_hash, kind))

    async def take_if_code(self, secret_hash: bytes, code: str, *, tries: int) -> Flow | int:
        return await self._db.write(lambda tx: people_flows.take_if_code(tx.conn, secret_hash, code, tries=tries))

    async def answer_flow(self, secret_hash: bytes, kind: FlowKind, account_id: AccountId) -> None:
        await self._db.write(lambda tx: people_flows.answer(tx.conn, secret_hash, kind, account_id))

    async def block(self, account_id: AccountId, other: AccountId, at_ms: int) -> None:
        await self._db.write(lambda tx: people_blocks.add(tx.conn, account_id, other, at_ms))

    async def unblock(self, account_id: AccountId, other: AccountId) -> None:
        await self._db.write(lambda tx: people_blocks.remove(tx.conn, account_id, other))

    async def blocks(self, account_id: AccountId) -> tuple[Account, ...]:
        return await self._db.read(lambda c: people_blocks.of(c, account_id))

    async def sweep(self, now_ms: int) -> int:
        return await self._db.write(
            lambda tx: people_sessions.sweep(tx.conn, now_ms) + people_flows.sweep(tx.conn, now_ms)
        )

    async def _write(self, command: Callable[[Tx], T], clash: type[MoothallError]) -> T:
        """As the database's, where another process may have come first."""
        try:
            return await self._db.write(command)
        except IntegrityError as wrong:
            raise clash from wrong


def _add_account(tx: Tx, new: Account, name_key: str | None, identity: Identity | None) -> None:
    people_accounts.add(tx.conn, new, name_key)
    if identity is not None:
        people_accounts.link(tx.conn, new.id, identity, at_ms=new.created_at_ms)


def _arrive(tx: Tx, arrival: Arrival) -> Account:
    now_ms = arrival.session.now_ms
    account = people_accounts.find_or_add(
        tx.conn, arrival.identity, new_id=arrival.new_id, email=arrival.email, at_ms=now_ms
    )
    _open_session(tx, account.id, arrival.session, arrival.replaces)
    return account


def _open_session(tx: Tx, account_id: AccountId, session: NewSession, replaces: bytes | None) -> None:
    if replaces is not None:
        people_sessions.end(tx.conn, replaces)
    people_sessions.add(tx.conn, account_id, session)


def _add_mail_flow(tx: Tx, flow: Flow, letter: Letter, per_hour: int) -> None:
    mail.queue_few(tx, letter, flow.made_at_ms, per_hour=per_hour)
    people_flows.add(tx.conn, flow)
