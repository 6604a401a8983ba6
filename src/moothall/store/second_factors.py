"""Second factors as rows: the authenticator's secret, recovery codes, and the sessions that were proved."""

from collections.abc import Sequence

from sqlalchemy import Connection

from moothall.kernel.errors import SecondFactorWrong, TooMany
from moothall.kernel.limits import SECOND_MS
from moothall.kernel.secret import digest
from moothall.people.model import AccountId
from moothall.people.signin.second_factor import Authenticator, Proof, Shown, plain_code, step_of, wait_ms
from moothall.store.database import Database
from moothall.store.decisions import Entry, log
from moothall.store.raw import row, run, run_many
from moothall.store.tx import Tx

_ONE = "SELECT account_id, secret, confirmed, last_step, tries, tried_at_ms FROM second_factor WHERE account_id = ?"


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

    async def begin(self, account_id: AccountId, secret: bytes, at_ms: int) -> None:
        """A secret that counts once its code was shown; one that counts already stays."""
        await self._db.write(lambda tx: _begin(tx, account_id, secret, at_ms))

    async def confirm(self, account_id: AccountId, shown: Shown, codes: Sequence[str]) -> None:
        """It counts from now on, in this session; the recovery codes are the only ones.

        Raises: SecondFactorWrong, TooMany.
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
        """Forget it with its codes; whether there was anything."""
        return await self._db.write(lambda tx: _end(tx, account_id, by=by, number=number, at_ms=at_ms))


def _told(problem: SecondFactorWrong | TooMany | None) -> None:
    """A miss is counted in the transaction, so it is told after it."""
    if problem is not None:
        raise problem


def _proof(conn: Connection, account_id: AccountId, token_hash: bytes) -> Proof:
    known = _known(conn, account_id)
    if known is None or not known.confirmed:
        return Proof(enrolled=False, proved=False)
    found = row(conn, "SELECT 1 FROM proved_session WHERE token_hash = ?", [token_hash])
    return Proof(enrolled=True, proved=found is not None)


def _known(conn: Connection, account_id: AccountId) -> Authenticator | None:
    found = row(conn, _ONE, [account_id])
    if found is None:
        return None
    return Authenticator(AccountId(found[0]), bytes(found[1]), bool(found[2]), *found[3:])


def _begin(tx: Tx, account_id: AccountId, secret: bytes, at_ms: int) -> None:
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
    if known is None or known.confirmed:
        return SecondFactorWrong()
    problem = _check(tx, known, shown)
    if problem is not None:
        return problem
    run(tx.conn, "UPDATE second_factor SET confirmed = 1 WHERE account_id = ?", [account_id])
    run(tx.conn, "DELETE FROM recovery_code WHERE account_id = ?", [account_id])
    values = [(account_id, digest(one)) for one in codes]
    run_many(tx.conn, "INSERT INTO recovery_code (account_id, code_hash) VALUES (?, ?)", values)
    log(tx, Entry(id=shown.number, kind="second_factor", actor_id=account_id, account_id=account_id, after="on",
                  at_ms=shown.at_ms))  # fmt: skip
    return None


def _prove(tx: Tx, account_id: AccountId, shown: Shown) -> SecondFactorWrong | TooMany | None:
    known = _known(tx.conn, account_id)
    if known is None or not known.confirmed:
        return SecondFactorWrong()
    return _check(tx, known, shown)


def _check(tx: Tx, known: Authenticator, shown: Shown) -> SecondFactorWrong | TooMany | None:
    """Count a miss, or remember that this session has proved it."""
    pause_ms = wait_ms(known, shown.at_ms)
    if pause_ms:
        return TooMany(seconds=-(-pause_ms // SECOND_MS))
    step = step_of(known, shown.code, shown.at_ms)
    if step is None and not (known.confirmed and _use_up(tx, known.account_id, shown.code)):
        missed = "UPDATE second_factor SET tries = tries + 1, tried_at_ms = ? WHERE account_id = ?"
        run(tx.conn, missed, [shown.at_ms, known.account_id])
        return SecondFactorWrong()
    right = "UPDATE second_factor SET tries = 0, last_step = ? WHERE account_id = ?"
    run(tx.conn, right, [known.last_step if step is None else step, known.account_id])
    keep = "INSERT INTO proved_session (token_hash, at_ms) VALUES (?, ?) ON CONFLICT (token_hash) DO NOTHING"
    run(tx.conn, keep, [shown.token_hash, shown.at_ms])
    return None


def _use_up(tx: Tx, account_id: AccountId, typed: str) -> bool:
    used = "DELETE FROM recovery_code WHERE account_id = ? AND code_hash = ?"
    return run(tx.conn, used, [account_id, digest(plain_code(typed))]) == 1


def _end(tx: Tx, account_id: AccountId, *, by: AccountId | None, number: int, at_ms: int) -> bool:
    run(tx.conn, "DELETE FROM recovery_code WHERE account_id = ?", [account_id])
    gone = run(tx.conn, "DELETE FROM second_factor WHERE account_id = ?", [account_id])
    if gone:
        mine = "SELECT token_hash FROM session WHERE account_id = ?"
        run(tx.conn, f"DELETE FROM proved_session WHERE token_hash IN ({mine})", [account_id])  # noqa: S608
        log(
            tx, Entry(id=number, kind="second_factor", actor_id=by, account_id=account_id, before="on", at_ms=at_ms)
        )
    return gone > 0
