"""Words by which people name a group.  The scorer is blind to them: which group is named moves no score."""

import re
from functools import cache

from moothall.kernel.fold import fold
from moothall.moderation.classifier.group_names import NAMES

STANDS_FOR = "\x1a"
_PLURAL = ("woman", "women"), ("man", "men"), ("girl", "girls"), ("boy", "boys")
_MORE_EN = {*(word for pair in _PLURAL for word in pair), "lady", "ladies", "islam", "judaism"}
# What may stand before and behind a name.  The first ones inflect behind it, Arabic on both sides; the last two are
# written on without a gap, or without any at all.
_AROUND = {
    "en": (r"\b", r"(?:e?s)?\b"),
    "de": (r"\b", r"\w{0,5}\b"),
    "fr": (r"\b", r"\w{0,4}\b"),
    "pt": (r"\b", r"\w{0,4}\b"),
    "ar": (r"\b[وبلفك]?(?:ال|لل)?", r"\w{0,4}\b"),
    "ko": ("", ""),
    "zh": ("", ""),
}


def blind(plain: str, language: str) -> str:
    """Each name of a group as so many of one sign: as long as before."""
    return _names(language).sub(lambda found: STANDS_FOR * len(found.group()), plain)


@cache
def _names(language: str) -> re.Pattern[str]:
    before, behind = _AROUND[language]
    words = {*NAMES[language].split(), *(_MORE_EN if language == "en" else ())}
    longest_first = sorted((re.escape(fold(word)) for word in words), key=lambda word: (-len(word), word))
    return re.compile(f"{before}(?:{'|'.join(longest_first)}){behind}")
