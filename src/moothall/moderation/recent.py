"""What was posted lately on the whole site: near-duplicates and rushes are seen against it.

In memory, fed with each comment that was written, filled again at a start; the oldest go first.
"""

from array import array
from collections import Counter, OrderedDict, deque
from dataclasses import dataclass

import msgspec

from moothall.kernel.limits import DAY_MS, MINUTE_MS, RECENT_COMMENTS
from moothall.moderation.sketch import likeness, sketch

WINDOW_MS = DAY_MS
RUSH_MS = 5 * MINUTE_MS
# Of a sketch's smallest hashes, those by which others are found; copies share most of them.
_KEYS = 12
# A phrase that everybody uses leads to the newest of those who used it.
_PER_KEY = 16
_COMPARED = 8
# Everyday phrases share one or two.
_SHARED = 3


class Alike(msgspec.Struct, frozen=True):
    """How alike the nearest text of others and the nearest of one's own are; 0 where there is none."""

    own: float = 0.0
    others: float = 0.0


@dataclass(frozen=True, slots=True)
class _Posted:
    author_id: int
    at_ms: int
    sketch: "array[int]"


class Recent:
    """Not shared between threads: asked and fed on the event loop."""

    def __init__(self, most: int = RECENT_COMMENTS) -> None:
        self._most = most
        self._posted: OrderedDict[int, _Posted] = OrderedDict()
        self._by_key: dict[int, deque[int]] = {}
        self._rush: dict[int, deque[int]] = {}

    def __len__(self) -> int:
        return len(self._posted)

    def add(self, comment_id: int, *, story_id: int, author_id: int, body: str, at_ms: int) -> None:
        """Remember a comment; one that is known already is not counted twice."""
        if comment_id in self._posted:
            return
        self._rush.setdefault(story_id, deque(maxlen=1_000)).append(at_ms)
        made = sketch(body)
        if made is not None:
            self._posted[comment_id] = _Posted(author_id, at_ms, made)
            for key in made[:_KEYS]:
                held = self._by_key.get(key)
                if held is None:
                    held = self._by_key[key] = deque(maxlen=_PER_KEY)
                held.append(comment_id)
        self._forget(at_ms)

    def alike(self, author_id: int, body: str, now_ms: int) -> Alike:
        """The nearest texts of the last 24 hours."""
        made = sketch(body) if self._posted else None
        if made is None:
            return Alike()
        shared = Counter([found for key in made[:_KEYS] for found in self._by_key.get(key, ())])
        near_ones = [(count, comment_id) for comment_id, count in shared.items() if count >= _SHARED]
        own = others = 0.0
        for _, comment_id in sorted(near_ones, reverse=True)[:_COMPARED]:
            known = self._posted.get(comment_id)
            if known is None or now_ms - known.at_ms >= WINDOW_MS:
                continue
            near = likeness(made, known.sketch)
            if known.author_id == author_id:
                own = max(own, near)
            else:
                others = max(others, near)
        return Alike(own, others)

    def rush(self, story_id: int, now_ms: int) -> int:
        """Comments beneath a story within five minutes."""
        return sum(0 <= now_ms - at_ms < RUSH_MS for at_ms in self._rush.get(story_id, ()))

    def _forget(self, now_ms: int) -> None:
        while self._posted:
            first = next(iter(self._posted))
            if len(self._posted) <= self._most and now_ms - self._posted[first].at_ms < WINDOW_MS:
                break
            self._drop(first)
        if len(self._rush) > self._most:
            self._rush = {story: times for story, times in self._rush.items() if now_ms - times[-1] < RUSH_MS}

    def _drop(self, comment_id: int) -> None:
        gone = self._posted.pop(comment_id)
        for key in gone.sketch[:_KEYS]:
            held = self._by_key.get(key)
            if held and held[0] == comment_id:
                held.popleft()
            if not held:
                self._by_key.pop(key, None)
