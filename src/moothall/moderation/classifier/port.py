"""What a scorer is asked and answers."""

from enum import StrEnum
from typing import Protocol

import msgspec


class Attribute(StrEnum):
    """What a scorer may estimate of a comment."""

    TOXICITY = "toxicity"
    SEVERE_TOXICITY = "severe_toxicity"
    INSULT = "insult"
    PROFANITY = "profanity"
    THREAT = "threat"
    IDENTITY_ATTACK = "identity_attack"
    SEXUALLY_EXPLICIT = "sexually_explicit"


class Span(msgspec.Struct, frozen=True):
    """A stretch that carried a score: code-point offsets in the text, end exclusive; `score` is 0 to 1."""

    start: int
    end: int
    score: float


class Score(msgspec.Struct, frozen=True):
    """`value` is calibrated, 0 to 1."""

    value: float
    spans: tuple[Span, ...] = ()


class Scored(msgspec.Struct, frozen=True):
    """The scores asked for, the language they were made in, and the one found in the text where it was sure."""

    scores: dict[Attribute, Score]
    language: str
    detected: str | None = None


class Ask(msgspec.Struct, frozen=True, kw_only=True):
    """One text to score.  `languages` are the caller's hints; none means: find it.

    `spans` asks what carried each score that is `spans_from` at least; `partly` leaves out attributes that are not
    trained in the text's language, where at least one is.
    """

    text: str
    attributes: tuple[Attribute, ...]
    languages: tuple[str, ...] = ()
    spans: bool = False
    spans_from: float = 0.0
    partly: bool = False


class CannotScore(Exception):
    """A scorer has no honest answer."""


class LanguageUnsupported(CannotScore):
    """`languages` were found or asked for, and nothing is trained in them, or not this `attribute`."""

    def __init__(self, languages: tuple[str, ...], *, detected: bool, attribute: Attribute | None = None) -> None:
        super().__init__(f"no weights for {', '.join(languages)}")
        self.languages = languages
        self.detected = detected
        self.attribute = attribute


class AttributeUnsupported(CannotScore):
    """The scorer has no weights for the attribute."""

    def __init__(self, attribute: Attribute) -> None:
        super().__init__(f"no weights for {attribute}")
        self.attribute = attribute


class Scorer(Protocol):
    """A model in this process or behind an address.  Callers set the deadline and cancel."""

    @property
    def attributes(self) -> tuple[Attribute, ...]: ...

    @property
    def languages(self) -> tuple[str, ...]: ...

    async def score(self, ask: Ask) -> Scored:
        """Raises: CannotScore."""
        ...
