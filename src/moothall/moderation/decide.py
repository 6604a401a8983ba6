"""A moderator's decisions: what may follow on which state of a comment, in one table."""

from enum import StrEnum

import msgspec

from moothall.discussion.model import CommentId, State
from moothall.kernel.errors import Conflict, InvalidField, TextTooLong
from moothall.kernel.limits import NOTE_GRAPHEMES
from moothall.kernel.text import clean, graphemes
from moothall.moderation.standards import rule_of
from moothall.people.model import AccountId
from moothall.story.model import Discussion, Moderation, StoryId


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


# What a comment becomes.  A decision taken twice stands once, and what its author took back stays so.
OUTCOMES: dict[tuple[State, Act], State] = {
    (State.LIVE, Act.APPROVE): State.LIVE,
    (State.LIVE, Act.HOLD): State.HELD,
    (State.LIVE, Act.REMOVE): State.REMOVED,
    (State.HELD, Act.APPROVE): State.LIVE,
    (State.HELD, Act.HOLD): State.HELD,
    (State.HELD, Act.REMOVE): State.REJECTED,
    (State.REJECTED, Act.APPROVE): State.LIVE,
    (State.REJECTED, Act.HOLD): State.HELD,
    (State.REJECTED, Act.REMOVE): State.REJECTED,
    (State.REMOVED, Act.APPROVE): State.LIVE,
    (State.REMOVED, Act.HOLD): State.HELD,
    (State.REMOVED, Act.REMOVE): State.REMOVED,
}


def outcome(before: State, act: Act, *, was_live: bool) -> State:
    """The state that follows.

    Args:
        was_live: whether readers ever saw it: what they saw is removed, never rejected, so that its place
            in the thread can be kept.

    Raises: Conflict when nothing may follow.
    """
    after = OUTCOMES.get((before, act))
    if after is None:
        raise Conflict
    return State.REMOVED if after is State.REJECTED and was_live else after


class DiscussionChange(msgspec.Struct, frozen=True):
    """A discussion opened or closed, its comments held or not.  `id` names its row in the log."""

    id: int
    story_id: StoryId
    actor_id: AccountId
    discussion: Discussion
    moderation: Moderation
    at_ms: int


class Undo(msgspec.Struct, frozen=True):
    """A decision on a comment taken back by a moderator.  `id` names its own row in the log."""

    id: int
    decision_id: int
    actor_id: AccountId
    at_ms: int


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
