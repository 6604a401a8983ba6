"""Time-ordered 63-bit ids, their text form, and short-link codes."""

import random
import secrets
import threading
from collections.abc import Callable

_LOW_BITS = 21
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford: no i, l, o, u
_VALUES = {c: i for i, c in enumerate(_ALPHABET)}
_PAIRS = tuple(a + b for a in _ALPHABET for b in _ALPHABET)
_TEXT_LENGTH = 13
MAX_ID = (1 << 63) - 1
# Knuth's multiplier: neighbouring numbers land far from one another.
_SPREAD = 2_654_435_761

# No vowels, so that a code never spells a word; no look-alikes.
_CODE_ALPHABET = "23456789bcdfghjkmnpqrstvwxz"
CODE_LENGTH = 6


def id_at(at_ms: int, low: int = 0) -> int:
    """The id of something made at `at_ms` (unix milliseconds); `low` orders within it."""
    return (max(at_ms, 0) << _LOW_BITS) | (low & ((1 << _LOW_BITS) - 1))


def automatic_id(at_ms: int, about: int) -> int:
    """The id of what a machine did to something: the same for the same time and thing.

    It never meets an id of `IdMaker`, which leaves the highest low bit alone, however many are made in a
    millisecond; and it sorts before all of the same time: what a person does about it comes after.
    """
    top = 1 << (_LOW_BITS - 1)
    return id_at(at_ms - 1, top | (about * _SPREAD >> _LOW_BITS & (top - 1)))


def made_at_ms(value: int) -> int:
    """Unix milliseconds held in an id."""
    return value >> _LOW_BITS


class IdMaker:
    """Makes rising ids even when the clock jumps back; safe between threads.

    Args:
        now_ms: the clock, unix milliseconds.
        floor: no id at or below this one is made (the newest id of the store at start).
    """

    def __init__(self, now_ms: Callable[[], int], floor: int = 0) -> None:
        self._now_ms = now_ms
        self._last = floor
        self._lock = threading.Lock()
        # Ids are public: no system call for each, which would also let go of the interpreter lock.
        self._dice = random.Random(secrets.randbits(128))  # noqa: S311

    def __call__(self) -> int:
        fresh = id_at(self._now_ms(), self._dice.getrandbits(_LOW_BITS - 4))
        with self._lock:
            self._last = fresh if fresh > self._last else self._last + 1
            return self._last


def to_text(value: int) -> str:
    """Crockford base 32, 13 lower-case characters; sorts as the number does."""
    # Two characters at a time from a table: a page writes two hundred ids.
    pairs = _PAIRS
    return (
        pairs[value >> 55 & 1023]
        + pairs[value >> 45 & 1023]
        + pairs[value >> 35 & 1023]
        + pairs[value >> 25 & 1023]
        + pairs[value >> 15 & 1023]
        + pairs[value >> 5 & 1023]
        + _ALPHABET[value & 31]
    )


def from_text(text: str) -> int | None:
    """The number of a text id, or None when the text is not one."""
    if len(text) != _TEXT_LENGTH:
        return None
    value = 0
    for char in text:
        digit = _VALUES.get(char)
        if digit is None:
            return None
        value = value << 5 | digit
    return value if value <= MAX_ID else None


def short_code() -> str:
    """A random short-link code: 27^6, about 387 million; the store refuses a repeat."""
    return "".join(secrets.choice(_CODE_ALPHABET) for _ in range(CODE_LENGTH))


def code_of(number: int) -> str:
    """The short-link code that a number stands for; numbers 27^6 apart share one."""
    out = []
    for _ in range(CODE_LENGTH):
        number, at = divmod(number, len(_CODE_ALPHABET))
        out.append(_CODE_ALPHABET[at])
    return "".join(out)


def is_short_code(text: str) -> bool:
    """Whether a text could be a short-link code."""
    return len(text) == CODE_LENGTH and all(c in _CODE_ALPHABET for c in text)
