"""A text as the numbers of its hashed word and character n-grams."""

import re
from collections.abc import Iterator
from itertools import pairwise
from zlib import crc32

from moothall.moderation.classifier.groups import STANDS_FOR, blind

VERSION = 1
# 480,000 buckets of six attributes, a byte each, are 2.9 MB.
BUCKETS = 480_000
_GRAMS = (3, 4, 5)
_WORD, _PAIR = 0x51ED270B, 0x2545F491
_TOKEN = re.compile(r"[^\W_]+(?:'[a-z]+)?|[!?]")
_SEEN = re.compile(f"[^{STANDS_FOR}]+")
Located = tuple[int, int, int]
"""A bucket, and the characters of the plain text from and to which its n-gram stands."""


def features(plain: str) -> list[int]:
    """The buckets that a plain text falls into, each once, in order.

    What touches the name of a group is left out, so that it can carry nothing.
    """
    found: set[int] = set()
    for start, end in _stretches(plain):
        part = plain[start:end].encode() if plain.isascii() else plain[start:end]
        tokens = _TOKEN.findall(plain, start, end)
        found.update([crc32(word.encode(), _WORD) for word in tokens])
        found.update([crc32(f"{a} {b}".encode(), _PAIR) for a, b in pairwise(tokens)])
        for size in _GRAMS:
            places = range(len(part) - size + 1)
            if isinstance(part, bytes):
                found.update([crc32(part[at : at + size]) for at in places])
            else:
                found.update([crc32(part[at : at + size].encode()) for at in places])
    return sorted({hashed % BUCKETS for hashed in found})


def located(plain: str) -> Iterator[Located]:
    """The same buckets, as often as they occur, each with its place."""
    for start, end in _stretches(plain):
        before = None
        for found in _TOKEN.finditer(plain, start, end):
            yield crc32(found.group().encode(), _WORD) % BUCKETS, found.start(), found.end()
            if before is not None:
                pair = f"{before.group()} {found.group()}"
                yield crc32(pair.encode(), _PAIR) % BUCKETS, before.start(), found.end()
            before = found
        for size in _GRAMS:
            for at in range(start, end - size + 1):
                yield crc32(plain[at : at + size].encode()) % BUCKETS, at, at + size


def _stretches(plain: str) -> Iterator[tuple[int, int]]:
    """Between the names of groups."""
    return (found.span() for found in _SEEN.finditer(blind(plain)))
