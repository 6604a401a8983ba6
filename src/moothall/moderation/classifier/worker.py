"""The scorer in a process of its own: a question a line of JSON comes in, an answer a line goes out.

Ends when nobody asks any more, so that it never outlives whoever began it.
"""

import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import msgspec

from moothall.moderation.classifier.kept import LocalScorer
from moothall.moderation.classifier.linear import LinearScorer
from moothall.moderation.classifier.port import Ask, Attribute, LanguageUnsupported, Scored


class Refused(msgspec.Struct, frozen=True):
    """As in `LanguageUnsupported`."""

    languages: tuple[str, ...]
    detected: bool
    attribute: Attribute | None = None

    @property
    def error(self) -> LanguageUnsupported:
        return LanguageUnsupported(self.languages, detected=self.detected, attribute=self.attribute)


class Answer(msgspec.Struct, frozen=True):
    """One of the two."""

    scored: Scored | None = None
    refused: Refused | None = None


_ASK, _ANSWER = msgspec.json.Decoder(Ask), msgspec.json.Encoder()


def serve(scorer: Callable[[], LinearScorer], asked: BinaryIO, told: BinaryIO) -> None:
    """Until the questions end.  Args: scorer: the one that answers now."""
    for line in asked:
        told.write(_ANSWER.encode(_answer(scorer(), line)) + b"\n")
        told.flush()


def _answer(scorer: LinearScorer, line: bytes) -> Answer:
    try:
        return Answer(scored=scorer.score_now(_ASK.decode(line)))
    except LanguageUnsupported as unknown:
        return Answer(refused=Refused(unknown.languages, unknown.detected, unknown.attribute))


if __name__ == "__main__":
    # Who stops the site by hand stops it first; this process then finds its questions at an end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    local = LocalScorer(Path(sys.argv[1]) if sys.argv[1:] else None)
    serve(local.now, sys.stdin.buffer, sys.stdout.buffer)
