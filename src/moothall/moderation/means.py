"""What phases look things up in: made of the standards in force, and of what was posted lately."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from moothall.discussion.verdict import Context, Finding
from moothall.moderation.recent import Recent
from moothall.moderation.standards_model import LinkLists, PreModeration, Standards
from moothall.moderation.word_finder import WordFinder


@dataclass(frozen=True, slots=True)
class Means:
    """Read only, but for `recent`, which is fed with what was written."""

    words: WordFinder
    links: LinkLists
    pre_moderate: PreModeration
    recent: Recent


Phase = Callable[[Context, Means], Sequence[Finding]]


def means_of(standards: Standards, recent: Recent) -> Means:
    """The tables of a document."""
    return Means(WordFinder(standards.words), standards.links, standards.pre_moderate, recent)
