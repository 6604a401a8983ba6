"""Samples by lot, and what their second reviews say."""

import random

import pytest

from moothall.discussion.model import CommentId
from moothall.kernel.errors import InvalidField
from moothall.kernel.limits import DAY_MS, EDIT_WINDOW_MS, SAMPLE_DAYS, SAMPLE_SIZE
from moothall.moderation.sample import First, Judged, Wish, allotted, check_wish, draw
from moothall.moderation.second_review import (
    ALL_CHECKS,
    PEOPLE,
    Opinion,
    Reviewed,
    SecondReview,
    check_review,
    qualities,
    share,
)
from moothall.people.model import AccountId

NOW = 1_795_000_000_000


def judged(number: int, *phases: str, first: First = First.NOBODY, rule: str = "") -> Judged:
    return Judged(CommentId(number), 0, phases, first, rule)


def wish(**fields: object) -> Wish:
    known = {"size": 10, "seed": "autumn", "since_ms": NOW - DAY_MS, "until_ms": NOW, **fields}
    return Wish(id=1, actor_id=AccountId(5), at_ms=NOW, **known)  # type: ignore[arg-type]


def test_the_same_seed_draws_the_same() -> None:
    """Whatever the order in which comments are read; another seed draws others."""
    found = [judged(n, *(("words",) if n % 7 == 0 else ())) for n in range(1, 500)]
    again = random.Random(1).sample(found, len(found))
    assert draw(found, size=40, seed="a") == draw(again, size=40, seed="a")
    assert draw(found, size=40, seed="a") != draw(found, size=40, seed="b")


def test_each_kind_is_drawn_and_says_how_many_it_stands_for() -> None:
    """One of the rarest is there, and strata by machine, person and rule are apart."""
    found = [judged(n) for n in range(1, 1001)]
    found += [judged(n, "words", first=First.KEPT, rule="civil") for n in range(2001, 2004)]
    found += [
        judged(3001, "links", first=First.REMOVED, rule="spam"),
        judged(3002, first=First.REMOVED, rule="spam"),
    ]
    drawn = draw(found, size=20, seed="a")
    assert len(drawn) == 20
    assert {one.judged.stratum: one.stands_for for one in drawn} == {
        "passed nobody": 1000, "restricted kept civil": 3, "restricted removed spam": 1, "passed removed spam": 1,
    }  # fmt: skip
    assert len({one.judged.id for one in drawn}) == 20


def test_shares_are_never_more_than_there_is() -> None:
    """Nothing is drawn twice; a small sample takes the largest first."""
    assert allotted({"a": 3, "b": 1}, 10) == {"a": 3, "b": 1}
    assert allotted({"a": 100, "b": 2, "c": 1}, 2) == {"a": 1, "b": 1, "c": 0}
    assert allotted({"a": 400, "b": 100}, 30) == {"a": 20, "b": 10}
    assert allotted({}, 10) == {}


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("size", {"size": 0}),
        ("size", {"size": SAMPLE_SIZE + 1}),
        ("days", {"since_ms": NOW}),
        ("days", {"since_ms": NOW - (SAMPLE_DAYS + 1) * DAY_MS}),
        ("seed", {"seed": ""}),
        ("seed", {"seed": "a\nb"}),
        ("seed", {"seed": "a" * 61}),
    ],
)
def test_wishes_are_bounded(name: str, fields: dict[str, object]) -> None:
    """And what may still be edited is left out."""
    assert check_wish(wish()).until_ms == NOW - EDIT_WINDOW_MS
    with pytest.raises(InvalidField) as wrong:
        check_wish(wish(**fields))
    assert wrong.value.params == {"name": name}


def test_what_breaks_a_rule_names_it() -> None:
    """By number or key; what breaks none names none."""
    made = SecondReview(sample_id=1, comment_id=CommentId(2), reviewer_id=AccountId(3), opinion=Opinion.BREAKS,
                        rule="1", at_ms=NOW)  # fmt: skip
    assert check_review(made).rule == "civil"
    fine = SecondReview(sample_id=1, comment_id=CommentId(2), reviewer_id=AccountId(3), opinion=Opinion.FINE,
                        rule="1", at_ms=NOW)  # fmt: skip
    assert check_review(fine).rule is None
    with pytest.raises(InvalidField):
        check_review(SecondReview(sample_id=1, comment_id=CommentId(2), reviewer_id=AccountId(3),
                                  opinion=Opinion.BREAKS, rule="ninetynine", at_ms=NOW))  # fmt: skip


def test_shares_are_weighted_and_intervals_hold_them() -> None:
    """Against the plain formula of Wilson for equal weights: 8 of 10 lies in 0.490 to 0.943."""
    found = share([(1.0, n < 8) for n in range(10)])
    assert found is not None
    assert (found.value, round(found.low, 3), round(found.high, 3), found.count) == (0.8, 0.490, 0.943, 10)
    heavy = share([(9.0, True), (1.0, False)])
    assert heavy is not None
    assert heavy.value == 0.9
    assert heavy.low < 0.9 < heavy.high
    assert share([]) is None


def test_the_estimate_finds_what_is_so() -> None:
    """Of ten thousand comments of which all is known, the estimate from 500 holds the truth in its interval."""
    dice = random.Random(7)
    bad = {n for n in range(1, 10_001) if dice.random() < 0.1}
    found = [
        judged(n, *(("words",) if dice.random() < (0.6 if n in bad else 0.02) else ())) for n in range(1, 10_001)
    ]
    caught = [one.id for one in found if one.phases]
    recall = sum(n in bad for n in caught) / len(bad)
    precision = sum(n in bad for n in caught) / len(caught)
    drawn = draw(found, size=500, seed="a")
    reviewed = [
        Reviewed(1, one.judged.stratum, one.stands_for, one.judged.phases, one.judged.first,
                 Opinion.BREAKS if one.judged.id in bad else Opinion.FINE)
        for one in drawn
    ]  # fmt: skip
    every, words = qualities(reviewed)
    assert (every.means, words.means) == (ALL_CHECKS, "words")
    assert every.recall is not None
    assert every.precision is not None
    assert every.recall.low < recall < every.recall.high
    assert every.precision.low < precision < every.precision.high
    assert abs(every.recall.value - recall) < 0.1


def test_what_one_cannot_tell_counts_for_nothing() -> None:
    """People's own first decisions are measured beside the checks'."""
    cases = [
        ("restricted removed civil", ("words",), First.REMOVED, Opinion.BREAKS),
        ("restricted kept civil", ("words",), First.KEPT, Opinion.FINE),
        ("passed removed spam", (), First.REMOVED, Opinion.FINE),
        ("passed nobody", (), First.NOBODY, Opinion.UNSURE),
    ]
    found = qualities([Reviewed(1, name, 1, phases, first, said) for name, phases, first, said in cases])
    right = {one.means: one for one in found}
    assert set(right) == {ALL_CHECKS, "words", PEOPLE}
    every, people = right[ALL_CHECKS], right[PEOPLE]
    assert every.accuracy is not None
    assert every.precision is not None
    assert people.accuracy is not None
    assert (every.accuracy.count, every.precision.value, every.recall and every.recall.value) == (3, 0.5, 1.0)
    assert round(people.accuracy.value, 3) == 0.667
    assert qualities([]) == ()
