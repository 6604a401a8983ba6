"""What moderation did, in numbers: for the newsroom as a whole, never by person."""

import statistics
from collections import Counter
from collections.abc import Sequence

import msgspec

from moothall.kernel.limits import DAY_MS, HOUR_MS
from moothall.moderation.appeal import AppealOutcome


class Taken(msgspec.Struct, frozen=True):
    """A decision that stands.  `waited_ms` is from the comment to the decision."""

    kind: str
    rule: str | None
    at_ms: int
    waited_ms: int


class Heating(msgspec.Struct, frozen=True):
    """A story whose discussion grows: comments of the last hour, and an hour's share of the day before."""

    code: str
    headline: str
    last_hour: int
    usual: float


class Ruled(msgspec.Struct, frozen=True):
    """An appeal that was decided."""

    outcome: AppealOutcome
    at_ms: int


class Day(msgspec.Struct, frozen=True):
    """One day, by its first millisecond.  The last three are appeals decided on it."""

    at_ms: int
    comments: int
    approved: int
    held: int
    removed: int
    median_wait_ms: int | None
    upheld: int
    partly: int
    reversed: int


class Numbers(msgspec.Struct, frozen=True):
    """Days rising; rules by how often they were named, most first."""

    days: tuple[Day, ...]
    rules: tuple[tuple[str, int], ...]
    heating: tuple[Heating, ...]


def numbers(
    first_ms: int,
    comments: Sequence[int],
    taken: Sequence[Taken],
    ruled: Sequence[Ruled],
    heating: Sequence[Heating],
) -> Numbers:
    """Args:
    first_ms: when the first day begins.
    comments: how many were written, day by day.
    """
    by_day: dict[int, list[Taken]] = {}
    for one in taken:
        by_day.setdefault((one.at_ms - first_ms) // DAY_MS, []).append(one)
    appeals = Counter(((one.at_ms - first_ms) // DAY_MS, one.outcome) for one in ruled)
    days = tuple(
        _day(first_ms + n * DAY_MS, count, by_day.get(n, []), [appeals[n, outcome] for outcome in AppealOutcome])
        for n, count in enumerate(comments)
    )
    rules = Counter(one.rule for one in taken if one.rule)
    return Numbers(days, tuple(rules.most_common()), tuple(sorted(heating, key=_heat, reverse=True)))


def is_heating(last_hour: int, usual: float) -> bool:
    """Twice its usual pace, and enough comments to say so."""
    return last_hour >= 5 and last_hour >= 2 * usual


def in_words_ms(wait_ms: int) -> tuple[int, str]:
    """A wait as a person says it: a number, and `minutes`, `hours` or `days`."""
    if wait_ms < 2 * HOUR_MS:
        return round(wait_ms / 60_000), "minutes"
    if wait_ms < 2 * DAY_MS:
        return round(wait_ms / HOUR_MS), "hours"
    return round(wait_ms / DAY_MS), "days"


def _heat(one: Heating) -> float:
    return one.last_hour / (one.usual + 1)


def _day(at_ms: int, comments: int, taken: Sequence[Taken], appeals: Sequence[int]) -> Day:
    kinds = Counter(one.kind for one in taken)
    waits = [one.waited_ms for one in taken]
    median = int(statistics.median(waits)) if waits else None
    return Day(at_ms, comments, kinds["approve"], kinds["hold"], kinds["remove"], median, *appeals)
