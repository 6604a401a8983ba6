"""Emphasis, kept as private marks until both neighbours are known, then written where Markdown reads it.

`**Stop!**now` is not read as emphasis but shown with its asterisks; such a pair is left out and the
words stay.  Source: CommonMark 0.31, 6.2, left- and right-flanking runs.
"""

import re
from typing import NamedTuple

# From Unicode's private use area; `drop_marks` takes them out of foreign text first.
STRONG_OPEN, STRONG_CLOSE = "\ue000", "\ue001"
EM_OPEN, EM_CLOSE = "\ue002", "\ue003"
STRIKE_OPEN, STRIKE_CLOSE = "\ue004", "\ue005"

_OPENS, _ENDS = "\ue000\ue002\ue004", "\ue001\ue003\ue005"
_MARK = re.compile(f"[{_OPENS}{_ENDS}]")
# Each begins only where its run begins, so that a long run is read once.
_SPACE_INSIDE_START = re.compile(f"(?<![{_OPENS}])([{_OPENS}]++)([ \n]++)")
_SPACE_INSIDE_END = re.compile(f"(?<![ \n])([ \n]++)([{_ENDS}]++)")
_OPENER = {STRONG_CLOSE: STRONG_OPEN, EM_CLOSE: EM_OPEN, STRIKE_CLOSE: STRIKE_OPEN}
_WRITTEN = {
    STRONG_OPEN: "**",
    STRONG_CLOSE: "**",
    EM_OPEN: "*",
    EM_CLOSE: "*",
    STRIKE_OPEN: "~~",
    STRIKE_CLOSE: "~~",
}


class _Pair(NamedTuple):
    start: int
    end: int


def strong(text: str) -> str:
    """Text to be printed bold, where that can be written."""
    return f"{STRONG_OPEN}{text}{STRONG_CLOSE}"


def emphasised(text: str) -> str:
    """Text to be printed in italics, where that can be written."""
    return f"{EM_OPEN}{text}{EM_CLOSE}"


def struck(text: str) -> str:
    """Text to be printed struck through, where that can be written."""
    return f"{STRIKE_OPEN}{text}{STRIKE_CLOSE}"


def drop_marks(text: str) -> str:
    """Foreign text without our marks."""
    return _MARK.sub("", text)


def resolve_marks(text: str) -> str:
    """The text of one paragraph with each mark written or left out."""
    if not _MARK.search(text):
        return text
    text = _SPACE_INSIDE_END.sub(r"\2\1", _SPACE_INSIDE_START.sub(r"\2\1", text))
    marks = list(_MARK.finditer(text))
    around = _neighbours(text, marks)
    kept = {at for pair in _pairs(marks) if _is_readable(text, pair, around) for at in pair}
    return _MARK.sub(lambda mark: _WRITTEN[mark.group()] if mark.start() in kept else "", text)


def _neighbours(text: str, marks: list[re.Match[str]]) -> dict[int, _Pair]:
    """Where the next characters before and behind each mark stand that are no marks; -1 and the end for none."""
    before, behind = -1, len(text)
    left: list[int] = []
    for at, mark in enumerate(marks):
        if not at or marks[at - 1].end() < mark.start():
            before = mark.start() - 1
        left.append(before)
    right: dict[int, _Pair] = {}
    for at in range(len(marks) - 1, -1, -1):
        mark = marks[at]
        if at == len(marks) - 1 or mark.end() < marks[at + 1].start():
            behind = mark.end()
        right[mark.start()] = _Pair(left[at], behind)
    return right


def _pairs(marks: list[re.Match[str]]) -> list[_Pair]:
    """Marks that belong together; of one kind inside itself only the outer pair counts."""
    open_at: dict[str, list[int]] = {opener: [] for opener in _OPENER.values()}
    pairs: list[_Pair] = []
    for found in marks:
        mark, at = found.group(), found.start()
        if mark in open_at:
            open_at[mark].append(at)
            continue
        starts = open_at[_OPENER[mark]]
        if starts:
            pair = _Pair(starts.pop(), at)
            pairs += [pair] if not starts else []
    return pairs


def _is_readable(text: str, pair: _Pair, around: dict[int, _Pair]) -> bool:
    start, end = around[pair.start], around[pair.end]
    if start.end > pair.end or text[pair.start - 1 : pair.start] in _OPENER:
        return False
    before = text[start.start] if start.start >= 0 else ""
    return _flanks(before, text[start.end]) and _flanks(text[end.end : end.end + 1], text[end.start])


def _flanks(outside: str, inside: str) -> bool:
    """Whether a run between these two characters can open (or, mirrored, close)."""
    if inside.isspace():
        return False
    return _is_word(inside) or not _is_word(outside)


def _is_word(char: str) -> bool:
    """Neither space nor punctuation nor the edge of the text."""
    return char.isalnum() or (char > "\x7f" and not char.isspace())
