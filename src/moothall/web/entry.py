"""The one ASGI callable: ready-made pages, live streams and health first, the framework for the rest."""

import asyncio
import contextlib
import json
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from moothall.kernel.asgi import App, Message, Receive, Scope, Send, answer
from moothall.kernel.ids import from_text
from moothall.kernel.limits import STOP_REQUESTS_MS
from moothall.kernel.secret import same
from moothall.live import sse
from moothall.live.hub import Hub
from moothall.settings import Settings
from moothall.upkeep.health import Health
from moothall.upkeep.metrics import Metrics
from moothall.web.client_address import client_key
from moothall.web.hot import HotTable, Pairs

_STORIES, _EVENTS = "/api/v1/stories/", "/events"
_Door = Callable[[Scope, Send], Awaitable[None]]
_NO_STORE = (b"cache-control", b"no-store")
# What proxies say of themselves.
_FORWARDING = frozenset(
    {b"forwarded", b"via", b"x-forwarded-for", b"x-forwarded-host", b"x-forwarded-proto", b"x-real-ip"}
)
_NOSNIFF = (b"x-content-type-options", b"nosniff")


@dataclass(frozen=True, slots=True)
class Front:
    """What answers without the framework.  The first table that knows an address answers."""

    tables: tuple[HotTable, ...]
    hub: Hub
    health: Health
    metrics: Metrics
    settings: Settings


class Entry:
    """The front before the framework's `app` (with its security headers); `close` closes the store."""

    def __init__(self, app: App, front: Front, close: Callable[[], None]) -> None:
        self.close = close
        self._app = app
        self._tables = front.tables
        self._hub = front.hub
        self._health = front.health
        self._metrics = front.metrics
        self._settings = front.settings
        self._running = 0
        self._idle: asyncio.Event | None = None
        self._doors: Mapping[str, _Door] = {
            "/healthz": self._healthz,
            "/readyz": self._readyz,
            "/metrics": self._metricsz,
        }
        running = ("moothall_requests_running", "Requests inside the framework.", lambda: self._running)
        self._metrics.add_gauge(*running)

    @property
    def running(self) -> int:
        """Requests inside the framework."""
        return self._running

    def at_once(self, method: bytes, url: bytes, headers: Pairs) -> tuple[bytes, bytes] | None:
        """Head and content of an answer that lies ready, as the wire wants them; None asks to be called."""
        for table in self._tables:
            found = table.at_once(method, url, headers)
            if found is not None:
                return found
        return None

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """Not a coroutine function itself: a frame less for each of ten thousand listeners."""
        if scope["type"] == "http":
            if scope["method"] in {"GET", "HEAD"}:
                return self._get(scope, receive, send)
            return self._framework(scope, receive, send)
        if scope["type"] == "lifespan":
            return self._lifespan(scope, receive, send)
        return self._app(scope, receive, send)

    def _get(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        for table in self._tables:
            found = table.answer(scope, receive, send, self._framework)
            if found is not None:
                return found
        path: str = scope["path"]
        door = self._doors.get(path)
        if door is not None:
            return door(scope, send)
        if path.endswith(_EVENTS) and path.startswith(_STORIES) and scope["method"] == "GET":
            story_id = from_text(path[len(_STORIES) : -len(_EVENTS)])
            if story_id is not None:
                return sse.serve(self._hub, sse.Wish(story_id, self._address(scope)), scope, receive, send)
        return self._framework(scope, receive, send)

    def _address(self, scope: Scope) -> str:
        forwarded = [value.decode("latin-1") for name, value in scope["headers"] if name == b"x-forwarded-for"]
        client: tuple[str, int] | None = scope.get("client")
        return client_key(client[0] if client else None, forwarded, self._settings.trusted_proxies)

    async def _framework(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._running += 1
        began = time.perf_counter()
        try:
            await self._app(scope, receive, send)
        finally:
            self._running -= 1
            if self._idle is not None and not self._running:
                self._idle.set()
            self._metrics.request_seconds.observe(time.perf_counter() - began)

    async def _lifespan(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The server's start and stop, passed on; ours before its start and after its stop."""

        async def listened() -> Message:
            message = await receive()
            if message["type"] == "lifespan.startup":
                self._hub.start()
                self._health.ready = True
                self._health.watch()
            else:
                await self._drain()
            return message

        await self._app(scope, listened, send)

    def stop(self) -> None:
        """Say that we stop, and end the streams: servers wait for all connections before they stop."""
        self._health.ready = False
        self._hub.close()

    async def _drain(self) -> None:
        """Wait for what is being answered, ten seconds at most."""
        self.stop()
        if self._running:
            self._idle = asyncio.Event()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._idle.wait(), STOP_REQUESTS_MS / 1000)
        for table in self._tables:
            table.close()

    async def _healthz(self, _scope: Scope, send: Send) -> None:
        """The process runs and its loop turns."""
        await answer(send, 200, b"ok\n", (*_text("text/plain"), _NO_STORE, _NOSNIFF))

    async def _readyz(self, _scope: Scope, send: Send) -> None:
        report = self._health.report()
        content = json.dumps(report).encode() + b"\n"
        status = 200 if report["ready"] else 503
        await answer(send, status, content, (*_text("application/json"), _NO_STORE, _NOSNIFF))

    async def _metricsz(self, scope: Scope, send: Send) -> None:
        """For programs that have the token; as long as no proxy can stand in front, for those on this machine."""
        if not may_measure(scope, self._settings):
            await answer(send, 404, b"", (_NO_STORE,))
            return
        content_type, content = self._metrics.page()
        await answer(send, 200, content, (*_text(content_type), _NO_STORE))


def _text(content_type: str) -> tuple[tuple[bytes, bytes]]:
    return ((b"content-type", content_type.encode()),)


def may_measure(scope: Scope, settings: Settings) -> bool:
    """Whether a request may read our numbers.

    A proxy on this machine need not say that it is one, so its readers look local.  There is one wherever
    readers use another address than the one listened on.
    """
    headers = dict(scope["headers"])
    if settings.metrics_token:
        sent: bytes = headers.get(b"authorization", b"")
        return same(sent.decode("latin-1").removeprefix("Bearer "), settings.metrics_token)
    client: tuple[str, int] | None = scope.get("client")
    is_local = client is not None and client[0] in {"127.0.0.1", "::1"}
    return is_local and not settings.base_url and _FORWARDING.isdisjoint(headers)
