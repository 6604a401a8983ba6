"""An OpenAI-compatible moderation endpoint: a score for each of its categories, weighed by the standards."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

import msgspec

from moothall.discussion.verdict import Context, Finding
from moothall.moderation.judges.http import Placed, ask, decoded, headers_of
from moothall.moderation.judges.port import Nonsense

# Below this a score says nothing, and would fill the table of findings.
_LEAST = 0.1
_MOST = 30
_Score = Annotated[float, msgspec.Meta(ge=0, le=1)]


class _Result(msgspec.Struct):
    scores: Mapping[str, _Score] = msgspec.field(name="category_scores")


class _Answer(msgspec.Struct):
    results: tuple[_Result, ...]


@dataclass(frozen=True, slots=True)
class ScoresJudge(Placed):
    """Its categories are cues: `hate/threatening` is `hate_threatening` in the standards."""

    model: str
    phase: str = "classifier"

    async def findings(self, context: Context) -> Sequence[Finding]:
        """Raises: Nonsense, httpx.HTTPError."""
        question = json.dumps({"model": self.model, "input": context.body}).encode()
        answer = decoded(await ask(self.place, question, headers_of(self.place)), _Answer)
        if not answer.results or len(answer.results[0].scores) > _MOST:
            raise Nonsense("no scores, or too many")
        return tuple(
            Finding(self.phase, cue=re.sub(r"\W", "_", name)[:40], value=round(score, 3), detail=self.name)
            for name, score in answer.results[0].scores.items()
            if score >= _LEAST
        )
