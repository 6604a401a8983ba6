"""The linear scorer: sums of bytes, no library.  One comment of 300 letters costs about a millisecond."""

import math
from collections.abc import Sequence

from moothall.moderation.classifier import calibration
from moothall.moderation.classifier.features import Reading, features, located
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


class _Language:
    """One language's attributes."""

    def __init__(self, weights: Weights) -> None:
        self.reading: Reading = weights.header.reading
        self.heads: dict[Attribute, tuple[Head, memoryview]] = {
            head.attribute: (head, row) for head, row in zip(weights.header.heads, weights.rows, strict=True)
        }

    def scores(self, text: str, names: Sequence[Attribute]) -> dict[Attribute, Score]:
        found = features(plain(text), self.reading)
        return {name: Score(calibrated(*self.heads[name], found)) for name in names}

    def explained(self, scores: dict[Attribute, Score], ask: Ask) -> dict[Attribute, Score]:
        """The text is taken apart once for all scores."""
        if all(score.value < ask.spans_from for score in scores.values()):
            return scores
        seen, origin = plain_mapped(ask.text)
        places = list(located(seen, self.reading))

        def span(head: Head, row: memoryview, start: int, end: int) -> Span:
            part = features(f" {seen[start:end]} ", self.reading)
            return Span(origin[start], origin[end - 1] + 1, calibrated(head, row, part))

        def spans(name: Attribute) -> tuple[Span, ...]:
            head, row = self.heads[name]
            held = carried(seen, ((row[bucket], start, end) for bucket, start, end in places))
            return tuple(span(head, row, start, end) for start, end in held)

        return {
            name: Score(score.value, spans(name)) if score.value >= ask.spans_from else score
            for name, score in scores.items()
        }


class LinearScorer:
    """A `Scorer` over files of weights, one a language.

    Args:
        fallback: the language taken where the text is too short to tell and nobody hints.
    """

    def __init__(self, weights: Sequence[Weights], *, fallback: str = "en") -> None:
        self._known = {one.header.reading.language: _Language(one) for one in weights}
        self._fallback = fallback
        self.languages = tuple(self._known)
        self.attributes = tuple(dict.fromkeys(name for one in self._known.values() for name in one.heads))

    async def score(self, ask: Ask) -> Scored:
        """Raises: LanguageUnsupported, AttributeUnsupported."""
        return self.score_now(ask)

    def score_now(self, ask: Ask) -> Scored:
        """As `score`, for callers without a loop."""
        for attribute in ask.attributes:
            if attribute not in self.attributes:
                raise AttributeUnsupported(attribute)
        detected = detect(ask.text)
        language = self._language(ask.languages, detected)
        known = self._known[language]
        names = [name for name in ask.attributes if name in known.heads]
        if len(names) < len(ask.attributes) and not (names and ask.partly):
            lacking = next(name for name in ask.attributes if name not in known.heads)
            raise LanguageUnsupported((language,), detected=detected is not None, attribute=lacking)
        scores = known.scores(ask.text, names)
        return Scored(known.explained(scores, ask) if ask.spans else scores, language, detected)

    def score_in(self, language: str, text: str, attribute: Attribute) -> float:
        """The score of a text whose language is known.  Raises: LanguageUnsupported."""
        if language not in self._known:
            raise LanguageUnsupported((language,), detected=False)
        return self._known[language].scores(text, [attribute])[attribute].value

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


def calibrated(head: Head, row: memoryview, found: Sequence[int]) -> float:
    """The score of what was found.  Each text has length one, whatever its size."""
    if not found:
        return calibration.at(head.curve, head.offset)
    logit = head.offset + head.scale * sum(map(row.__getitem__, found)) / math.sqrt(len(found))
    return calibration.at(head.curve, logit)
