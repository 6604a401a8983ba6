"""Second factors as rows: the authenticator's secret, recovery codes, and the sessions that were proved.

Passkeys count as well; their rows are read and written in `passkeys.py`.
"""

from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection

from moothall.kernel.errors import SecondFactorNeeded, SecondFactorWrong, TooMany
from moothall.kernel.limits import SECOND_MS
from moothall.kernel.secret import digest
from moothall.people.model import AccountId
from moothall.people.signin.second_factor import (
    Authenticator,
    Proof,
    Shown,
    is_needed,
    plain_code,
    step_of,
    wait_ms,
)
from moothall.store.database import Database
from moothall.store.decisions import Entry, log
from moothall.store.raw import row, run, run_many
from moothall.store.tx import Tx

_COUNTED = (
    "SELECT (SELECT count(*) FROM second_factor WHERE account_id = ? AND confirmed = 1),"
    " (SELECT count(*) FROM passkey WHERE account_id = ?),"
    " (SELECT count(*) FROM proved_session WHERE token_hash = ?)"
)
_ONE = "SELECT account_id, secret, confirmed, last_step, tries, tried_at_ms FROM second_factor WHERE account_id = ?"


class Factors(msgspec.Struct, frozen=True):
    """How many of each count for an account."""

    authenticators: int
    passkeys: int

    @property
    def count(self) -> int:
        return self.authenticators + self.passkeys


class SqlSecondFactors:
    """Each method is a query or a command on the right thread."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def proof(self, account_id: AccountId, token_hash: bytes) -> Proof:
        """What a session has shown, and whether there is anything to show."""
        return await self._db.read(lambda c: _proof(c, account_id, token_hash))

    async def known(self, account_id: AccountId) -> Authenticator | None:
        """None where nothing was begun."""
        return await self._db.read(lambda c: _known(c, account_id))

    async def begin(self, account_id: AccountId, secret: bytes, *, token_hash: bytes, at_ms: int) -> None:
        """A secret that counts once its code was shown; one that counts already stays.

        Raises: SecondFactorNeeded.
        """
        await self._db.write(lambda tx: _begin(tx, account_id, secret, token_hash=token_hash, at_ms=at_ms))

    async def confirm(self, account_id: AccountId, shown: Shown, codes: Sequence[str]) -> None:
        """It counts from now on, in this session; the recovery codes are the only ones.

        Raises: SecondFactorNeeded, SecondFactorWrong, TooMany.
        """
        problem = await self._db.write(lambda tx: _confirm(tx, account_id, shown, codes))
        _told(problem)

    async def prove(self, account_id: AccountId, shown: Shown) -> None:
        """A code of the authenticator, or a recovery code, which is used up.

        Raises: SecondFactorWrong, TooMany.
        """
        problem = await self._db.write(lambda tx: _prove(tx, account_id, shown))
        _told(problem)

    async def end(self, account_id: AccountId, *, by: AccountId | None, number: int, at_ms: int) -> bool:
        """Forget authenticator, passkeys and codes; whether there was anything."""
        return await self._db.write(lambda tx: _end(tx, account_id, by=by, number=number, at_ms=at_ms))


def _told(problem: SecondFactorWrong | TooMany | None) -> None:
    """A miss is counted in the transaction, so it is told after it."""
    if problem is not None:
        raise problem


def factors(conn: Connection, account_id: AccountId) -> Factors:
    """What counts."""
    found = row(conn, _COUNTED, [account_id, account_id, b""])
    return Factors(found[0], found[1]) if found else Factors(0, 0)


def may_change(conn: Connection, account_id: AccountId, token_hash: bytes) -> bool:
    """Only a session that showed one may add another: a stolen first factor must not bring its own second."""
    return not is_needed(_proof(conn, account_id, token_hash), required=False)


def remember(tx: Tx, token_hash: bytes, at_ms: int) -> None:
    """This session was proved."""
    keep = "INSERT INTO proved_session (token_hash, at_ms) VALUES (?, ?) ON CONFLICT (token_hash) DO NOTHING"
    run(tx.conn, keep, [token_hash, at_ms])


def keep_codes(tx: Tx, account_id: AccountId, codes: Sequence[str], at_ms: int) -> bool:
    """Recovery codes for an account that has none; whether it had none.

    Wrong codes are counted in the authenticator's row, so that one is made where there is no authenticator.
    """
    if row(tx.conn, "SELECT 1 FROM recovery_code WHERE account_id = ? LIMIT 1", [account_id]):
        return False
    run(
        tx.conn,
        "INSERT INTO second_factor (account_id, secret, made_at_ms, tried_at_ms) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (account_id) DO NOTHING",
        [account_id, b"", at_ms, at_ms],
    )
    _put_codes(tx, account_id, codes)
    return True


def _put_codes(tx: Tx, account_id: AccountId, codes: Sequence[str]) -> None:
    run(tx.conn, "DELETE FROM recovery_code WHERE account_id = ?", [account_id])
    values = [(account_id, digest(one)) for one in codes]
    run_many(tx.conn, "INSERT INTO recovery_code (account_id, code_hash) VALUES (?, ?)", values)


def _proof(conn: Connection, account_id: AccountId, token_hash: bytes) -> Proof:
    found = row(conn, _COUNTED, [account_id, account_id, token_hash]) or (0, 0, 0)
    enrolled = found[0] + found[1] > 0
    return Proof(enrolled=enrolled, proved=enrolled and found[2] > 0)


def _known(conn: Connection, account_id: AccountId) -> Authenticator | None:
    found = row(conn, _ONE, [account_id])
    if found is None:
        return None
    return Authenticator(AccountId(found[0]), bytes(found[1]), bool(found[2]), *found[3:])


def _begin(tx: Tx, account_id: AccountId, secret: bytes, *, token_hash: bytes, at_ms: int) -> None:
    if not may_change(tx.conn, account_id, token_hash):
        raise SecondFactorNeeded
    run(
        tx.conn,
        "INSERT INTO second_factor (account_id, secret, made_at_ms, tried_at_ms) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (account_id) DO UPDATE SET secret = excluded.secret, made_at_ms = excluded.made_at_ms"
        " WHERE second_factor.confirmed = 0",
        [account_id, secret, at_ms, at_ms],
    )


def _confirm(
    tx: Tx, account_id: AccountId, shown: Shown, codes: Sequence[str]
) -> SecondFactorWrong | TooMany | None:
    known = _known(tx.conn, account_id)
    # An empty secret would be one that everybody knows.
    if known is None or known.confirmed or not known.secret:
        return SecondFactorWrong()
    if not may_change(tx.conn, account_id, shown.token_hash):
        raise SecondFactorNeeded
    problem = _paused(known, shown)
    if problem is not None:
        return problem
    step = step_of(known, shown.code, shown.at_ms)
    if step is None:
        return _missed(tx, known, shown)
    _right(tx, known, shown, step)
    run(tx.conn, "UPDATE second_factor SET confirmed = 1 WHERE account_id = ?", [account_id])
    _put_codes(tx, account_id, codes)
    log(tx, Entry(id=shown.number, kind="second_factor", actor_id=account_id, account_id=account_id, after="on",
                  at_ms=shown.at_ms))  # fmt: skip
    return None


def _prove(tx: Tx, account_id: AccountId, shown: Shown) -> SecondFactorWrong | TooMany | None:
    known = _known(tx.conn, account_id)
    if known is None or not factors(tx.conn, account_id).count:
        return SecondFactorWrong()
    problem = _paused(known, shown)
    if problem is not None:
        return problem
    step = step_of(known, shown.code, shown.at_ms) if known.confirmed else None
    if step is None and not _use_up(tx, account_id, shown.code):
        return _missed(tx, known, shown)
    _right(tx, known, shown, step)
    return None


def _paused(known: Authenticator, shown: Shown) -> TooMany | None:
    pause_ms = wait_ms(known, shown.at_ms)
    return TooMany(seconds=-(-pause_ms // SECOND_MS)) if pause_ms else None


def _missed(tx: Tx, known: Authenticator, shown: Shown) -> SecondFactorWrong:
    missed = "UPDATE second_factor SET tries = tries + 1, tried_at_ms = ? WHERE account_id = ?"
    run(tx.conn, missed, [shown.at_ms, known.account_id])
    return SecondFactorWrong()


def _right(tx: Tx, known: Authenticator, shown: Shown, step: int | None) -> None:
    right = "UPDATE second_factor SET tries = 0, last_step = ? WHERE account_id = ?"
    run(tx.conn, right, [known.last_step if step is None else step, known.account_id])
    remember(tx, shown.token_hash, shown.at_ms)


def _use_up(tx: Tx, account_id: AccountId, typed: str) -> bool:
    used = "DELETE FROM recovery_code WHERE account_id = ? AND code_hash = ?"
    return run(tx.conn, used, [account_id, digest(plain_code(typed))]) == 1


def _end(tx: Tx, account_id: AccountId, *, by: AccountId | None, number: int, at_ms: int) -> bool:
    run(tx.conn, "DELETE FROM recovery_code WHERE account_id = ?", [account_id])
    gone = run(tx.conn, "DELETE FROM second_factor WHERE account_id = ?", [account_id])
    gone += run(tx.conn, "DELETE FROM passkey WHERE account_id = ?", [account_id])
    if gone:
        mine = "SELECT token_hash FROM session WHERE account_id = ?"
        run(tx.conn, f"DELETE FROM proved_session WHERE token_hash IN ({mine})", [account_id])  # noqa: S608
        log(
            tx, Entry(id=number, kind="second_factor", actor_id=by, account_id=account_id, before="on", at_ms=at_ms)
        )
    return gone > 0
