"""A comment with all replies under it: counted, held in one transaction, and given back in one."""

from collections.abc import Callable

from sqlalchemy import Connection

from moothall.discussion.model import CommentId, State
from moothall.kernel.errors import AlreadyDecided, Claimed, Conflict, NotFound
from moothall.kernel.limits import BATCH, THREAD_HELD
from moothall.moderation.decide import Act, Decision
from moothall.moderation.taken import Seen, Taken
from moothall.moderation.thread_hold import Held, Part, Thread, ThreadHold
from moothall.people.model import AccountId
from moothall.store import console_acts, console_undo
from moothall.store.raw import row, rows
from moothall.store.tx import Tx

_LIVE = (
    "SELECT id, author_id, revision FROM comment WHERE story_id = ? AND state = 'live' AND root_id = ? ORDER BY id"
)
_PARENT = "SELECT parent_id FROM comment WHERE id = ?"
# Keys of one act are KEY.0, KEY.1 and so on, each named: what lies between two texts depends on the collation.
_PARTS = max(THREAD_HELD, BATCH)
_OF_KEY = f"account_id = ? AND key IN ({', '.join('?' * _PARTS)})"


def thread(conn: Connection, comment_id: CommentId) -> Thread:
    """What of it is live, oldest first.  Raises: NotFound."""
    at = row(conn, "SELECT story_id, root_id FROM comment WHERE id = ?", [comment_id])
    if at is None:
        raise NotFound
    above: dict[int, int] = {}
    found = [Part(*one) for one in rows(conn, _LIVE, at) if _is_beneath(conn, one[0], comment_id, above)]
    return Thread(tuple(found))


def hold(tx: Tx, wanted: ThreadHold, new_id: Callable[[], int]) -> Held:
    """Each live comment of a thread as it is now, also what came since the preview; the same key counts once.

    Raises: Forbidden, Banned, NotFound.
    """
    console_acts.need_right(tx, wanted.actor_id, wanted.at_ms)
    taken = f"SELECT count(*) FROM console_act WHERE {_OF_KEY}"  # noqa: S608
    before = row(tx.conn, taken, _keys(wanted.actor_id, wanted.key))
    if before and before[0]:
        return Held(before[0], 0)
    parts = thread(tx.conn, wanted.comment_id).parts
    done = 0
    for n, part in enumerate(parts[:THREAD_HELD]):
        decision = Decision(new_id(), part.id, wanted.actor_id, Act.HOLD, None, wanted.note, wanted.at_ms)
        try:
            console_acts.take(tx, Taken(f"{wanted.key}.{n}", decision, Seen(State.LIVE, part.revision)))
        except Claimed:
            continue
        done += 1
    return Held(done, len(parts) - done)


def undo_all(tx: Tx, actor: AccountId, key: str, *, new_id: Callable[[], int], at_ms: int) -> int:
    """Take back what was done under a key, the last first, as far as nobody has decided anew.  Returns: how many.

    Raises: Forbidden, Banned.
    """
    console_acts.need_right(tx, actor, at_ms)
    found = rows(
        tx.conn,
        f"SELECT key FROM console_act WHERE {_OF_KEY} AND undone_at_ms IS NULL ORDER BY decision_id DESC",  # noqa: S608
        _keys(actor, key),
    )
    back = 0
    for (one,) in found:
        try:
            console_undo.undo(tx, actor, one, new_id=new_id(), at_ms=at_ms)
            back += 1
        except (AlreadyDecided, Conflict, NotFound):
            continue
    return back


def _keys(actor: AccountId, key: str) -> list[object]:
    return [actor, *(f"{key}.{n}" for n in range(_PARTS))]


def _is_beneath(conn: Connection, number: int, top: int, above: dict[int, int]) -> bool:
    """Whether a comment is that one or answers it, however far down.  Args: above: parents that were looked up."""
    while number not in {top, 0}:
        if number not in above:
            found = row(conn, _PARENT, [number])
            above[number] = found[0] if found else 0
        number = above[number]
    return number == top
