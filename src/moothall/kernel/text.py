"""Text as people see it: cleaned of what cannot be seen, counted in graphemes."""

import unicodedata

import regex

_GRAPHEME = regex.compile(r"\X")
# Direction overrides can make a text read as another than it is; the isolates around them go too,
# because an unclosed one reorders what follows on the page.
_BIDI = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_CONTROLS = dict.fromkeys(
    c for c in [*range(0x20), *range(0x7F, 0xA0), 0xFEFF, 0xFFFE, 0xFFFF] if c not in (0x09, 0x0A)
)
_UNSEEN = _BIDI | _CONTROLS
_SURROGATE = regex.compile(r"[\ud800-\udfff]")
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # drawn as nothing, yet called letters


def clean(text: str) -> str:
    """Line ends as \\n, NFC, without control and direction-override characters; outer space trimmed."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    if not text.isascii():
        text = unicodedata.normalize("NFC", _SURROGATE.sub("", text))
    return text.translate(_UNSEEN).strip()


def graphemes(text: str) -> int:
    """How many characters a reader would count.  Source: Unicode UAX 29, extended grapheme clusters."""
    if text.isascii():
        return len(text)
    return len(_GRAPHEME.findall(text))


def cut(text: str, limit: int) -> str:
    """At most `limit` graphemes, at a word's end, with an ellipsis when something was cut."""
    found = _GRAPHEME.findall(text)
    if len(found) <= limit:
        return text
    kept = "".join(found[: limit - 1])
    head, _, _ = kept.rpartition(" ")
    return (head if len(head) > len(kept) // 2 else kept).rstrip(" ,.;:–—") + "…"


def is_visible(text: str) -> bool:
    """Whether anything in it can be seen: not only spaces, marks, format and blank characters."""
    return any(unicodedata.category(c)[0] in "LNPS" and c not in _BLANK for c in text)
