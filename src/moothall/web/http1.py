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
from moothall.kernel.limits import HEAD_BYTES, HEAD_MS

_CLOSE = ((b"content-length", b"0"), (b"connection", b"close"))
_TOO_SLOW = wire_head(408, _CLOSE) + b"\r\n"
_TOO_LARGE = wire_head(431, _CLOSE) + b"\r\n"


class Bounded(HttpToolsProtocol):
    """Who has a request to send sends its head within `HEAD_MS` and `HEAD_BYTES`."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._patience: asyncio.TimerHandle | None = None
        self._head_bytes = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._patience = self.loop.call_later(HEAD_MS / 1000, self._give_up, _TOO_SLOW)

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no longer."""
        self._calm()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Parse, and count what is not yet a request."""
        super().data_received(data)
        if self._is_served():
            if self._patience is not None:
                self._calm()
            return
        self._head_bytes += len(data)
        if self._head_bytes > HEAD_BYTES:
            self._give_up(_TOO_LARGE)
        elif self._patience is None:
            self._patience = self.loop.call_later(HEAD_MS / 1000, self._give_up, _TOO_SLOW)

    def _is_served(self) -> bool:
        """Whether a request runs, or one was answered and the wait for the next is uvicorn's."""
        running = self.cycle is not None and not self.cycle.response_complete
        return running or self.timeout_keep_alive_task is not None

    def _calm(self) -> None:
        self._head_bytes = 0
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None

    def _give_up(self, answer: bytes) -> None:
        if not self.transport.is_closing():
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
        always = b"".join([name + b": " + value + b"\r\n" for name, value in self.server_state.default_headers])
        self.transport.write(b"".join((head, always, b"\r\n", content)))
        self.on_response_complete()

    def _is_unusual(self) -> bool:
        """An older HTTP, a last request, another protocol, a turn to wait for, a reader who takes nothing."""
        waits = self.cycle is not None and not self.cycle.response_complete
        asks = self.parser.should_upgrade() or not self.parser.should_keep_alive()
        return waits or asks or self.flow.write_paused or self.parser.get_http_version() != "1.1"
