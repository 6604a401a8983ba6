"""Who speaks when: what was written by hand at both ends of a discussion, the rest between."""

import random
from typing import NamedTuple

from moothall.seed.supply import Supply, Written

# Of a hundred comments at either end, so many are written by hand.
_BY_HAND = 0.86
# A thread begins after so many other comments, and gets its next reply after about so many.
_BETWEEN_ROOTS = 1.8
_PAUSE = 5.0


class Turn(NamedTuple):
    """A comment written by hand; `place` and `parent` are counted within its end of the discussion."""

    one: Written
    late: bool
    place: int

    @property
    def parent(self) -> tuple[bool, int] | None:
        """Which turn it answers."""
        return None if self.one.parent is None else (self.late, self.one.parent)


def turns(supply: Supply, count: int, dice: random.Random) -> list[Turn | None]:
    """So many turns in order, parents before their replies; None where somebody is made to speak."""
    early, late = _arrived(supply.early, False, dice), _arrived(supply.late, True, dice)
    if not supply.topics or count <= len(early) + len(late):
        kept = min(len(late), count // 2)
        return [*early[: count - kept], *late[:kept]]
    spare = count - len(early) - len(late)
    first, last = (min(spare // 2, round(len(end) * (1 - _BY_HAND) / _BY_HAND)) for end in (early, late))
    return [*_mingled(early, first, dice), *[None] * (spare - first - last), *_mingled(late, last, dice)]


def _arrived(written: tuple[Written, ...], late: bool, dice: random.Random) -> list[Turn]:
    """Threads as they come in: interleaved, each reply some while after what it answers."""
    at: list[float] = []
    roots = 0
    for one in written:
        if one.parent is None:
            at.append(roots * _BETWEEN_ROOTS)
            roots += 1
        else:
            at.append(at[one.parent] + 0.5 + dice.expovariate(1 / _PAUSE))
    order = sorted(range(len(written)), key=at.__getitem__)
    return [Turn(written[place], late, place) for place in order]


def _mingled(spoken: list[Turn], others: int, dice: random.Random) -> list[Turn | None]:
    """The same order with others among them, the first excepted."""
    places = set(dice.sample(range(1, len(spoken) + others), others)) if others else set()
    waiting = iter(spoken)
    return [None if n in places else next(waiting) for n in range(len(spoken) + others)]
