"""The rule time machine: what other standards would have made of comments that were judged before.

The same table weighs what was found then as weighs what is found now, so replayed and live verdicts agree.
"""

from collections.abc import Iterable
from enum import StrEnum

import msgspec

from moothall.discussion.verdict import Finding, Weight
from moothall.kernel.limits import REPLAY_EXAMPLES
from moothall.moderation.standards_model import Standards
from moothall.moderation.weigh import HEAVIER, Table
from moothall.moderation.word_finder import WordFinder

Found = tuple[str, str, float]
"""Phase, cue and value of a finding, as it was kept."""


class Decided(StrEnum):
    """What moderators decided on a comment in the end."""

    KEPT = "kept"
    DOWN = "down"


class Past(msgspec.Struct, frozen=True):
    """A comment as it was judged.  `body` is empty where no list has to be looked through again."""

    comment_id: int
    found: tuple[Found, ...]
    held_then: bool
    decided: Decided | None = None
    body: str = ""


class Example(msgspec.Struct, frozen=True):
    """A comment that the other standards would have treated otherwise, and by which rule."""

    comment_id: int
    weight: Weight
    rule: str | None
    decided: Decided | None


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """What would have been.  `days` is the span of the comments looked at, at least one hour's part of a day."""

    comments: int
    days: float
    held_then: int
    held: int
    nudged: int
    kept: int
    down: int
    newly: tuple[Example, ...]
    no_longer: tuple[Example, ...]

    @property
    def precision(self) -> float | None:
        """Of those held on which moderators had decided, the share that they took down."""
        decided = self.kept + self.down
        return self.down / decided if decided else None

    @property
    def extra_per_day(self) -> float:
        """How many more comments moderators would have had to read a day; below 0: fewer."""
        return (self.held - self.held_then) / self.days


class Machine:
    """Weighs the findings of the past by other standards.

    Args:
        rescan: the word lists differ, so bodies are looked through again in place of what was found then.
    """

    def __init__(self, standards: Standards, *, rescan: bool = False) -> None:
        self._table = Table(standards)
        self._words = WordFinder(standards.words) if rescan else None
        self._known: dict[Found, tuple[Weight, str | None]] = {}
        self.held_then = self.held = self.nudged = self.kept = self.down = 0
        self._newly: list[Example] = []
        self._no_longer: list[Example] = []

    def feed(self, pasts: Iterable[Past]) -> None:
        """Count some comments; in any order, each once."""
        for past in pasts:
            weight, rule = self.weigh(past)
            holds = weight in (Weight.HOLD, Weight.REJECT)
            self.held += holds
            self.held_then += past.held_then
            self.nudged += weight is Weight.NUDGE
            if holds:
                self.kept += past.decided is Decided.KEPT
                self.down += past.decided is Decided.DOWN
            if holds is not past.held_then:
                told = self._newly if holds else self._no_longer
                if len(told) < REPLAY_EXAMPLES:
                    told.append(Example(past.comment_id, weight, rule, past.decided))

    def weigh(self, past: Past) -> tuple[Weight, str | None]:
        """The heaviest finding's weight and rule; a note without findings."""
        best: tuple[Weight, str | None] = (Weight.NOTE, None)
        for found in self._found(past):
            known = self._known.get(found)
            if known is None:
                phase, cue, value = found
                weighed = self._table.weigh(Finding(phase, cue=cue, value=value))
                known = self._known[found] = weighed.weight, weighed.rule
            if HEAVIER[known[0]] > HEAVIER[best[0]]:
                best = known
        return best

    def result(self, *, comments: int, days: float) -> Result:
        """Of all that was fed; `comments` counts also those in which nothing was found."""
        return Result(
            comments=comments,
            days=max(days, 1 / 24),
            held_then=self.held_then,
            held=self.held,
            nudged=self.nudged,
            kept=self.kept,
            down=self.down,
            newly=tuple(self._newly),
            no_longer=tuple(self._no_longer),
        )

    def _found(self, past: Past) -> Iterable[Found]:
        if self._words is None:
            return past.found
        others = [found for found in past.found if found[0] != "words"]
        return others + [("words", hit.listed, 1.0) for hit in self._words.find(past.body)]


def not_replayed(before: Standards, after: Standards) -> tuple[str, ...]:
    """What changes beyond thresholds, outcomes and word lists: nothing kept can tell what it would have found."""
    names = ("links", "pre_moderate")
    return tuple(name for name in names if getattr(before, name) != getattr(after, name))
