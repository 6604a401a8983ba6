"""Words of an address, from words of any language."""

import re
import unicodedata

_LETTERS = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i",
    "ä": "ae", "ö": "oe", "ü": "ue",
}  # fmt: skip
_OTHER = re.compile(r"[^\w]+|_+")
_LENGTH = 70


def slug(text: str) -> str:
    """Lower-case words joined by hyphens; Latin without accents, other scripts as they are; never empty."""
    folded = "".join(_LETTERS.get(c, c) for c in unicodedata.normalize("NFC", text).lower())
    parts = unicodedata.normalize("NFKD", folded)
    plain = "".join(c for c in parts if unicodedata.category(c)[0] in "LNZP" or c == "-")
    words = _OTHER.sub("-", unicodedata.normalize("NFC", plain)).strip("-")
    return _shorten(words) or "story"


def _shorten(words: str) -> str:
    if len(words) <= _LENGTH:
        return words
    head, _, _ = words[: _LENGTH + 1].rpartition("-")
    return head or words[:_LENGTH]
