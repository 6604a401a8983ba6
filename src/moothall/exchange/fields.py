"""Single values of foreign files, read strictly: a value is understood or it is not."""

import re
import unicodedata
from datetime import UTC, datetime

from moothall.kernel.limits import DAY_MS, DISPLAY_NAME_GRAPHEMES

# Older than any discussion on the web: such a time is a broken clock or a filler.
OLDEST_MS = 631_152_000_000  # 1990-01-01
GUEST_NAME = "Guest"

_ISO = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?", re.ASCII)
_FLAGS = {"true": True, "1": True, "false": False, "0": False, "": False}
_SPACES = re.compile(r"\s+")
_EMAIL = re.compile(r"[^\s@]{1,64}@[^\s@]{1,255}")
# Cf: zero-width and direction-changing; Cc: control; Cs, Co, Cn: never seen; Zl, Zp: line ends.
_UNSEEN = frozenset({"Cf", "Cc", "Cs", "Co", "Cn", "Zl", "Zp"})
# Joiners that scripts and emoji need stand between visible characters only.
_JOINERS = frozenset("\u200c\u200d")
_MARKS_MAX = 2


def flag(text: str) -> bool | None:
    """A yes or no; empty is no; None when it is neither."""
    return _FLAGS.get(text.strip().lower())


def time_ms(text: str) -> int | None:
    """Unix milliseconds of an ISO 8601 time, UTC when it names no zone; None when it is not one."""
    text = text.strip()
    if not _ISO.fullmatch(text):
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    at = at.replace(tzinfo=UTC) if at.tzinfo is None else at
    at_ms = int(at.timestamp()) * 1000 + at.microsecond // 1000
    return at_ms if at_ms >= OLDEST_MS else None


def is_future(at_ms: int, now_ms: int) -> bool:
    """More than a day ahead: clocks and zones differ by less."""
    return at_ms > now_ms + DAY_MS


def one_line(text: str, limit: int = 500) -> str:
    """Text without control and direction-changing characters, on one line, `limit` code points at most."""
    if not text.isascii() or not text.isprintable():
        text = "".join(_visible(unicodedata.normalize("NFC", text)))
    return _SPACES.sub(" ", text).strip()[:limit].rstrip()


def display_name(text: str) -> str:
    """A name fit to print, or "Guest" when nothing printable is left."""
    name = one_line(text, DISPLAY_NAME_GRAPHEMES).strip("\u200c\u200d \u3164\u115f\u1160\u2800")
    return name or GUEST_NAME


def email(text: str) -> str:
    """A mail address in lower case, or "" when it is not one."""
    text = text.strip().lower()
    return text if _EMAIL.fullmatch(text) else ""


def _visible(text: str) -> list[str]:
    kept: list[str] = []
    marks = 0
    for char in text:
        category = unicodedata.category(char)
        marks = marks + 1 if category == "Mn" else 0
        if char in "\t\n\r\u2028\u2029":
            kept.append(" ")
        elif (category not in _UNSEEN or char in _JOINERS) and marks <= _MARKS_MAX:
            kept.append(char)
    return kept
