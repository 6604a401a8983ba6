"""A text as the numbers of its hashed word and character n-grams."""

import re
from collections.abc import Iterator
from itertools import pairwise
from zlib import crc32

import msgspec

from moothall.moderation.classifier.groups import STANDS_FOR, blind

VERSION = 2
_WORD, _PAIR = 0x51ED270B, 0x2545F491
_TOKEN = re.compile(r"[^\W_]+(?:'[a-z]+)?|[!?]")
_SEEN = re.compile(f"[^{STANDS_FOR}]+")
# Shorter words have no middle that letters could change places in.
_MIDDLE = 4
Located = tuple[int, int, int]
"""A bucket, and the characters of the plain text from and to which its n-gram stands."""


class Reading(msgspec.Struct, frozen=True):
    """How a language's texts are read: how many characters its n-grams have, and into how many buckets all fall."""

    language: str
    grams: tuple[int, ...]
    buckets: int


def features(plain: str, reading: Reading) -> list[int]:
    """The buckets that a plain text falls into, each once, in order.

    What touches the name of a group is left out, so that it can carry nothing.
    """
    found: set[int] = set()
    for start, end in _stretches(plain, reading.language):
        part = plain[start:end].encode() if plain.isascii() else plain[start:end]
        tokens = [_letters(token) for token in _TOKEN.findall(plain, start, end)]
        found.update([crc32(word.encode(), _WORD) for word in tokens])
        found.update([crc32(f"{a} {b}".encode(), _PAIR) for a, b in pairwise(tokens)])
        for size in reading.grams:
            places = range(len(part) - size + 1)
            if isinstance(part, bytes):
                found.update([crc32(part[at : at + size]) for at in places])
            else:
                found.update([crc32(part[at : at + size].encode()) for at in places])
    buckets = reading.buckets
    return sorted({hashed % buckets for hashed in found})


def located(plain: str, reading: Reading) -> Iterator[Located]:
    """The same buckets, as often as they occur, each with its place."""
    buckets = reading.buckets
    for start, end in _stretches(plain, reading.language):
        before, said = -1, ""
        for found in _TOKEN.finditer(plain, start, end):
            word = _letters(found.group())
            yield crc32(word.encode(), _WORD) % buckets, found.start(), found.end()
            if before >= 0:
                yield crc32(f"{said} {word}".encode(), _PAIR) % buckets, before, found.end()
            before, said = found.start(), word
        for size in reading.grams:
            for at in range(start, end - size + 1):
                yield crc32(plain[at : at + size].encode()) % buckets, at, at + size


def _letters(word: str) -> str:
    """Its first and last letter, and those between by the alphabet: letters that change places are seen through."""
    return word if len(word) < _MIDDLE else word[0] + "".join(sorted(word[1:-1])) + word[-1]


def _stretches(plain: str, language: str) -> Iterator[tuple[int, int]]:
    """Between the names of groups."""
    return (found.span() for found in _SEEN.finditer(blind(plain, language)))
