"""A text as the scorer reads it: disguises undone, and for each character the offset that it came from."""

import re
from collections.abc import Sequence

from moothall.kernel.fold import fold_mapped, is_cyrillic, latin

# A digit or sign that stands for a letter has one beside it.
_LEET = re.compile(r"(?<=[a-z])[@$!|€0134578]+(?=[a-z])")
_LEET_EDGE = re.compile(r"(?<![^\W_])[@$01345]{1,2}(?=[a-z]{2})|(?<=[a-z]{2})[@$013](?![^\W_])")
_AS = str.maketrans("@$!|01345789€", "asiioieastbge")
_REPEAT = re.compile(r"(\S)\1{2,}")
_SPACED = re.compile(r"(?<![^\W_])[^\W\d_](?:[ .\-_*~,|/]{1,2}[^\W\d_](?![^\W_])){2,}")
_LETTER = re.compile(r"[^\W\d_]")
_ADDRESS = re.compile(r"https?://\S+|www\.\S+|@\w+|&#?\w{2,5};|\b\d+\b")
_GAP = re.compile(r"\s+")


def plain_mapped(text: str) -> tuple[str, Sequence[int]]:
    """The text without disguises, and for each character of it an offset in `text`."""
    folded, origin = fold_mapped(text)
    if not folded.isascii() and not is_cyrillic(folded):
        folded = latin(folded)
    # Addresses, names of accounts and numbers say who and where, not what.
    edits = [(m.start(), m.end(), " ") for m in _ADDRESS.finditer(folded)]
    folded, origin = _edited(folded, origin, edits)
    for signs in (_LEET, _LEET_EDGE):
        folded = signs.sub(lambda m: m.group().translate(_AS), folded)
    spaced = [(m.start(), m.end(), "".join(_LETTER.findall(m.group()))) for m in _SPACED.finditer(folded)]
    folded, origin = _edited(folded, origin, spaced)
    edits = [(m.start(), m.end(), m[1]) for m in _REPEAT.finditer(folded)]
    folded, origin = _edited(folded, origin, edits)
    gaps = [(m.start(), m.end(), " ") for m in _GAP.finditer(folded)]
    return _framed(*_edited(folded, origin, gaps))


def plain(text: str) -> str:
    """As `plain_mapped`, without the offsets."""
    return plain_mapped(text)[0]


def _framed(text: str, origin: Sequence[int]) -> tuple[str, Sequence[int]]:
    """Between two spaces, so that n-grams know where words begin and end."""
    body = text.strip()
    if not body:
        return "", []
    at = text.index(body)
    kept = list(origin[at : at + len(body)])
    return f" {body} ", [kept[0], *kept, kept[-1]]


def _edited(text: str, origin: Sequence[int], edits: Sequence[tuple[int, int, str]]) -> tuple[str, Sequence[int]]:
    """Each stretch replaced; what replaces it comes from where the stretch begins."""
    if not edits:
        return text, origin
    pieces: list[str] = []
    offsets: list[int] = []
    at = 0
    for start, end, instead in edits:
        pieces += (text[at:start], instead)
        offsets += origin[at:start]
        offsets += [origin[min(start + (end - start) * i // len(instead), end - 1)] for i in range(len(instead))]
        at = end
    pieces.append(text[at:])
    offsets += origin[at:]
    return "".join(pieces), offsets
