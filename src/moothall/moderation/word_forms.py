"""The tokens of a folded text, and the plain words that they may be meant as."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from moothall.kernel.fold import fold, is_cyrillic, latin

TOKEN = re.compile(r"[^\W_]+")
# Digits and signs that stand for letters, where one is beside them; a mark of exclamation ends a word more often.
# The sign comes first in the pattern, so that a search leaps from sign to sign.
_LEET = re.compile(r"[@$!|€0-9](?:(?=[^\W\d_])|(?<=[^\W\d_][@$|€0-9])|(?<=[@$])(?=[@$]))")
_LEET_TOKEN = re.compile(r"[\w@$!|€]+")
# One and the strokes stand for i as often as for l.
_AS_I = str.maketrans("@$!|01345789€", "asiioieastbge")
_AS_L = str.maketrans("@$!|01345789€", "aslloleastbge")
# The first is twice as quick over a whole text, and finds what stands between words too.
_ANY_REPEAT = re.compile(r"(.)\1\1+")
_REPEAT = re.compile(r"([^\W_])\1\1+")
_MIXED = re.compile(r"[a-z][^\x00-\x7f]|[^\x00-\x7f][a-z]")
# Single letters with something between them, three or more.
_SPACED = re.compile(r"(?<![^\W_])[^\W\d_](?:[\W_]{1,3}[^\W\d_](?![^\W_])){2,}")
_LETTER = re.compile(r"[^\W\d_]")
_SPACED_LETTERS = 3
# Longer runs of single letters are a game and not a word.
_SPACED_CHARS = 60

# A third of what the pattern takes.
_ASCII_APART = str.maketrans({code: " " for code in range(128) if not chr(code).isalnum()})

Token = tuple[str, int, int]
"""A word as it may be meant, and the span in the folded text where it stands."""


# A comment is read by more than one phase and again when it was written; 64 may be on their way at once.
@lru_cache(maxsize=256)
def read(text: str) -> tuple[str, Sequence[str]]:
    """A text folded, and its tokens in order."""
    folded = fold(text)
    if folded.isascii():
        return folded, tuple(folded.translate(_ASCII_APART).split())
    return folded, tuple(TOKEN.findall(folded))


def plain(folded: str) -> list[Token]:
    """Each token as it stands."""
    return [(found.group(), found.start(), found.end()) for found in TOKEN.finditer(folded)]


def meant(folded: str) -> list[Token]:
    """What tokens may be meant as, beside what they are; each at most a few times, so that this stays linear."""
    found = list(_repeats(folded))
    if not folded.isascii():
        found += _look_alikes(folded)
    if _LEET.search(folded):
        found += _leet(folded)
    return found


def may_be_spaced(tokens: Sequence[str]) -> bool:
    """Whether there are letters enough that stand alone; cheaper than to look for them in the text."""
    return list(map(len, tokens)).count(1) >= _SPACED_LETTERS


def spaced(folded: str) -> list[Token]:
    """Words written letter by letter, joined; the span is that of the first letter to the last."""
    return [
        ("".join(_LETTER.findall(found.group()))[:_SPACED_CHARS], found.start(), found.end())
        for found in _SPACED.finditer(folded)
    ]


def letter_offsets(folded: str, start: int, end: int) -> list[int]:
    """Where each letter of a spaced word stands."""
    return [start + one.start() for one in _LETTER.finditer(folded[start:end])]


def _repeats(folded: str) -> Iterator[Token]:
    end = 0
    for found in _ANY_REPEAT.finditer(folded):
        start = found.start()
        if start < end or not found.group(1).isalnum():
            continue
        while start > end and folded[start - 1].isalnum():
            start -= 1
        end = _end_of_token(folded, found.end())
        token = folded[start:end]
        yield _REPEAT.sub(r"\1", token), start, end
        yield _REPEAT.sub(r"\1\1", token), start, end


def _end_of_token(folded: str, at: int) -> int:
    rest = TOKEN.match(folded, at)
    return rest.end() if rest else at


def _look_alikes(folded: str) -> Iterator[Token]:
    """A word wholly of look-alikes, in a text that is Russian, is Russian."""
    cyrillic = is_cyrillic(folded)
    if cyrillic and not _MIXED.search(folded):
        return
    drawn = latin(folded)
    if drawn == folded:
        return
    for token, start, end in plain(drawn):
        was = folded[start:end]
        if token.isascii() and token != was and (not cyrillic or _MIXED.search(was)):
            yield token, start, end


def _leet(folded: str) -> Iterator[Token]:
    for found in _LEET_TOKEN.finditer(folded):
        token = found.group().rstrip("!|")
        if len(token) > _SPACED_CHARS or not _LEET.search(token):
            continue
        for form in {token.translate(_AS_I), token.translate(_AS_L)}:
            yield form, found.start(), found.start() + len(token)
            if _REPEAT.search(form):
                yield _REPEAT.sub(r"\1", form), found.start(), found.start() + len(token)
