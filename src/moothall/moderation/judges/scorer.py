"""The local classifier as a judge: its scores are findings, weighed by the standards' thresholds."""

from collections.abc import Sequence
from dataclasses import dataclass

from moothall.discussion.verdict import Context, Finding
from moothall.moderation.classifier.port import Ask, CannotScore, Scorer

_LEAST = 0.1


@dataclass(frozen=True, slots=True)
class ScorerJudge:
    """A language or an attribute that it was not trained in is no finding; late or broken is held."""

    scorer: Scorer
    deadline_ms: int
    name: str = "classifier"
    phase: str = "classifier"

    async def findings(self, context: Context) -> Sequence[Finding]:
        """One a score, with the span that carried most of it."""
        asked = Ask(
            text=context.body, attributes=self.scorer.attributes, languages=(context.story.lang,), spans=True
        )
        try:
            scored = await self.scorer.score(asked)
        except CannotScore:
            return ()
        found = []
        for attribute, score in scored.scores.items():
            if score.value >= _LEAST:
                most = max(score.spans, key=lambda span: span.score, default=None)
                start, end = (most.start, most.end) if most else (0, 0)
                value = round(score.value, 3)
                found.append(Finding(self.phase, cue=attribute.value, value=value, start=start, end=end))
        return found
