"""Related stories: the editor's first, then those that share rare keywords, fresher before older."""

from collections.abc import Sequence
from math import log

import msgspec

from moothall.kernel.limits import DAY_MS
from moothall.story.model import StoryCard

# After a month a story is worth half as much beside a new one.
_HALF_LIFE_MS = 30 * DAY_MS
_SAME_SECTION = 0.1


class Candidate(msgspec.Struct, frozen=True):
    """A story, and for each keyword that it shares, how many stories carry it."""

    card: StoryCard
    shared: tuple[int, ...]


def related(
    pinned: Sequence[StoryCard], candidates: Sequence[Candidate], *, now_ms: int, limit: int
) -> tuple[StoryCard, ...]:
    """At most `limit` stories, none twice."""
    best = sorted(candidates, key=lambda one: (-_worth(one, now_ms), -one.card.id))
    unique = {card.id: card for card in (*pinned, *(one.card for one in best))}
    return tuple(unique.values())[:limit]


def _worth(one: Candidate, now_ms: int) -> float:
    likeness = _SAME_SECTION + sum(1 / log(1 + max(carried_by, 2)) for carried_by in one.shared)
    age_ms = max(0, now_ms - one.card.published_at_ms)
    return likeness / (1 + age_ms / _HALF_LIFE_MS)
