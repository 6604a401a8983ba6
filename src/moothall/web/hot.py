"""Ready-made pages, answered before the framework is asked.

For readers who are not signed in a page is the same bytes; they are kept packed, rebuilt by one builder
at most ten times a second when the story changes, and never older than a minute.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode

import structlog

from moothall.kernel.asgi import App, Receive, Scope, Send, body
from moothall.kernel.event import Event
from moothall.kernel.limits import HOT_ENTRIES, HOT_MAX_AGE_MS, HOT_REBUILD_MS
from moothall.web.hot_page import HotPage, Ready, Wrapping, is_known, pack

log = structlog.get_logger("moothall.hot")
HotKey = str
"""Path and the allowed part of the query, in one form: `/s/x?lang=de&sort=oldest`."""

Pairs = Sequence[tuple[bytes, bytes]]
Complete = Callable[[str, list[tuple[bytes, bytes]]], list[tuple[bytes, bytes]]]

# All cookies of ours have it in their names, and each makes an answer personal: a session, a sign-in begun.
_OURS = b"moothall"
_WHO = frozenset({b"cookie", b"authorization", b"origin"})
_NOTHING = body(b"")
_READS = frozenset({b"GET", b"HEAD"})
# A build that started before the last event is waited for again, this often at most.
_TRIES = 3


class HotRoute(NamedTuple):
    """One kind of page.

    `match` names the page of a path and raw query, or None when it is not a hot one.  `build` makes it;
    None (gone, not public, moved) leaves the answer to the framework.  `for_all`: the page is never
    personal, so cookies do not matter.  `own_pages`: a page of another origin is answered differently.
    """

    match: Callable[[str, bytes], HotKey | None]
    build: Callable[[HotKey], Awaitable[HotPage | None]]
    for_all: bool = False
    own_pages: bool = False


class _Asked(NamedTuple):
    """What of a request's headers chooses among everybody's answers."""

    encodings: bytes
    known: bytes


def _asked(route: HotRoute, headers: Pairs) -> _Asked | None:
    """None where the answer would not be everybody's."""
    encodings = known = b""
    for name, value in headers:
        if name == b"accept-encoding":
            encodings = value
        elif name == b"if-none-match":
            known = value
        elif name in _WHO and _is_special(route, name, value):
            return None
    return _Asked(encodings, known)


def _is_special(route: HotRoute, name: bytes, value: bytes) -> bool:
    """Whether a header asks for another answer than everybody's."""
    if name == b"origin":
        return route.own_pages
    return not route.for_all and (name == b"authorization" or _OURS in value)


class _Entry:
    __slots__ = (
        "any_story",
        "building",
        "built_at",
        "dirty_at",
        "key",
        "missed",
        "ready",
        "route",
        "started_at",
        "stories",
    )

    def __init__(self, key: HotKey, route: HotRoute) -> None:
        self.key = key
        self.route = route
        self.ready: Ready | None = None
        self.built_at = 0.0
        self.started_at = 0.0
        self.dirty_at = 0.0
        """When the first event came that it does not show; 0 for none."""
        self.stories: frozenset[int] = frozenset()
        self.any_story = False
        self.building: asyncio.Task[None] | None = None
        self.missed: set[int] = set()
        """Stories that changed while it was being built."""


class HotTable:
    """Bounded by `entries`; those longest unread go first.

    Args:
        complete: adds the security headers of a path to an answer's own.
        rebuild_ms: a page is rebuilt at most this often; with 0 every answer shows the last event.
    """

    def __init__(
        self,
        routes: Sequence[HotRoute],
        complete: Complete,
        *,
        entries: int = HOT_ENTRIES,
        rebuild_ms: int = HOT_REBUILD_MS,
    ) -> None:
        self._routes = tuple(routes)
        self._complete = complete
        self._entries_max = entries
        self._rebuild_s = rebuild_ms / 1000
        self._entries: OrderedDict[HotKey, _Entry] = OrderedDict()
        self._by_story: dict[int, set[_Entry]] = {}
        self._by_any: set[_Entry] = set()
        self._builds: set[_Entry] = set()
        self._packer = ThreadPoolExecutor(1, thread_name_prefix="moothall-pack")
        self.hits = 0
        self.builds = 0

    def __len__(self) -> int:
        return len(self._entries)

    def take(self, events: Sequence[Event]) -> None:
        """Committed events make the pages old that show their stories."""
        stories = {event.story_id for event in events}
        now = time.monotonic()
        for entry in self._builds:
            entry.missed |= stories
        for entry in self._by_any.union(*(self._by_story.get(story, ()) for story in stories)):
            entry.dirty_at = entry.dirty_at or now

    def answer(
        self, scope: Scope, receive: Receive, send: Send, otherwise: App
    ) -> Coroutine[None, None, None] | None:
        """The coroutine that answers a GET or HEAD, or None when this table has nothing to do with it."""
        path, query = scope["path"], scope["query_string"]
        entry = self._entries.get(f"{path}?{query.decode('latin-1')}" if query else path)
        if entry is None:
            entry = self._find(path, query)
            if entry is None:
                return None
        asked = _asked(entry.route, scope["headers"])
        if asked is None:
            return None
        ready = self._fresh(entry)
        if ready is None:
            return self._later(entry, asked, scope["method"], send, partial(otherwise, scope, receive, send))
        return _send(ready, scope["method"], asked, send)

    def at_once(self, method: bytes, url: bytes, headers: Pairs) -> tuple[bytes, bytes] | None:
        """A ready answer's head and content as the wire wants them; None leaves the request to `answer`.

        Args:
            url: path and query as sent.
        """
        entry = self._entries.get(url.decode("latin-1"))
        # Keys are decoded, so that what is still encoded may look like another's.
        if entry is None or method not in _READS or b"%" in url or not url.isascii():
            return None
        asked = _asked(entry.route, headers)
        ready = self._fresh(entry) if asked else None
        if asked is None or ready is None:
            return None
        answer = ready.best(asked.encodings)
        if asked.known and is_known(asked.known, answer.etag):
            return answer.wire_not_modified, b""
        return answer.wire_start, b"" if method == b"HEAD" else answer.content

    def close(self) -> None:
        """Let the packing thread go."""
        self._packer.shutdown(wait=False, cancel_futures=True)

    def _find(self, path: str, query: bytes) -> _Entry | None:
        for route in self._routes:
            key = route.match(path, query)
            if key is not None:
                return self._entries.get(key) or _Entry(key, route)
        return None

    def _fresh(self, entry: _Entry) -> Ready | None:
        """The page if it is new enough, starting to rebuild it where that is due."""
        now = time.monotonic()
        if entry.ready is None or now - entry.built_at > HOT_MAX_AGE_MS / 1000:
            return None
        if entry.dirty_at:
            allowance = self._rebuild_s * (2 if entry.building else 1)
            if now - entry.dirty_at >= allowance:
                return None
            if entry.building is None and now - entry.started_at >= self._rebuild_s:
                self._start(entry)
        self.hits += 1
        self._entries.move_to_end(entry.key)
        return entry.ready

    async def _later(
        self, entry: _Entry, asked: _Asked, method: str, send: Send, otherwise: Callable[[], Awaitable[None]]
    ) -> None:
        entry = self._entries.get(entry.key, entry)
        for _ in range(_TRIES):
            await asyncio.shield(entry.building or self._start(entry))
            if self._fresh(entry) is not None or entry.ready is None:
                break
        if entry.ready is None:
            await otherwise()
        else:
            await _send(entry.ready, method, asked, send)

    def _start(self, entry: _Entry) -> "asyncio.Task[None]":
        """Begin the one build of an entry."""
        entry.started_at = time.monotonic()
        entry.missed = set()
        self._entries[entry.key] = entry
        self._builds.add(entry)
        entry.building = asyncio.get_running_loop().create_task(self._build(entry))
        return entry.building

    async def _build(self, entry: _Entry) -> None:
        try:
            page = await entry.route.build(entry.key)
            if page is None:
                self._drop(entry)
                return
            loop = asyncio.get_running_loop()
            ready = await loop.run_in_executor(self._packer, pack, page, self._wrapping(entry))
            self._keep(entry, page, ready)
        except Exception as wrong:  # noqa: BLE001 - see below
            # The last good bytes stand; without any, the framework answers and names the error.
            log.error("hot_build_failed", page=entry.key, error=repr(wrong))
            if entry.ready is None:
                self._drop(entry)
        finally:
            self._builds.discard(entry)
            entry.building = None

    def _wrapping(self, entry: _Entry) -> Wrapping:
        path = entry.key.partition("?")[0]
        route = entry.route
        return Wrapping(route.for_all, lambda headers: self._complete(path, headers), route.own_pages)

    def _keep(self, entry: _Entry, page: HotPage, ready: Ready) -> None:
        self._unlink(entry)
        self.builds += 1
        entry.ready, entry.built_at = ready, time.monotonic()
        entry.stories, entry.any_story = page.stories, page.any_story
        is_old = bool(entry.missed if page.any_story else entry.missed & page.stories)
        entry.dirty_at = entry.started_at if is_old else 0.0
        if page.any_story:
            self._by_any.add(entry)
        for story in page.stories:
            self._by_story.setdefault(story, set()).add(entry)
        self._entries[entry.key] = entry
        while len(self._entries) > self._entries_max:
            self._drop(next(iter(self._entries.values())))

    def _drop(self, entry: _Entry) -> None:
        entry.ready = None
        self._entries.pop(entry.key, None)
        self._unlink(entry)

    def _unlink(self, entry: _Entry) -> None:
        self._by_any.discard(entry)
        for story in entry.stories:
            its = self._by_story[story]
            its.discard(entry)
            if not its:
                del self._by_story[story]
        entry.stories = frozenset()


async def _send(ready: Ready, method: str, asked: _Asked, send: Send) -> None:
    answer = ready.best(asked.encodings)
    if asked.known and is_known(asked.known, answer.etag):
        await send(answer.not_modified)
        await send(_NOTHING)
        return
    await send(answer.start)
    await send(_NOTHING if method == "HEAD" else answer.body)


def plain_query(query: bytes, allowed: dict[str, frozenset[str]], free: str = "", longest: int = 100) -> str | None:
    """A query in its one form, or None when it has anything but one allowed value of allowed names.

    Args:
        free: a name that may have any value.
        longest: in bytes.
    """
    if not query:
        return ""
    if len(query) > longest:
        return None
    pairs = parse_qsl(query.decode("latin-1"), keep_blank_values=True)
    values = dict(pairs)
    if len(values) < len(pairs) or any(k != free and v not in allowed.get(k, ()) for k, v in pairs):
        return None
    return urlencode(sorted(values.items()))
