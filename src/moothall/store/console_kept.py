"""What a moderator keeps: preferences, canned notes, saved filters, watched stories."""

from sqlalchemy import Connection

from moothall.kernel.limits import KEPT_LISTED
from moothall.people.model import AccountId
from moothall.store.raw import rows, run
from moothall.store.tx import Tx

_LIST = "SELECT name, value FROM console_kept WHERE account_id = ? AND kind = ? ORDER BY name LIMIT ?"
_SAVE = (
    "INSERT INTO console_kept (account_id, kind, name, value) VALUES (?, ?, ?, ?)"
    " ON CONFLICT (account_id, kind, name) DO UPDATE SET value = excluded.value"
)
_DROP = "DELETE FROM console_kept WHERE account_id = ? AND kind = ? AND name = ?"


def kept(conn: Connection, account: AccountId, kind: str) -> dict[str, str]:
    """Name to value, in order of names."""
    return {one[0]: one[1] for one in rows(conn, _LIST, [account, kind, KEPT_LISTED])}


def keep(tx: Tx, account: AccountId, kind: str, values: dict[str, str | None]) -> None:
    """Save each; None forgets it."""
    for name, value in values.items():
        if value is None:
            run(tx.conn, _DROP, [account, kind, name])
        else:
            run(tx.conn, _SAVE, [account, kind, name, value])
