"""What the hub and the polled document read, over the store."""

import msgspec

from moothall.kernel.clock import Clock
from moothall.kernel.limits import LIVE_RING
from moothall.live.changes import Changes, Span, changes
from moothall.store import outbox
from moothall.store.database import Database
from moothall.store.outbox import Recent, Standing


class StoreSource:
    """`hub.Source` over one database."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def recent(self, story_id: int) -> Recent | None:
        now_ms = self._clock()
        return await self._db.read(lambda c: outbox.recent(c, story_id, now_ms=now_ms, limit=LIVE_RING))

    async def standing(self, story_id: int) -> Standing | None:
        now_ms = self._clock()
        return await self._db.read(lambda c: outbox.standing(c, story_id, now_ms))


def polled(recent: Recent, since: int) -> bytes:
    """The changes document after `since`, as JSON.  A position that never was means: reload."""
    return msgspec.json.encode(_polled(recent, since))


def _polled(recent: Recent, since: int) -> Changes:
    seq = recent.standing.seq
    known = recent.floor <= since <= seq
    return changes(recent.events, Span(since, seq), recent.standing, complete=known)
