"""Newsroom keys: which there are, a new one, one less; both with a row in the log."""

from sqlalchemy import Connection

from moothall.kernel.errors import KeyNameTaken, NotFound
from moothall.people.newsroom_key import KeyChange, NewsroomKey
from moothall.store.decisions import Entry, log
from moothall.store.raw import row, rows, run
from moothall.store.tx import Tx

_MADE, _GONE = "made", "revoked"


def listed(conn: Connection) -> tuple[NewsroomKey, ...]:
    """Newest first."""
    found = rows(conn, "SELECT name, made_at_ms FROM api_key ORDER BY made_at_ms DESC, name")
    return tuple(NewsroomKey(*one) for one in found)


def make(tx: Tx, change: KeyChange, key_hash: bytes) -> None:
    """Raises: KeyNameTaken, so that no key that is in use goes unnoticed."""
    if row(tx.conn, "SELECT 1 FROM api_key WHERE name = ?", [change.name]):
        raise KeyNameTaken
    run(
        tx.conn,
        "INSERT INTO api_key (key_hash, name, made_at_ms) VALUES (?, ?, ?)",
        [key_hash, change.name, change.at_ms],
    )
    _log(tx, change, before="", after=_MADE)


def put(tx: Tx, change: KeyChange, key_hash: bytes) -> None:
    """A key made where the database is; the same name replaces the earlier key."""
    gone = run(tx.conn, "DELETE FROM api_key WHERE name = ?", [change.name])
    run(
        tx.conn,
        "INSERT INTO api_key (key_hash, name, made_at_ms) VALUES (?, ?, ?)",
        [key_hash, change.name, change.at_ms],
    )
    _log(tx, change, before=_MADE if gone else "", after=_MADE)


def revoke(tx: Tx, change: KeyChange) -> None:
    """Raises: NotFound."""
    if not run(tx.conn, "DELETE FROM api_key WHERE name = ?", [change.name]):
        raise NotFound
    _log(tx, change, before=_MADE, after=_GONE)


def _log(tx: Tx, change: KeyChange, *, before: str, after: str) -> None:
    entry = Entry(
        id=change.id,
        kind="newsroom_key",
        actor_id=change.actor_id,
        note=change.name,
        before=before,
        after=after,
        at_ms=change.at_ms,
    )
    log(tx, entry)
