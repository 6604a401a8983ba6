"""An exact rate limiter in memory: GCRA, one number a key.

Source: ITU-T I.371, generic cell rate algorithm (virtual scheduling).
"""

import math
from collections.abc import Callable
from typing import NamedTuple

from moothall.kernel.errors import TooMany
from moothall.kernel.limits import RATE_KEYS, SECOND_MS


class Rate(NamedTuple):
    """So many at once, then one each `every_ms`."""

    burst: int
    every_ms: int


class Limiter:
    """Counts by key.  All of it runs on the event loop, between two awaits.

    Args:
        now_ms: a clock that never jumps (monotonic): a set clock must not lock anybody out.
        keys: how many keys are kept at most.
    """

    def __init__(self, now_ms: Callable[[], float], keys: int = RATE_KEYS) -> None:
        self._now_ms = now_ms
        self._keys = keys
        # When a key will owe nothing; a key that owes nothing need not be kept.
        self._due: dict[str, float] = {}

    def __len__(self) -> int:
        return len(self._due)

    def spend(self, key: str, rate: Rate) -> None:
        """Raises: TooMany, which costs the key nothing."""
        now = self._now_ms()
        due = max(self._due.get(key, now), now)
        wait_ms = due - now - (rate.burst - 1) * rate.every_ms
        if wait_ms > 0:
            raise TooMany(seconds=math.ceil(wait_ms / SECOND_MS))
        if key not in self._due and len(self._due) >= self._keys:
            self._forget(now)
        self._due[key] = due + rate.every_ms

    def _forget(self, now: float) -> None:
        """Drop who owes nothing; when that is not enough, the tenth that owes least."""
        self._due = {key: due for key, due in self._due.items() if due > now}
        excess = len(self._due) - self._keys * 9 // 10
        if excess > 0:
            for key in sorted(self._due, key=self._due.__getitem__)[:excess]:
                del self._due[key]
