"""A moderator's decision on a comment: which may follow on which state, in one table."""

from enum import StrEnum

import msgspec

from moothall.discussion.model import CommentId, State
from moothall.kernel.errors import Conflict, InvalidField, TextTooLong
from moothall.kernel.limits import NOTE_GRAPHEMES
from moothall.kernel.text import clean, graphemes
from moothall.moderation.standards import rule_of
from moothall.people.model import AccountId


class Act(StrEnum):
    """What a moderator does."""

    APPROVE = "approve"
    HOLD = "hold"
    REMOVE = "remove"


class Decision(msgspec.Struct, frozen=True):
    """A checked decision.  `id` names its row in the log; `rule` is a key of the standards."""

    id: int
    comment_id: CommentId
    actor_id: AccountId
    act: Act
    rule: str | None
    note: str
    at_ms: int


# What a comment becomes.  What was never shown is rejected, what was shown is removed; what its author
# took back stays taken back.
OUTCOMES: dict[tuple[State, Act], State] = {
    (State.LIVE, Act.APPROVE): State.LIVE,
    (State.LIVE, Act.HOLD): State.HELD,
    (State.LIVE, Act.REMOVE): State.REMOVED,
    (State.HELD, Act.APPROVE): State.LIVE,
    (State.HELD, Act.HOLD): State.HELD,
    (State.HELD, Act.REMOVE): State.REJECTED,
    (State.REJECTED, Act.APPROVE): State.LIVE,
    (State.REJECTED, Act.HOLD): State.HELD,
    (State.REMOVED, Act.APPROVE): State.LIVE,
    (State.REMOVED, Act.HOLD): State.HELD,
}


def outcome(before: State, act: Act) -> State:
    """Raises: Conflict when nothing may follow."""
    after = OUTCOMES.get((before, act))
    if after is None:
        raise Conflict
    return after


def check(decision: Decision) -> Decision:
    """The decision with its note cleaned and its rule named by key.

    Raises: InvalidField when a removal names no rule of the standards, TextTooLong.
    """
    rule = rule_of(decision.rule)
    if decision.act is Act.REMOVE and rule is None:
        raise InvalidField(name="rule")
    note = clean(decision.note)
    over = graphemes(note) - NOTE_GRAPHEMES
    if over > 0:
        raise TextTooLong(name="note", over=over, limit=NOTE_GRAPHEMES)
    named = rule.key if rule and decision.act is Act.REMOVE else None
    return msgspec.structs.replace(decision, note=note, rule=named)
