"""Changing a comment's state, with everything that must stay exact beside it.

A comment is shown when it is live, or when it has shown replies (then as a stub).  So a change can
travel upwards: the last shown reply of a stub takes the stub with it.
"""

from moothall.discussion.model import NO_PARENT, Comment, CommentId, State
from moothall.kernel.errors import NotFound
from moothall.kernel.event import EventKind
from moothall.store.raw import row, run
from moothall.store.tx import Tx


def set_state(tx: Tx, comment_id: CommentId, state: State, *, at_ms: int, rule: str | None = None) -> State:
    """Set a state and keep `shown`, `reply_count`, `comment_count` and the outbox right.

    Returns: the state before.  The same state again changes nothing.  Raises: NotFound.
    """
    found = row(
        tx.conn,
        "SELECT story_id, parent_id, state, shown, reply_count FROM comment WHERE id = ?",
        [comment_id],
    )
    if found is None:
        raise NotFound
    story_id, parent_id, before, shown, replies = found
    if before == state:
        return state
    now_shown = int(state is State.LIVE or replies > 0)
    run(
        tx.conn,
        "UPDATE comment SET state = ?, shown = ?, removal_rule = ? WHERE id = ?",
        [state.value, now_shown, rule, comment_id],
    )
    if now_shown != shown:
        count_reply(tx, parent_id, now_shown - shown)
    if state is State.LIVE:
        tell_live(tx, story_id, comment_id, parent_id, at_ms)
    elif before == State.LIVE:
        tell_gone(tx, story_id, comment_id, parent_id, at_ms)
    return State(before)


def was_seen(tx: Tx, comment: Comment) -> bool:
    """Whether readers ever saw it: what is live, what has shown replies, and what was once taken from them."""
    taken = "SELECT 1 FROM decision WHERE comment_id = ? AND before = 'live'"
    return comment.state is State.LIVE or comment.reply_count > 0 or row(tx.conn, taken, [comment.id]) is not None


def count_reply(tx: Tx, parent_id: int, step: int) -> None:
    """One shown reply more or less; a stub comes and goes with its replies."""
    while parent_id != NO_PARENT:
        run(tx.conn, "UPDATE comment SET reply_count = reply_count + ? WHERE id = ?", [step, parent_id])
        if step > 0:
            changed = run(tx.conn, "UPDATE comment SET shown = 1 WHERE id = ? AND shown = 0", [parent_id])
        else:
            changed = run(
                tx.conn,
                "UPDATE comment SET shown = 0 WHERE id = ? AND shown = 1 AND state <> 'live' AND reply_count = 0",
                [parent_id],
            )
        if not changed:
            return
        parent = row(tx.conn, "SELECT parent_id FROM comment WHERE id = ?", [parent_id])
        parent_id = parent[0] if parent else NO_PARENT


def tell_live(tx: Tx, story_id: int, comment_id: int, parent_id: int, at_ms: int) -> None:
    """Count a comment that became live and tell open pages."""
    seq = tx.emit(EventKind.NEW, story_id=story_id, comment_id=comment_id, parent_id=parent_id, at_ms=at_ms)
    run(
        tx.conn,
        "UPDATE story SET comment_count = comment_count + 1, version = ?,"
        " newest_comment = CASE WHEN newest_comment < ? THEN ? ELSE newest_comment END WHERE id = ?",
        [seq, comment_id, comment_id, story_id],
    )


def tell_gone(tx: Tx, story_id: int, comment_id: int, parent_id: int, at_ms: int) -> None:
    """Count a live comment that went and tell open pages."""
    seq = tx.emit(EventKind.REMOVED, story_id=story_id, comment_id=comment_id, parent_id=parent_id, at_ms=at_ms)
    run(
        tx.conn,
        "UPDATE story SET comment_count = comment_count - 1, version = ? WHERE id = ?",
        [seq, story_id],
    )


def tell(tx: Tx, kind: EventKind, *, story_id: int, comment_id: int, at_ms: int, a: int = 0, b: int = 0) -> None:
    """Any other event of a comment; raises the story's version with it."""
    seq = tx.emit(kind, story_id=story_id, comment_id=comment_id, at_ms=at_ms, a=a, b=b)
    run(tx.conn, "UPDATE story SET version = ? WHERE id = ?", [seq, story_id])
