"""How alike two texts are, for a moderator's eye: shared words in order, letters' case and marks aside."""

import re
import unicodedata

_WORD = re.compile(r"\w+")
_RUN = 3
ALIKE = 0.5
"""From here on two comments are shown as alike: the same text with a few words changed."""


def shingles(text: str) -> frozenset[tuple[str, ...]]:
    """Runs of three words; shorter texts are one run."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    found = _WORD.findall("".join(c for c in plain if not unicodedata.combining(c)))
    if len(found) <= _RUN:
        return frozenset({tuple(found)}) if found else frozenset()
    return frozenset(tuple(found[n : n + _RUN]) for n in range(len(found) - _RUN + 1))


def likeness(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> float:
    """Share of runs that both have, 0 to 1.  Source: Broder 1997, resemblance."""
    if not one or not other:
        return 0.0
    return len(one & other) / len(one | other)
