"""Counts around the scorer's door, at `/metrics`, and whether it lives, at `/healthz`."""

import time
from collections.abc import Callable

from moothall.kernel.asgi import App, Message, Receive, Scope, Send, answer
from moothall.upkeep.metrics import Metrics

_TEXT = (b"content-type", b"text/plain; charset=utf-8")
_SHED = 429


class Counted:
    """An ASGI application around the door.  Its numbers name nobody and no text."""

    def __init__(self, door: App, *, waiting: Callable[[], int]) -> None:
        self._door = door
        self._metrics = Metrics()
        self.answered = self.refused = self.shed = 0
        self._metrics.add_gauge("moothall_scorer_waiting", "Requests that wait or are scored.", waiting)
        self._metrics.add_counter("moothall_scorer_answered", "Requests answered.", lambda: self.answered)
        self._metrics.add_counter(
            "moothall_scorer_refused", "Requests that could not be scored.", lambda: self.refused
        )
        self._metrics.add_counter("moothall_scorer_shed", "Requests over a quota or too many.", lambda: self.shed)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._door(scope, receive, send)
        elif scope["path"] == "/healthz":
            await answer(send, 200, b"ok\n", (_TEXT,))
        elif scope["path"] == "/metrics":
            kind, page = self._metrics.page()
            await answer(send, 200, page, ((b"content-type", kind.encode()),))
        else:
            await self._counted(scope, receive, send)

    async def _counted(self, scope: Scope, receive: Receive, send: Send) -> None:
        began = time.perf_counter()

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._count(message["status"])
            await send(message)

        await self._door(scope, receive, told)
        self._metrics.request_seconds.observe(time.perf_counter() - began)

    def _count(self, status: int) -> None:
        if status == _SHED:
            self.shed += 1
        elif status >= 400:
            self.refused += 1
        else:
            self.answered += 1
