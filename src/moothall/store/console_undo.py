"""Taking one's own decisions back, by the key that they were sent with."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from moothall.discussion.model import State
from moothall.kernel.errors import AlreadyDecided, Conflict, NotFound, TextChanged
from moothall.kernel.limits import UNDO_LISTED
from moothall.moderation.decide import Undo
from moothall.moderation.taken import Done
from moothall.people.model import AccountId
from moothall.store import comment_rows
from moothall.store.comment_writes import get
from moothall.store.console_acts import need_right
from moothall.store.raw import row, rows, run
from moothall.store.sections import need_section
from moothall.store.tx import Tx
from moothall.store.undo import undo as undo_decision

_ACT = (
    "SELECT d.comment_id, d.revision, d.before, d.after, d.undone_at_ms, d.decision_id, t.decision_id"
    " FROM console_act d LEFT JOIN decision_trace t ON t.decision_id = d.decision_id"
    " WHERE d.account_id = ? AND d.key = ?"
)
_LATER = "SELECT 1 FROM console_act WHERE comment_id = ? AND decision_id > ? AND undone_at_ms IS NULL"
_MINE = (
    f"SELECT {comment_rows.COLUMNS}, s.headline, d.key, d.kind, l.rule, l.note, d.after, d.at_ms, d.undone_at_ms"
    f" {comment_rows.FROM} JOIN console_act d ON d.comment_id = c.id JOIN story s ON s.id = c.story_id"
    " LEFT JOIN decision l ON l.id = d.decision_id WHERE d.account_id = ? ORDER BY d.decision_id DESC LIMIT ?"
)


def undo(tx: Tx, actor: AccountId, key: str, *, new_id: int, at_ms: int) -> State:
    """The state before the decision; taken back twice it is taken back once.

    Raises: Forbidden, OtherSection, Banned, NotFound, TextChanged, AlreadyDecided when it was decided on anew.
    """
    need_right(tx, actor, at_ms)
    act = row(tx.conn, _ACT, [actor, key])
    if act is None:
        raise NotFound
    comment_id, revision, before, after, undone, decision_id, traced = act
    if undone is not None:
        return State(before)
    now = get(tx, comment_id)
    need_section(tx, actor, now.story_id)
    if now.revision != revision:
        raise TextChanged
    if now.state != after or row(tx.conn, _LATER, [comment_id, decision_id]):
        raise AlreadyDecided
    # A decision that changed nothing left no trace: taking it back only forgets that it was looked at.
    if traced is not None:
        _exactly(tx, Undo(new_id, decision_id, actor, at_ms))
    done = "UPDATE console_act SET undone_at_ms = ? WHERE account_id = ? AND key = ?"
    run(tx.conn, done, [at_ms, actor, key])
    return State(before)


def decided(conn: Connection, actor: AccountId) -> tuple[Done, ...]:
    """A moderator's own last decisions, newest first."""
    return tuple(_done(one) for one in rows(conn, _MINE, [actor, UNDO_LISTED]))


def _done(found: Sequence[Any]) -> Done:
    headline, key, kind, rule, note, after, at_ms, undone_at_ms = found[comment_rows.WIDTH :]
    return Done(
        comment=comment_rows.comment(found),
        story_headline=headline,
        key=key,
        kind=kind,
        rule=rule,
        note=note or "",
        after=State(after),
        at_ms=at_ms,
        undone_at_ms=undone_at_ms,
    )


def _exactly(tx: Tx, wanted: Undo) -> None:
    try:
        undo_decision(tx, wanted)
    except Conflict as wrong:
        raise AlreadyDecided from wrong
