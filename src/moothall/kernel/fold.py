"""Text as a word list sees it: one case, no marks, nothing unseen, full width as plain; and the way back.

Source of the steps: Unicode UAX 15 (NFKD), case folding; look-alikes after UTS 39, those in use in real texts.
"""

import unicodedata
from collections.abc import Sequence

_BLANK = frozenset(map(ord, "\u115f\u1160\u2800\u3164\uffa0"))
# Letters of other scripts that are drawn as Latin ones.
_LOOK_ALIKE = str.maketrans(
    "авеһікмнорстухѕјԁԛԝьαβεηικνορτυχωϲӏгпꞓℓ",
    "abehikmhopctyxsjdqwbabenikvoptuxwclrncl",
)
_REAL_CYRILLIC = frozenset("бджзлфцчшщъыэюя")


class _Kept(dict[int, int | None]):
    """Marks, format characters and blanks go; each character is looked up once."""

    def __missing__(self, code: int) -> int | None:
        gone = code in _BLANK or unicodedata.category(chr(code)) in {"Mn", "Me", "Cf"}
        self[code] = None if gone else code
        return self[code]


_KEPT = _Kept()


class _Folded(dict[str, str]):
    """Each character by itself, folded once."""

    def __missing__(self, char: str) -> str:
        self[char] = fold(char)
        return self[char]


_FOLDED = _Folded()


def fold(text: str) -> str:
    """One spelling for all ways to write the same letters; its length may differ."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKD", text).casefold().translate(_KEPT)


def fold_mapped(text: str) -> tuple[str, Sequence[int]]:
    """As `fold`, and for each character of the result the offset of the one that it came from."""
    if text.isascii():
        return text.lower(), range(len(text))
    pieces = [_FOLDED[char] for char in text]
    origin = [at for at, piece in enumerate(pieces) for _ in piece]
    return "".join(pieces), origin


def latin(folded: str) -> str:
    """A folded text with look-alike letters as the Latin ones they are drawn as; as long as before."""
    return folded.translate(_LOOK_ALIKE)


def is_cyrillic(text: str) -> bool:
    """Whether a folded text has letters that only Cyrillic has: then its look-alikes are what they seem to be."""
    return not _REAL_CYRILLIC.isdisjoint(text)
