"""One story's open pages: what they know, and the one message that tells them the rest."""

import asyncio
from collections import deque
from collections.abc import Sequence

import msgspec

from moothall.kernel.asgi import Message, body
from moothall.kernel.event import Event
from moothall.kernel.limits import LIVE_RING
from moothall.live.changes import Span, changes
from moothall.store.outbox import Recent, Standing

HEARTBEAT = body(b":\n\n", more=True)
# Positions that differ are made anew past this many: a client may claim any.
_MESSAGES = 64


class Listener:
    """One open page.  It sleeps until its channel or the hub wakes it, and then takes what is new."""

    __slots__ = (
        "_beat",
        "_wake",
        "busy_since",
        "channel",
        "ends_at",
        "greeted",
        "is_open",
        "seq",
        "slot",
        "task",
        "whose",
    )

    def __init__(self, channel: "Channel", seq: int, ends_at: float) -> None:
        self.channel = channel
        self.seq = seq
        self.ends_at = ends_at
        self.slot = 0
        self.whose = ""
        self.greeted = False
        self.is_open = True
        self.busy_since = 0.0
        self.task: asyncio.Task[None] | None = None
        self._wake: asyncio.Future[None] | None = None
        self._beat = False

    def take(self) -> Message | None:
        """The next message for this page, or None when there is nothing to say yet."""
        channel = self.channel
        if not self.greeted or self.seq < channel.seq:
            message = channel.message(self.seq)
            self.greeted, self._beat = True, False
            self.seq = max(self.seq, channel.seq)
            return message
        if self._beat:
            self._beat = False
            return HEARTBEAT
        return None

    def sleep(self) -> "asyncio.Future[None]":
        """Done when there may be something to take, or the stream is to end."""
        self._wake = asyncio.get_running_loop().create_future()
        return self._wake

    def wake(self) -> None:
        """Something is there to be taken; called on the event loop."""
        if self._wake is not None and not self._wake.done():
            self._wake.set_result(None)

    def beat(self) -> None:
        """Say something even if nothing happened, so that a dead line is noticed."""
        self._beat = True
        self.wake()

    def end(self) -> None:
        """Nothing more will come."""
        self.is_open = False
        self.wake()


class Channel:
    """A story with at least one open page.  Messages are made once, however many pages take them."""

    __slots__ = ("_messages", "_ring", "_standing", "floor", "listeners", "seq", "story_id", "told_at")

    def __init__(self, story_id: int, recent: Recent) -> None:
        self.story_id = story_id
        self.listeners: set[Listener] = set()
        self.seq = recent.standing.seq
        self.floor = recent.floor
        self.told_at = 0.0
        self._standing = recent.standing
        self._ring = deque(recent.events, LIVE_RING)
        self._messages: dict[int, Message] = {}

    def remember(self, events: Sequence[Event]) -> None:
        """Keep committed events until `tell`; those it knew when it was made are skipped."""
        for event in events:
            if (self._ring and event.seq <= self._ring[-1].seq) or event.seq <= self.seq:
                continue
            if len(self._ring) == LIVE_RING:
                self.floor = self._ring[0].seq
            self._ring.append(event)

    def tell(self, standing: Standing) -> None:
        """Wake every page that sleeps; one that is still taking the last message follows when it can."""
        self._standing = standing
        self._messages.clear()
        if self._ring:
            self.seq = max(self.seq, self._ring[-1].seq)
        for listener in self.listeners:
            listener.wake()

    def message(self, since: int) -> Message:
        """The server-sent event of everything after `since`."""
        found = self._messages.get(since)
        if found is None:
            found = self._make(since)
            if len(self._messages) < _MESSAGES:
                self._messages[since] = found
        return found

    def _make(self, since: int) -> Message:
        span = Span(since, max(since, self.seq))
        document = changes(self._ring, span, self._standing, complete=since >= self.floor)
        return body(b"id: %d\ndata: %s\n\n" % (span.seq, msgspec.json.encode(document)), more=True)
