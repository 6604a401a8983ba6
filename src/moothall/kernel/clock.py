"""The time, as a value that can be passed."""

import time
from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], int]
"""Gives unix milliseconds, UTC."""


def system_clock() -> int:
    """Unix milliseconds of this machine's clock."""
    return time.time_ns() // 1_000_000


def monotonic_ms() -> float:
    """Milliseconds that only ever rise, whatever is done to the clock."""
    return time.monotonic_ns() / 1_000_000


def to_rfc3339(at_ms: int) -> str:
    """`2026-11-22T17:05:00Z`, whole seconds.  Source: RFC 3339."""
    return datetime.fromtimestamp(at_ms // 1000, UTC).isoformat()[:19] + "Z"


def to_datetime(at_ms: int) -> datetime:
    """An aware UTC datetime."""
    return datetime.fromtimestamp(at_ms / 1000, UTC)
