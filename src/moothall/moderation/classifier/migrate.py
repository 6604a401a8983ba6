"""Carries a threshold from one scorer to another: the same share of the same comments stands above it."""

import math
from collections.abc import Sequence

import msgspec

from moothall.kernel.limits import THRESHOLD_FEW

# 95 of 100.
_NORMAL = 1.96


class Pair(msgspec.Struct, frozen=True):
    """What two scorers said of one comment, 0 to 1."""

    old: float
    new: float


class Mapped(msgspec.Struct, frozen=True):
    """An old threshold and ours.

    `low` and `high` bound ours at 95 %; `both` is of those above the old one the share that is above ours, too.
    """

    old: float
    new: float
    low: float
    high: float
    comments: int
    above: int
    both: float

    @property
    def few(self) -> bool:
        """Whether too few stand on one side of it to believe its third digit."""
        return min(self.above, self.comments - self.above) < THRESHOLD_FEW


def mapped(pairs: Sequence[Pair], old: float) -> Mapped | None:
    """Ours for an old threshold; None where no comment reaches that.

    Source: David and Nagaraja, Order Statistics (bounds by rank), widened as if the two shares were independent.
    """
    above = sum(pair.old >= old for pair in pairs)
    if not above:
        return None
    ranked = sorted((pair.new for pair in pairs), reverse=True)
    spread = math.ceil(_NORMAL * math.sqrt(2 * above * (1 - above / len(pairs))))
    new = _down(ranked[above - 1])
    return Mapped(
        old=old,
        new=new,
        low=_down(ranked[min(above + spread, len(ranked)) - 1]),
        high=_down(ranked[max(above - spread, 1) - 1]),
        comments=len(pairs),
        above=above,
        both=sum(pair.old >= old and pair.new >= new for pair in pairs) / above,
    )


def _down(score: float) -> float:
    """To three digits, and never up: whoever stood on the line stays above it."""
    return math.floor(score * 1000) / 1000
