"""Blind second reviews, and what they say about how right the checks are.

Shares are weighted: each review counts for the comments of its stratum, divided by the reviews of that stratum.
Intervals are Wilson's at 95 %, for the number of equally weighted reviews that would say as much.
Source: E. B. Wilson 1927; L. Kish, Survey Sampling, 1965 (effective size).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum

import msgspec

from moothall.discussion.model import CommentId
from moothall.kernel.errors import InvalidField
from moothall.moderation.sample import First
from moothall.moderation.standards import rule_of
from moothall.people.model import AccountId

ALL_CHECKS, PEOPLE = "all", "people"
"""What the checks found together; what people decided first.  Other names are those of phases."""
_Z = 1.959964


class Opinion(StrEnum):
    """It breaks a rule, it breaks none, or one cannot tell."""

    BREAKS = "breaks"
    FINE = "fine"
    UNSURE = "unsure"


class SecondReview(msgspec.Struct, frozen=True, kw_only=True):
    """What a second person thinks, who was not told what the first did."""

    sample_id: int
    comment_id: CommentId
    reviewer_id: AccountId
    opinion: Opinion
    rule: str | None
    at_ms: int


class Question(msgspec.Struct, frozen=True):
    """All that a reviewer is shown: no verdict, no findings, nothing of the author."""

    sample_id: int
    comment_id: CommentId
    body_html: str
    parent_html: str
    story_headline: str
    lang: str


class Reviewed(msgspec.Struct, frozen=True):
    """A comment of a sample with its second review.  `phases`: which checks restricted it."""

    sample_id: int
    stratum: str
    stands_for: int
    phases: tuple[str, ...]
    first: First
    opinion: Opinion


class Share(msgspec.Struct, frozen=True):
    """A weighted share with its interval, all in 0 to 1.  `count`: the reviews that it rests on."""

    value: float
    low: float
    high: float
    count: int


class Quality(msgspec.Struct, frozen=True):
    """How right one means is.  A share is None where no review speaks about it.

    `precision`: of what it restricted, what breaks a rule; `recall`: of what breaks a rule, what it restricted.
    """

    means: str
    accuracy: Share | None
    precision: Share | None
    recall: Share | None


class _Case(msgspec.Struct, frozen=True):
    weight: float
    restricted: bool
    breaks: bool


def check_review(wanted: SecondReview) -> SecondReview:
    """With its rule named by key.  Raises: InvalidField when what breaks a rule names none that exists."""
    if wanted.opinion is not Opinion.BREAKS:
        return msgspec.structs.replace(wanted, rule=None)
    rule = rule_of(wanted.rule)
    if rule is None:
        raise InvalidField(name="rule")
    return msgspec.structs.replace(wanted, rule=rule.key)


def qualities(reviewed: Sequence[Reviewed]) -> tuple[Quality, ...]:
    """Of all checks together, of each by its name, of people's first decisions; those without a case are left out.

    What a reviewer could not tell counts for nothing.
    """
    told = [one for one in reviewed if one.opinion is not Opinion.UNSURE]
    weights = _weights(told)
    found = [_quality(ALL_CHECKS, told, weights, lambda one: bool(one.phases))]
    found += [_of_check(name, told, weights) for name in sorted({phase for one in told for phase in one.phases})]
    people = [one for one in told if one.first is not First.NOBODY]
    found.append(_quality(PEOPLE, people, weights, lambda one: one.first is First.REMOVED))
    return tuple(one for one in found if one.accuracy is not None)


def share(cases: Iterable[tuple[float, bool]]) -> Share | None:
    """The weighted share of what is so.  Args: cases: weight, and whether it is so."""
    known = list(cases)
    sum_of = sum(weight for weight, _ in known)
    if not sum_of:
        return None
    value = sum(weight for weight, is_so in known if is_so) / sum_of
    alike = sum_of**2 / sum(weight**2 for weight, _ in known)
    middle = (value + _Z**2 / (2 * alike)) / (1 + _Z**2 / alike)
    reach = _Z / (1 + _Z**2 / alike) * (value * (1 - value) / alike + _Z**2 / (4 * alike**2)) ** 0.5
    return Share(value, max(0.0, middle - reach), min(1.0, middle + reach), len(known))


def _weights(told: Sequence[Reviewed]) -> dict[tuple[int, str], float]:
    """How many comments a review of each stratum stands for; what was not reviewed is left to the others."""
    counts = Counter((one.sample_id, one.stratum) for one in told)
    return {(one.sample_id, one.stratum): one.stands_for / counts[one.sample_id, one.stratum] for one in told}


def _of_check(name: str, told: Sequence[Reviewed], weights: dict[tuple[int, str], float]) -> Quality:
    return _quality(name, told, weights, lambda one: name in one.phases)


def _quality(
    means: str,
    told: Sequence[Reviewed],
    weights: dict[tuple[int, str], float],
    restricts: Callable[[Reviewed], bool],
) -> Quality:
    cases = [
        _Case(weights[one.sample_id, one.stratum], restricts(one), one.opinion is Opinion.BREAKS) for one in told
    ]
    return Quality(
        means,
        accuracy=share((one.weight, one.restricted == one.breaks) for one in cases),
        precision=share((one.weight, one.breaks) for one in cases if one.restricted),
        recall=share((one.weight, one.restricted) for one in cases if one.breaks),
    )
