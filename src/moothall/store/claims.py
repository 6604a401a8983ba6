"""Short leases on waiting comments, so that two moderators never decide the same one."""

from collections.abc import Sequence

from sqlalchemy import Connection

from moothall.discussion.model import CommentId
from moothall.kernel.errors import Claimed
from moothall.kernel.limits import CLAIM_MS
from moothall.moderation.queue import Holder
from moothall.people.model import AccountId
from moothall.store.raw import row, rows, run
from moothall.store.tx import Tx

# A lease that ran out, or one's own, is taken; a colleague's stands.
_TAKE = (
    "INSERT INTO console_claim (comment_id, account_id, until_ms) VALUES (?, ?, ?)"
    " ON CONFLICT (comment_id) DO UPDATE SET account_id = excluded.account_id, until_ms = excluded.until_ms"
    " WHERE console_claim.account_id = excluded.account_id OR console_claim.until_ms <= ?"
)
_HELD_BY = (
    "SELECT l.account_id, a.display_name, count(*) FROM console_claim l JOIN account a ON a.id = l.account_id"
    " WHERE l.until_ms > ? AND l.account_id <> ? GROUP BY l.account_id, a.display_name ORDER BY a.display_name"
)


def claim(tx: Tx, ids: Sequence[CommentId], by: AccountId, now_ms: int) -> frozenset[CommentId]:
    """Take or renew; returns those that are now this moderator's."""
    run(tx.conn, "DELETE FROM console_claim WHERE until_ms <= ?", [now_ms])
    taken = [one for one in ids if run(tx.conn, _TAKE, [one, by, now_ms + CLAIM_MS, now_ms])]
    return frozenset(taken)


def holders(conn: Connection, viewer: AccountId, now_ms: int) -> tuple[Holder, ...]:
    """Colleagues who have comments in hand."""
    return tuple(Holder(AccountId(one[0]), one[1], one[2]) for one in rows(conn, _HELD_BY, [now_ms, viewer]))


def need_free(tx: Tx, comment_id: CommentId, by: AccountId, now_ms: int) -> None:
    """Raises: Claimed when a colleague has it in hand."""
    found = row(
        tx.conn,
        "SELECT a.display_name FROM console_claim l JOIN account a ON a.id = l.account_id"
        " WHERE l.comment_id = ? AND l.account_id <> ? AND l.until_ms > ?",
        [comment_id, by, now_ms],
    )
    if found is not None:
        raise Claimed(name=found[0])


def release(tx: Tx, comment_id: CommentId) -> None:
    """What is decided is in nobody's hand."""
    run(tx.conn, "DELETE FROM console_claim WHERE comment_id = ?", [comment_id])
