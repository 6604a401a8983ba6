"""What a moderator may decide, on what, and with which words."""

from itertools import product

import pytest

from moothall.discussion.model import CommentId, State
from moothall.kernel.errors import Conflict, InvalidField, TextTooLong
from moothall.kernel.limits import NOTE_GRAPHEMES
from moothall.moderation.decide import OUTCOMES, Act, Decision, check, outcome
from moothall.moderation.standards import RULES
from moothall.people.model import AccountId


def decision(act: Act, *, rule: str | None = None, note: str = "") -> Decision:
    return Decision(1, CommentId(2), AccountId(3), act, rule, note, 4)


def test_what_its_author_took_back_stays_so() -> None:
    """Every state but withdrawn takes every decision."""
    for state, act in product(State, Act):
        assert ((state, act) in OUTCOMES) is (state is not State.WITHDRAWN)
        if state is State.WITHDRAWN:
            with pytest.raises(Conflict):
                outcome(state, act, was_live=True)


@pytest.mark.parametrize("was_live", [True, False])
@pytest.mark.parametrize("state", [state for state in State if state is not State.WITHDRAWN])
def test_every_decision_ends_where_it_says(state: State, was_live: bool) -> None:
    """Approved is live, held is held, and removed is out of sight; from anywhere, twice as well as once."""
    assert outcome(state, Act.APPROVE, was_live=was_live) is State.LIVE
    assert outcome(state, Act.HOLD, was_live=was_live) is State.HELD
    removed = outcome(state, Act.REMOVE, was_live=was_live)
    assert removed in {State.REMOVED, State.REJECTED}
    assert outcome(removed, Act.REMOVE, was_live=was_live) is removed


def test_only_what_nobody_saw_is_rejected() -> None:
    """What readers saw, or answered, is removed, so that its place in the thread can be kept."""
    assert outcome(State.HELD, Act.REMOVE, was_live=False) is State.REJECTED
    assert outcome(State.HELD, Act.REMOVE, was_live=True) is State.REMOVED
    assert outcome(State.LIVE, Act.REMOVE, was_live=True) is State.REMOVED


@pytest.mark.parametrize("rule", RULES)
def test_a_removal_names_a_rule(rule) -> None:
    """By its key, or by the number that readers know."""
    for name in (rule.key, rule.number):
        assert check(decision(Act.REMOVE, rule=name)).rule == rule.key


@pytest.mark.parametrize("rule", [None, "", "99", "rudeness"])
def test_a_removal_without_a_rule_is_refused(rule: str | None) -> None:
    """Nothing is taken down for a reason that nobody can read."""
    with pytest.raises(InvalidField, match="rule"):
        check(decision(Act.REMOVE, rule=rule))


def test_other_decisions_name_none() -> None:
    """A rule left in the form says nothing about what was approved."""
    for act in (Act.APPROVE, Act.HOLD):
        assert check(decision(act, rule="spam")).rule is None
        assert check(decision(act)).rule is None


def test_a_note_is_cleaned_and_bounded() -> None:
    """Its author reads it whole."""
    assert check(decision(Act.HOLD, note=" a\x00b\u202e ")).note == "ab"
    with pytest.raises(TextTooLong) as long:
        check(decision(Act.HOLD, note="x" * (NOTE_GRAPHEMES + 2)))
    assert long.value.params["over"] == 2


def test_rules_are_numbered_as_they_stand() -> None:
    """One to eight, each with a key of its own and words to read."""
    assert [rule.number for rule in RULES] == [str(n) for n in range(1, len(RULES) + 1)]
    assert len({rule.key for rule in RULES}) == len(RULES)
    assert all(rule.title and rule.text for rule in RULES)
