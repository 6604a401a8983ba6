"""Whom a reader does not want to read."""

from sqlalchemy import Connection, delete, insert, select

from moothall.people.model import Account, AccountId
from moothall.store import people_accounts
from moothall.store.tables import account, block


def add(conn: Connection, account_id: AccountId, other: AccountId, at_ms: int) -> None:
    """Raises: NotFound when there is no such other."""
    people_accounts.get(conn, other)
    remove(conn, account_id, other)
    conn.execute(insert(block), {"account_id": account_id, "blocked_id": other, "at_ms": at_ms})


def remove(conn: Connection, account_id: AccountId, other: AccountId) -> None:
    """Nothing happens when there was no block."""
    conn.execute(delete(block).where(block.c.account_id == account_id, block.c.blocked_id == other))


def of(conn: Connection, account_id: AccountId) -> tuple[Account, ...]:
    """Newest first."""
    query = (
        select(*people_accounts.COLUMNS)
        .join(block, block.c.blocked_id == account.c.id)
        .where(block.c.account_id == account_id)
        .order_by(block.c.at_ms.desc(), block.c.blocked_id)
    )
    return tuple(people_accounts.from_row(row) for row in conn.execute(query))
