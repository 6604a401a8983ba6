"""The hub: committed events come in from the writer's thread, open pages hear of them, conflated.

A story is told at once after a quiet spell and then at most once a tick, so that ten thousand pages
cost the same however fast comments come.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Protocol

import structlog

from moothall.kernel.event import Event
from moothall.kernel.limits import (
    LIVE_HEARTBEAT_MS,
    LIVE_LISTENERS,
    LIVE_LISTENERS_EACH,
    LIVE_STALL_MS,
    LIVE_STREAM_MS,
    LIVE_TICK_MS,
    SECOND_MS,
)
from moothall.live.channel import Channel, Listener
from moothall.store.outbox import Recent, Standing

log = structlog.get_logger("moothall.live")
_BEATS = LIVE_HEARTBEAT_MS // SECOND_MS


class Source(Protocol):
    """What the hub reads.  None: the story is not public."""

    def recent(self, story_id: int) -> Awaitable[Recent | None]:
        """The last events of a story, and where it stands."""
        ...

    def standing(self, story_id: int) -> Awaitable[Standing | None]:
        """Count, openness and newest event of a story."""
        ...


class Full(Exception):
    """As many pages listen as this server takes; the others poll."""


class Crowded(Full):
    """As many pages listen from one address as this server takes from any."""


class Hub:
    """All listeners of this process.  Everything but `tell` runs on the event loop."""

    def __init__(
        self,
        source: Source,
        *,
        listeners_max: int = LIVE_LISTENERS,
        each_max: int = LIVE_LISTENERS_EACH,
        tick_ms: int = LIVE_TICK_MS,
    ) -> None:
        self._source = source
        self._tick_s = tick_ms / 1000
        self._listeners_max = listeners_max
        self._each_max = each_max
        self._from: dict[str, int] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._channels: dict[int, Channel] = {}
        self._opening: dict[int, asyncio.Task[Channel | None]] = {}
        self._early: dict[int, list[Event]] = {}
        self._telling: dict[Channel, asyncio.Task[None]] = {}
        self._watchers: list[Callable[[Sequence[Event]], None]] = []
        self._beats: list[set[Listener]] = [set() for _ in range(_BEATS)]
        self._beat_task: asyncio.Task[None] | None = None
        self.listeners = 0
        self.closed = False

    def watch(self, watcher: Callable[[Sequence[Event]], None]) -> None:
        """Call `watcher` on the loop for every batch of committed events."""
        self._watchers.append(watcher)

    def start(self) -> None:
        """Begin, on the running loop."""
        self._loop = asyncio.get_running_loop()
        self._beat_task = self._loop.create_task(self._beat())
        self.closed = False

    def tell(self, events: Sequence[Event]) -> None:
        """Take committed events; from any thread, in the order of their commits."""
        loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(self._take, events)

    async def join(self, story_id: int, since: int | None, *, whose: str) -> Listener | None:
        """A new listener that knows everything up to `since` (None: up to now).

        Args:
            whose: the address that it is counted by.

        Returns: None when the story is not public.  Raises: Full, Crowded.
        """
        self._count_in(whose)
        try:
            channel = await self._channel(story_id)
        except BaseException:
            self._count_out(whose)
            raise
        if channel is None:
            self._count_out(whose)
            return None
        listener = Listener(channel, channel.seq if since is None else since, self._end_of_stream())
        listener.whose = whose
        channel.listeners.add(listener)
        listener.slot = self.listeners % _BEATS
        self._beats[listener.slot].add(listener)
        return listener

    def leave(self, listener: Listener) -> None:
        """Forget a listener; the last one of a story takes the channel with it."""
        listener.is_open = False
        self._count_out(listener.whose)
        self._beats[listener.slot].discard(listener)
        channel = listener.channel
        channel.listeners.discard(listener)
        if not channel.listeners and self._channels.get(channel.story_id) is channel:
            del self._channels[channel.story_id]

    def close(self) -> None:
        """End every stream and take no more."""
        self.closed = True
        if self._beat_task is not None:
            self._beat_task.cancel()
        for channel in self._channels.values():
            _end(channel.listeners)

    def _count_in(self, whose: str) -> None:
        if self.closed or self.listeners >= self._listeners_max:
            raise Full
        count = self._from.get(whose, 0)
        if count >= self._each_max:
            raise Crowded
        self._from[whose] = count + 1
        self.listeners += 1

    def _count_out(self, whose: str) -> None:
        self.listeners -= 1
        self._from[whose] -= 1
        if not self._from[whose]:
            del self._from[whose]

    async def _channel(self, story_id: int) -> Channel | None:
        """The story's channel; opened once however many ask at the same time."""
        found = self._channels.get(story_id)
        if found is not None:
            return found
        opening = self._opening.get(story_id)
        if opening is None:
            opening = asyncio.get_running_loop().create_task(self._open(story_id))
            self._opening[story_id] = opening
        return await asyncio.shield(opening)

    async def _open(self, story_id: int) -> Channel | None:
        """Events that are committed while the recent ones are read wait in `_early`."""
        self._early[story_id] = []
        try:
            recent = await self._source.recent(story_id)
        finally:
            early = self._early.pop(story_id)
            del self._opening[story_id]
        if recent is None:
            return None
        channel = self._channels[story_id] = Channel(story_id, recent)
        if early:
            self._schedule(channel, early)
        return channel

    def _take(self, events: Sequence[Event]) -> None:
        for watcher in self._watchers:
            watcher(events)
        by_story: dict[int, list[Event]] = {}
        for event in events:
            by_story.setdefault(event.story_id, []).append(event)
        for story_id, its in by_story.items():
            if story_id in self._early:
                self._early[story_id].extend(its)
            elif story_id in self._channels:
                self._schedule(self._channels[story_id], its)

    def _schedule(self, channel: Channel, events: Sequence[Event]) -> None:
        channel.remember(events)
        if channel not in self._telling:
            self._telling[channel] = asyncio.get_running_loop().create_task(self._tell(channel))

    async def _tell(self, channel: Channel) -> None:
        loop = asyncio.get_running_loop()
        try:
            await asyncio.sleep(max(0.0, channel.told_at + self._tick_s - loop.time()))
            standing = await self._source.standing(channel.story_id)
        except Exception as wrong:  # noqa: BLE001 - pages miss one tick, and hear with the next event
            log.error("live_tick_failed", story=channel.story_id, error=repr(wrong))
            return
        finally:
            del self._telling[channel]
        channel.told_at = loop.time()
        if standing is None:
            _end(channel.listeners)
        else:
            channel.tell(standing)

    async def _beat(self) -> None:
        """Once a second a part of all listeners: a heartbeat, the end of a long stream, the stalled."""
        turn = 0
        while True:
            await asyncio.sleep(SECOND_MS / 1000)
            turn = (turn + 1) % _BEATS
            care(self._beats[turn], asyncio.get_running_loop().time())

    def _end_of_stream(self) -> float:
        """A tenth of jitter, so that streams opened together do not end together."""
        life_s = LIVE_STREAM_MS / 1000 * random.uniform(0.9, 1.1)  # noqa: S311 - not a secret
        return asyncio.get_running_loop().time() + life_s


def care(listeners: Iterable[Listener], now: float) -> None:
    """Cut off who takes nothing, end what has lasted long enough, let the others hear that we are here."""
    for listener in list(listeners):
        if listener.busy_since and now - listener.busy_since > LIVE_STALL_MS / 1000:
            if listener.task is not None:
                listener.task.cancel()
        elif now > listener.ends_at:
            listener.end()
        else:
            listener.beat()


def _end(listeners: Iterable[Listener]) -> None:
    for listener in list(listeners):
        listener.end()
