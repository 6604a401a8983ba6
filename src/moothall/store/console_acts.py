"""Decisions of the console: checked against what was read, counted once, and ready to be taken back."""

from moothall.discussion.model import State
from moothall.kernel.errors import Banned, Conflict, Forbidden, KeyReused, NotFound
from moothall.moderation.taken import Taken, check_seen
from moothall.people.model import AccountId, Role
from moothall.people.role import SITE_WIDE, Right, may
from moothall.store import claims, moderation_writes
from moothall.store.comment_writes import get
from moothall.store.raw import row, run
from moothall.store.sections import need_section
from moothall.store.tx import Tx

_KEEP = (
    "INSERT INTO console_act (account_id, key, decision_id, comment_id, revision, kind, before, after, at_ms)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


def take(tx: Tx, taken: Taken) -> State:
    """The state after; the same key again gives the first answer.

    Raises: Forbidden, OtherSection, Banned, NotFound, KeyReused, TextChanged, AlreadyDecided, Claimed, Conflict.
    """
    decision = taken.decision
    need_right(tx, decision.actor_id, decision.at_ms)
    first = _first(tx, taken)
    if first is not None:
        return first
    before = get(tx, decision.comment_id)
    need_section(tx, decision.actor_id, before.story_id)
    check_seen(before, taken.seen)
    claims.need_free(tx, before.id, decision.actor_id, decision.at_ms)
    after = moderation_writes.decide(tx, decision)
    values = [
        decision.actor_id, taken.key, decision.id, before.id, before.revision, decision.act.value,
        before.state.value, after.value, decision.at_ms,
    ]  # fmt: skip
    run(tx.conn, _KEEP, values)
    claims.release(tx, before.id)
    return after


def take_all(tx: Tx, many: tuple[Taken, ...]) -> tuple[Taken, ...]:
    """All or, where the right to decide is gone, none; returns those that changed meanwhile and were left alone."""
    left: list[Taken] = []
    for one in many:
        try:
            take(tx, one)
        except (Conflict, NotFound):
            left.append(one)
    return tuple(left)


def need_right(tx: Tx, actor_id: AccountId, now_ms: int, right: Right = Right.DECIDE) -> None:
    """Asked again where it is written: a role may have been taken away meanwhile.  Raises: Forbidden, Banned."""
    found = row(tx.conn, "SELECT role, banned_until_ms, ban_reason, sections FROM account WHERE id = ?", [actor_id])
    if found is None or not may(Role(found[0]), right) or (found[3] and right in SITE_WIDE):
        raise Forbidden
    if found[1] is not None and found[1] > now_ms:
        raise Banned(reason=found[2] or "–")


def _first(tx: Tx, taken: Taken) -> State | None:
    """What the same key did before.  Raises: KeyReused when that was something else."""
    decision = taken.decision
    found = row(
        tx.conn,
        "SELECT comment_id, kind, after FROM console_act WHERE account_id = ? AND key = ?",
        [decision.actor_id, taken.key],
    )
    if found is None:
        return None
    if (found[0], found[1]) != (decision.comment_id, decision.act.value):
        raise KeyReused
    return State(found[2])
