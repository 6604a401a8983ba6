"""Which words of a text carried its score."""

import re
from collections.abc import Iterable
from math import fsum

_WORD = re.compile(r"[^\s]+")
# Of what the strongest word carries; a weaker one explains little.
_SHARE = 0.45
_BETWEEN = 1


def carried(plain: str, places: Iterable[tuple[int, int, int]]) -> list[tuple[int, int]]:
    """Stretches of whole words, in order.

    Args:
        places: of each n-gram its weight, and from and to which character it stands.
    """
    held = [0.0] * len(plain)
    for weight, start, end in places:
        for at in range(start, end):
            held[at] += weight / (end - start)
    words = [(fsum(held[m.start() : m.end()]), m.start(), m.end()) for m in _WORD.finditer(plain)]
    most = max((weight for weight, _, _ in words), default=0.0)
    found: list[tuple[int, int]] = []
    for held_by, start, end in words:
        if held_by <= 0 or held_by < _SHARE * most:
            continue
        if found and start - found[-1][1] <= _BETWEEN:
            found[-1] = found[-1][0], end
        else:
            found.append((start, end))
    return found
