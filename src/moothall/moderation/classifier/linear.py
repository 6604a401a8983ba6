"""The linear scorer: sums of bytes, no library.  One comment of 300 letters costs about a millisecond."""

import math
from collections.abc import Sequence

from moothall.moderation.classifier import calibration
from moothall.moderation.classifier.features import features, located
from moothall.moderation.classifier.language import detect
from moothall.moderation.classifier.plain import plain, plain_mapped
from moothall.moderation.classifier.port import (
    Ask,
    Attribute,
    AttributeUnsupported,
    LanguageUnsupported,
    Score,
    Scored,
    Span,
)
from moothall.moderation.classifier.spans import carried
from moothall.moderation.classifier.weights import Head, Weights


class LinearScorer:
    """A `Scorer` over one file of weights.

    Args:
        fallback: the language taken where the text is too short to tell and nobody hints.
    """

    def __init__(self, weights: Weights, *, fallback: str = "en") -> None:
        self._heads = {
            head.attribute: (head, row) for head, row in zip(weights.header.heads, weights.rows, strict=True)
        }
        self._fallback = fallback
        self.languages = weights.header.languages
        self.attributes = tuple(self._heads)

    async def score(self, ask: Ask) -> Scored:
        """Raises: LanguageUnsupported, AttributeUnsupported."""
        return self.score_now(ask)

    def score_now(self, ask: Ask) -> Scored:
        """As `score`, for callers without a loop."""
        for attribute in ask.attributes:
            if attribute not in self._heads:
                raise AttributeUnsupported(attribute)
        detected = detect(ask.text)
        language = self._language(ask.languages, detected)
        found = features(plain(ask.text))
        scores = {name: self._score(name, found) for name in ask.attributes}
        return Scored(self._explained(scores, ask) if ask.spans else scores, language, detected)

    def score_in(self, language: str, text: str, attribute: Attribute) -> float:
        """The score of a text whose language is known.  Raises: LanguageUnsupported."""
        if language not in self.languages:
            raise LanguageUnsupported((language,), detected=False)
        head, row = self._heads[attribute]
        return calibration.at(head.curve, logit(head, row, features(plain(text))))

    def _language(self, hints: tuple[str, ...], detected: str | None) -> str:
        """What the text says goes before what its sender says: hints are often a site's, not the comment's."""
        if detected is not None:
            if detected not in self.languages:
                raise LanguageUnsupported((detected,), detected=True)
            return detected
        asked = tuple(hint.partition("-")[0].lower() for hint in hints) or (self._fallback,)
        known = next((one for one in asked if one in self.languages), None)
        if known is None:
            raise LanguageUnsupported(asked, detected=False)
        return known

    def _score(self, name: Attribute, found: Sequence[int]) -> Score:
        head, row = self._heads[name]
        return Score(calibration.at(head.curve, logit(head, row, found)))

    def _explained(self, scores: dict[Attribute, Score], ask: Ask) -> dict[Attribute, Score]:
        """The text is taken apart once for all scores."""
        if all(score.value < ask.spans_from for score in scores.values()):
            return scores
        seen, origin = plain_mapped(ask.text)
        places = list(located(seen))

        def span(head: Head, row: memoryview, start: int, end: int) -> Span:
            part = features(f" {seen[start:end]} ")
            return Span(origin[start], origin[end - 1] + 1, calibration.at(head.curve, logit(head, row, part)))

        def spans(name: Attribute) -> tuple[Span, ...]:
            head, row = self._heads[name]
            held = carried(seen, ((row[bucket], start, end) for bucket, start, end in places))
            return tuple(span(head, row, start, end) for start, end in held)

        return {
            name: Score(score.value, spans(name)) if score.value >= ask.spans_from else score
            for name, score in scores.items()
        }


def logit(head: Head, row: memoryview, found: Sequence[int]) -> float:
    """Each text has length one, whatever its size."""
    if not found:
        return head.offset
    return head.offset + head.scale * sum(map(row.__getitem__, found)) / math.sqrt(len(found))
