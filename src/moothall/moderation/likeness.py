"""How alike two texts are, exactly: for a moderator's eye, where a few are compared and short ones count too."""

from moothall.moderation.word_forms import read

_RUN = 3
ALIKE = 0.5
"""From here on two comments are shown as alike: the same text with a few words changed."""


def shingles(text: str) -> frozenset[tuple[str, ...]]:
    """Runs of three words as word lists see them; shorter texts are one run."""
    words = tuple(read(text)[1])
    if len(words) <= _RUN:
        return frozenset({words}) if words else frozenset()
    return frozenset(words[n : n + _RUN] for n in range(len(words) - _RUN + 1))


def likeness(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> float:
    """Share of runs that both have, 0 to 1.  Source: Broder 1997, resemblance."""
    if not one or not other:
        return 0.0
    return len(one & other) / len(one | other)
