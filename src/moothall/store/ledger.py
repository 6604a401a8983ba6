"""The ledger as rows: appended in the transaction of what it tells, never changed."""

import json
import secrets
from collections.abc import Iterator, Mapping, Sequence

import msgspec
from sqlalchemy import Connection, delete, select

from moothall.moderation.ledger import (
    GENESIS,
    Bad,
    LedgerEntry,
    Receipt,
    Root,
    canonical,
    chained,
    day_of,
    first_bad,
    seal,
)
from moothall.store.raw import row, rows, run
from moothall.store.tables import ledger_opening, ledger_root
from moothall.store.tx import Tx

_COLUMNS = "seq, at_ms, kind, payload, previous, hash"
_READ_AT_ONCE = 5_000


class Telling(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be told: `open` to everybody, `sealed` to whom it concerns."""

    decision_id: int
    kind: str
    at_ms: int
    open: Mapping[str, str]
    sealed: Mapping[str, str]
    account_id: int | None


def append(tx: Tx, told: Telling) -> Receipt:
    """Chain an entry.  Its time is never before the last one's, whatever the clock says."""
    seq, at_ms, previous = _next(tx, told.at_ms)
    salt = secrets.token_hex(16)
    sealed = {name: seal(salt, name, value) for name, value in told.sealed.items()}
    made = chained(previous, seq=seq, at_ms=at_ms, kind=told.kind, payload=canonical({**told.open, **sealed}))
    run(
        tx.conn,
        f"INSERT INTO ledger ({_COLUMNS}, decision_id) VALUES (?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
        [made.seq, made.at_ms, made.kind, made.payload, made.previous, made.hash, told.decision_id],
    )
    run(tx.conn, "UPDATE ledger_head SET at_ms = ?, hash = ? WHERE id = 1", [at_ms, made.hash])
    run(
        tx.conn,
        "INSERT INTO ledger_root (day, seq, hash) VALUES (?, ?, ?)"
        " ON CONFLICT (day) DO UPDATE SET seq = excluded.seq, hash = excluded.hash",
        [day_of(at_ms), seq, made.hash],
    )
    run(
        tx.conn,
        "INSERT INTO ledger_opening (seq, salt, parts, account_id) VALUES (?, ?, ?, ?)",
        [seq, salt, canonical(told.sealed), told.account_id],
    )
    return Receipt(seq, made.hash)


def entry(conn: Connection, seq: int) -> LedgerEntry | None:
    """One entry, for whoever has its number."""
    found = row(conn, f"SELECT {_COLUMNS} FROM ledger WHERE seq = ?", [seq])  # noqa: S608
    return LedgerEntry(*found) if found else None


def receipt_of(conn: Connection, decision_id: int) -> Receipt | None:
    """Where a decision stands in the ledger."""
    found = row(conn, "SELECT seq, hash FROM ledger WHERE decision_id = ?", [decision_id])
    return Receipt(*found) if found else None


def opening(conn: Connection, seq: int, account_id: int) -> tuple[str, dict[str, str]] | None:
    """The salt and the sealed parts of an entry, for whom it concerns; None for others, and once erased."""
    query = "SELECT salt, parts FROM ledger_opening WHERE seq = ? AND account_id = ?"
    found = row(conn, query, [seq, account_id])
    return (found[0], json.loads(found[1])) if found else None


def roots(conn: Connection) -> tuple[Root, ...]:
    """The last entry of each day, oldest first."""
    query = select(ledger_root.c.day, ledger_root.c.seq, ledger_root.c.hash).order_by(ledger_root.c.day)
    return tuple(Root(*found) for found in conn.execute(query))


def verify(conn: Connection, published: Sequence[Root] = ()) -> Bad | None:
    """The first bad entry.  Args: published: roots that somebody kept, beside our own."""
    head = row(conn, "SELECT seq, hash FROM ledger_head WHERE id = 1")
    end = Receipt(*head) if head else Receipt(0, GENESIS)
    own = first_bad(_all(conn), end=end, roots=roots(conn))
    kept = first_bad(_all(conn), roots=published) if published else None
    found = [one for one in (own, kept) if one is not None]
    return min(found, key=lambda one: one.seq, default=None)


def forget(tx: Tx, account_id: int) -> int:
    """Delete what opens a person's entries; the entries stay.  Returns: how many."""
    return tx.conn.execute(delete(ledger_opening).where(ledger_opening.c.account_id == account_id)).rowcount


def _next(tx: Tx, at_ms: int) -> tuple[int, int, str]:
    """The number, time and predecessor of the next entry; on PostgreSQL it waits here for its turn."""
    step = "UPDATE ledger_head SET seq = seq + 1 WHERE id = 1 RETURNING seq, at_ms, hash"
    found = row(tx.conn, step)
    if found is None:
        run(tx.conn, "INSERT INTO ledger_head (id, seq, at_ms, hash) VALUES (1, 0, 0, ?)", [GENESIS])
        found = row(tx.conn, step)
    if found is None:
        raise LookupError("the ledger has no end")
    return found[0], max(at_ms, found[1]), found[2]


def _all(conn: Connection) -> Iterator[LedgerEntry]:
    """Every entry in order, some thousands at a time."""
    last = -1
    while found := rows(
        conn,
        f"SELECT {_COLUMNS} FROM ledger WHERE seq > ? ORDER BY seq LIMIT {_READ_AT_ONCE}",  # noqa: S608
        [last],
    ):
        yield from (LedgerEntry(*one) for one in found)
        last = found[-1][0]
