"""Words of an address, from words of any language."""

import re
import unicodedata

# Letters that are not a base letter with a mark.
_LETTERS = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i",
}  # fmt: skip
_GERMAN = {"ä": "ae", "ö": "oe", "ü": "ue"}
_APART = re.compile("-{2,}")
_LENGTH = 70


def slug(text: str, *, lang: str = "", fallback: str = "story") -> str:
    """Lower-case words joined by hyphens; never empty.

    Latin letters lose their accents (German ones are spelled out); other scripts stay as they are,
    because every transliteration of them is wrong in some language, and browsers show them well.
    """
    table = _LETTERS | (_GERMAN if lang == "de" else {})
    lowered = unicodedata.normalize("NFKC", text).lower()
    spelled = "".join(table.get(c, c) for c in lowered)
    words = "".join(_kept(unicodedata.normalize("NFD", spelled)))
    joined = _APART.sub("-", unicodedata.normalize("NFC", words)).strip("-")
    return _shorten(joined) or fallback


def _kept(text: str) -> list[str]:
    """Letters, numbers and the marks that spell (never those on a Latin letter); all else parts words."""
    out: list[str] = []
    latin = False
    for char in text:
        kind = unicodedata.category(char)[0]
        if kind == "M":
            out += [] if latin else [char]
            continue
        latin = kind == "L" and char < "\u0250"
        out.append(char if kind in "LN" else "" if char in "'’" else "-")
    return out


def _shorten(words: str) -> str:
    if len(words) <= _LENGTH:
        return words
    head, _, _ = words[: _LENGTH + 1].rpartition("-")
    return head or words[:_LENGTH]
