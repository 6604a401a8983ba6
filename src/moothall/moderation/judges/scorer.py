"""The local classifier as a judge: its scores are findings, weighed by the standards' thresholds."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from moothall.discussion.verdict import Context, Finding
from moothall.moderation.classifier.port import Ask, Attribute, CannotScore, Score, Scorer
from moothall.moderation.judges.port import Nonsense
from moothall.moderation.standards_model import Standards

# Below this a score says nothing, and would fill the table of findings.
LEAST = 0.1
PHASE = "classifier"


@dataclass(frozen=True, slots=True)
class ScorerJudge:
    """Asked only what the standards have a line for; a language that it was not trained in
    is no finding."""

    scorer: Scorer
    in_force: Callable[[], Standards]
    deadline_ms: int
    name: str = PHASE
    phase: str = PHASE

    def is_for(self, standards: Standards) -> bool:
        """Whether some line is about an attribute that it knows."""
        return is_asked(standards) and bool(wanted_of(standards, self.scorer.attributes))

    async def findings(self, context: Context) -> Sequence[Finding]:
        """One a score, with the span that carried most of it.  Raises: Nonsense, and what its scorer raises."""
        wanted = wanted_of(self.in_force(), self.scorer.attributes)
        if not wanted:
            return ()
        asked = Ask(
            text=context.body,
            attributes=wanted,
            languages=(context.story.lang,),
            spans=True,
            spans_from=LEAST,
            partly=True,
        )
        try:
            scored = await self.scorer.score(asked)
        except CannotScore:
            return ()
        if any(not 0 <= score.value <= 1 for score in scored.scores.values()):
            raise Nonsense("a score that is none")
        return tuple(self._finding(name, score) for name, score in scored.scores.items() if score.value >= LEAST)

    def _finding(self, name: Attribute, score: Score) -> Finding:
        most = max(score.spans, key=lambda span: span.score, default=None)
        start, end = (most.start, most.end) if most else (0, 0)
        return Finding(self.phase, cue=name.value, value=_down(score.value), start=start, end=end)


def is_asked(standards: Standards) -> bool:
    """Whether some line is the classifier's."""
    return any(line.phase == PHASE for line in standards.all_finds)


def wanted_of(standards: Standards, known: Sequence[Attribute]) -> tuple[Attribute, ...]:
    """The attributes that have a line; a line without a cue is each one's."""
    cues = {line.cue for line in standards.all_finds if line.phase == PHASE}
    return tuple(one for one in known if "" in cues or one.value in cues)


def _down(value: float) -> float:
    """Never up: a score just under a line must not meet it."""
    return math.floor(value * 1000) / 1000
