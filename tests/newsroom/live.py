"""The site behind its front: ready-made pages and live streams, in this process."""

import asyncio
import json
from collections.abc import AsyncIterator, MutableMapping
from contextlib import asynccontextmanager
from typing import Any, Self

from moothall.app import enter
from moothall.kernel.asgi import App
from tests.newsroom.site import Site

_PATIENCE_S = 10.0
_Message = MutableMapping[str, Any]


@asynccontextmanager
async def fronted(site: Site) -> AsyncIterator[App]:
    """Started as a server starts it; browsers of the site opened from now on come to it.

    Pages are never older than the last event, so that what was written is read.
    """
    entry = enter(site.parts, rebuild_ms=0)
    told: asyncio.Queue[_Message] = asyncio.Queue()
    said: asyncio.Queue[_Message] = asyncio.Queue()
    running = asyncio.ensure_future(entry({"type": "lifespan", "asgi": {"version": "3.0"}}, told.get, said.put))
    await told.put({"type": "lifespan.startup"})
    assert (await said.get())["type"] == "lifespan.startup.complete"
    before, site.app = site.app, entry
    try:
        yield entry
    finally:
        site.app = before
        await told.put({"type": "lifespan.shutdown"})
        await said.get()
        await running


class Stream:
    """An open page that listens."""

    def __init__(self) -> None:
        self.status = 0
        self.headers: dict[bytes, bytes] = {}
        self.text = ""
        self._sent: asyncio.Queue[_Message] = asyncio.Queue()
        self._gone = asyncio.Event()
        self._task: asyncio.Future[None] | None = None

    @classmethod
    async def open(
        cls, app: App, path: str, *, query: str = "", last_event: int | None = None, address: str = "192.0.2.1"
    ) -> Self:
        """Connect; returns when the answer has begun."""
        stream = cls()
        headers = [(b"last-event-id", str(last_event).encode())] if last_event is not None else []
        scope = {"type": "http", "method": "GET", "path": path, "query_string": query.encode(), "headers": headers,
                 "client": (address, 5000)}  # fmt: skip
        stream._task = asyncio.ensure_future(app(scope, stream._receive, stream._sent.put))
        start = await stream._next()
        stream.status, stream.headers = start["status"], dict(start["headers"])
        return stream

    async def event(self) -> dict[str, Any]:
        """The next event's document."""
        while True:
            message = await self._next()
            self.text += message["body"].decode()
            _, found, data = message["body"].partition(b"data: ")
            if found:
                return json.loads(data)  # type: ignore[no-any-return]
            assert message.get("more_body"), "the stream has ended"

    async def end(self) -> str:
        """Everything until the stream ends."""
        async with asyncio.timeout(_PATIENCE_S):
            assert self._task is not None
            await self._task
        while not self._sent.empty():
            self.text += self._sent.get_nowait()["body"].decode()
        return self.text

    async def leave(self) -> None:
        """Close the page."""
        self._gone.set()
        await self.end()

    async def _receive(self) -> _Message:
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def _next(self) -> _Message:
        async with asyncio.timeout(_PATIENCE_S):
            return await self._sent.get()
