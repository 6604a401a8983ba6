"""How connections are spoken to: uvicorn's HTTP/1.1, with limits on a request's head, and short for ready pages.

uvicorn waits for a head without end, and keeps a head without end.  A page that lies ready needs no task and
no message of the server interface: written where its request is read it costs a third of the way through them.
"""

import asyncio
from typing import Any, Protocol

from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from moothall.kernel.asgi import wire_head
from moothall.kernel.limits import BODY_PAUSE_MS, HEAD_BYTES, HEAD_MS

_CLOSE = ((b"content-length", b"0"), (b"connection", b"close"))
_TOO_SLOW = wire_head(408, _CLOSE) + b"\r\n"
_TOO_LARGE = wire_head(431, _CLOSE) + b"\r\n"
# What of a request comes next.
_NOTHING, _HEAD, _BODY = range(3)


class Bounded(HttpToolsProtocol):
    """Who has a request to send sends its head within `HEAD_MS` and `HEAD_BYTES`, and goes on with its body."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._patience: asyncio.TimerHandle | None = None
        self._part = _NOTHING
        # Since the last whole head or piece of a body.
        self._loose_bytes = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._wait(HEAD_MS)

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no longer."""
        self._calm()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Parse, and count what is not yet a head or a piece of a body."""
        self._loose_bytes += len(data)
        super().data_received(data)
        if self._loose_bytes > HEAD_BYTES:
            self._give_up(_TOO_LARGE)
        elif self._part == _BODY:
            self._calm()
            self._wait(BODY_PAUSE_MS)
        elif self._part == _HEAD or (self.timeout_keep_alive_task is None and not self._is_running()):
            if self._patience is None:
                self._wait(HEAD_MS)
        elif self._patience is not None:
            # A request runs, or one was answered and the wait for the next is uvicorn's.
            self._calm()

    def on_message_begin(self) -> None:
        """A head comes."""
        self._part = _HEAD
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """A body may come.  Lines of a head that follow it are nobody's."""
        self._part = _BODY
        self._loose_bytes = 0
        self._calm()
        super().on_headers_complete()
        self.headers = []

    def on_body(self, body: bytes) -> None:
        """Take a piece."""
        self._loose_bytes = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        """All of the request is there."""
        self._rest()
        super().on_message_complete()

    def _rest(self) -> None:
        self._part = _NOTHING
        self._loose_bytes = 0

    def _is_running(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _wait(self, for_ms: int) -> None:
        self._patience = self.loop.call_later(for_ms / 1000, self._lose_patience, for_ms)

    def _lose_patience(self, after_ms: int) -> None:
        """Unless it is we who do not listen, or who have not yet answered what came before."""
        if self.flow.read_paused or (self._part != _BODY and self._is_running()):
            self._wait(after_ms)
        else:
            self._give_up(_TOO_SLOW)

    def _calm(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None

    def _give_up(self, answer: bytes) -> None:
        if self.transport.is_closing():
            return
        # In the midst of an answer, another would be taken for a part of it.
        if not self.pipeline and not (self._is_running() and self.cycle.response_started):
            self.transport.write(answer)
        self.transport.close()


class _Pages(Protocol):
    def at_once(self, method: bytes, url: bytes, headers: list[tuple[bytes, bytes]]) -> tuple[bytes, bytes] | None:
        """Head without its end, and content."""


class Quick(Bounded):
    """Answers what lies ready, and leaves everything else to the application behind."""

    _found: tuple[bytes, bytes] | None = None

    def on_headers_complete(self) -> None:
        """Look whether the page lies ready; anything unusual about the request goes the long way."""
        pages: _Pages = self.app
        found = pages.at_once(self.parser.get_method(), self.url, self.headers)
        if found is None or self._is_unusual():
            super().on_headers_complete()
        else:
            self._found = found

    def on_body(self, body: bytes) -> None:
        """What is sent along with a GET means nothing."""
        if self._found is None:
            super().on_body(body)

    def on_message_complete(self) -> None:
        """Answer."""
        if self._found is None:
            super().on_message_complete()
            return
        (head, content), self._found = self._found, None
        self._rest()
        always = b"".join([name + b": " + value + b"\r\n" for name, value in self.server_state.default_headers])
        self.transport.write(b"".join((head, always, b"\r\n", content)))
        self.on_response_complete()

    def _is_unusual(self) -> bool:
        """An older HTTP, a last request, another protocol, a turn to wait for, a reader who takes nothing."""
        waits = self.cycle is not None and not self.cycle.response_complete
        asks = self.parser.should_upgrade() or not self.parser.should_keep_alive()
        return waits or asks or self.flow.write_paused or self.parser.get_http_version() != "1.1"
