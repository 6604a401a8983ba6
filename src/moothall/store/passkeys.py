"""Passkeys as rows.  What counts as a second factor with them stands in `second_factors.py`."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from moothall.kernel.errors import NotFound, SecondFactorNeeded
from moothall.kernel.limits import PASSKEYS_EACH
from moothall.people.model import AccountId
from moothall.people.signin.passkey import Passkey, Turn, Use, was_copied
from moothall.people.signin.passkey_errors import (
    PasskeyCopied,
    PasskeysFull,
    PasskeyTaken,
    PasskeyWrong,
    SecondFactorLast,
)
from moothall.store.database import Database
from moothall.store.decisions import Entry, log
from moothall.store.raw import row, rows, run
from moothall.store.second_factors import factors, keep_codes, may_change, remember
from moothall.store.tx import Tx

_COLUMNS = "credential, account_id, name, key, count, transports, backed_up, made_at_ms, used_at_ms"


class SqlPasskeys:
    """Each method is a query or a command on the right thread."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def of(self, account_id: AccountId) -> tuple[Passkey, ...]:
        """In the order in which they were added."""
        return await self._db.read(lambda c: _of(c, account_id))

    async def add(self, made: Passkey, turn: Turn, codes: Sequence[str]) -> bool:
        """Keep one, and let this session count as proved.

        Args:
            codes: recovery codes for an account that has none.

        Returns: whether they are its codes from now on.
        Raises: SecondFactorNeeded, PasskeysFull, PasskeyTaken.
        """
        return await self._db.write(lambda tx: _add(tx, made, turn, codes))

    async def prove(self, account_id: AccountId, use: Use, turn: Turn) -> None:
        """Remember its count, and that this session was proved.  A copied one is logged.

        Raises: PasskeyWrong, PasskeyCopied.
        """
        problem = await self._db.write(lambda tx: _prove(tx, account_id, use, turn))
        if problem is not None:
            raise problem

    async def remove(self, account_id: AccountId, credential: bytes, turn: Turn) -> None:
        """Raises: SecondFactorNeeded, SecondFactorLast, NotFound."""
        await self._db.write(lambda tx: _remove(tx, account_id, credential, turn))


def _of(conn: Connection, account_id: AccountId) -> tuple[Passkey, ...]:
    query = f"SELECT {_COLUMNS} FROM passkey WHERE account_id = ? ORDER BY made_at_ms, credential"  # noqa: S608
    return tuple(map(_passkey, rows(conn, query, [account_id])))


def _passkey(found: Sequence[Any]) -> Passkey:
    credential, account_id, name, key, count, transports, backed_up, made_at_ms, used_at_ms = found
    return Passkey(
        credential=bytes(credential),
        account_id=AccountId(account_id),
        name=name,
        key=bytes(key),
        count=count,
        transports=tuple(transports.split()),
        backed_up=bool(backed_up),
        made_at_ms=made_at_ms,
        used_at_ms=used_at_ms,
    )


def _add(tx: Tx, made: Passkey, turn: Turn, codes: Sequence[str]) -> bool:
    if not may_change(tx.conn, made.account_id, turn.token_hash):
        raise SecondFactorNeeded
    if factors(tx.conn, made.account_id).passkeys >= PASSKEYS_EACH:
        raise PasskeysFull
    values = [
        made.credential,
        made.account_id,
        made.name,
        made.key,
        made.count,
        " ".join(made.transports),
        int(made.backed_up),
        made.made_at_ms,
        made.used_at_ms,
    ]
    query = f"INSERT INTO passkey ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"  # noqa: S608
    if run(tx.conn, query, values) == 0:
        raise PasskeyTaken
    remember(tx, turn.token_hash, turn.at_ms)
    _log(tx, made.account_id, turn, after="on")
    return keep_codes(tx, made.account_id, codes, turn.at_ms)


def _prove(tx: Tx, account_id: AccountId, use: Use, turn: Turn) -> PasskeyWrong | None:
    query = f"SELECT {_COLUMNS} FROM passkey WHERE credential = ? AND account_id = ?"  # noqa: S608
    found = row(tx.conn, query, [use.credential, account_id])
    if found is None:
        return PasskeyWrong()
    known = _passkey(found)
    if was_copied(known, use.count):
        _log(tx, account_id, turn, before="on", after="copied")
        return PasskeyCopied()
    # Another server may have taken a later count meanwhile.
    used = "UPDATE passkey SET count = ?, backed_up = ?, used_at_ms = ? WHERE credential = ? AND count = ?"
    values = [use.count, int(use.backed_up), turn.at_ms, use.credential, known.count]
    if run(tx.conn, used, values) == 0:
        return PasskeyWrong()
    remember(tx, turn.token_hash, turn.at_ms)
    return None


def _remove(tx: Tx, account_id: AccountId, credential: bytes, turn: Turn) -> None:
    if not may_change(tx.conn, account_id, turn.token_hash):
        raise SecondFactorNeeded
    if factors(tx.conn, account_id).count == 1:
        raise SecondFactorLast
    gone = "DELETE FROM passkey WHERE credential = ? AND account_id = ?"
    if run(tx.conn, gone, [credential, account_id]) == 0:
        raise NotFound
    _log(tx, account_id, turn, before="on")


def _log(tx: Tx, account_id: AccountId, turn: Turn, *, before: str = "", after: str = "") -> None:
    log(
        tx,
        Entry(
            id=turn.number,
            kind="passkey",
            actor_id=account_id,
            account_id=account_id,
            before=before,
            after=after,
            at_ms=turn.at_ms,
        ),
    )
