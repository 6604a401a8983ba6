"""Server-sent events: one coroutine an open page.  Source: HTML standard, 9.2.

Framework helpers cost three to six times more a listener, and a loop that awaits each `send` in turn
stalls everybody behind one reader who takes nothing.
"""

import asyncio
import contextlib
import random
from typing import NamedTuple

from moothall.kernel.asgi import Message, Receive, Scope, Send, answer, body, start
from moothall.kernel.limits import LIVE_RETRY_MS, RETRY_AFTER_S
from moothall.live.channel import Listener
from moothall.live.hub import Crowded, Full, Hub

# Public data only, so any page may listen.  Proxies must not gather the stream.
_HEADERS = (
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"access-control-allow-origin", b"*"),
    (b"x-content-type-options", b"nosniff"),
)
_START = start(200, _HEADERS)
_PLAIN = (
    (b"content-type", b"text/plain; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"access-control-allow-origin", b"*"),
    (b"x-content-type-options", b"nosniff"),
)


class Wish(NamedTuple):
    """A page that wants to listen; `whose` is the address that it is counted by."""

    story_id: int
    whose: str


async def serve(hub: Hub, wish: Wish, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer `GET /api/v1/stories/{id}/events`; returns when the stream has ended.

    A page that is sent away, the address's limit being reached (429) or the server's (503), polls instead.
    """
    try:
        listener = await hub.join(wish.story_id, _since(scope), whose=wish.whose)
    except Full as full:
        retry = (b"retry-after", str(RETRY_AFTER_S).encode())
        status = 429 if isinstance(full, Crowded) else 503
        await answer(send, status, b"Too many pages listen; ask for changes instead.\n", (*_PLAIN, retry))
        return
    if listener is None:
        await answer(send, 404, b"There is no discussion at this address.\n", _PLAIN)
        return
    listener.task = asyncio.current_task()
    watching = asyncio.ensure_future(_until_gone(receive, listener))
    try:
        with contextlib.suppress(asyncio.CancelledError):  # the hub gave up on a stalled reader
            await _speak(listener, send)
    finally:
        watching.cancel()
        hub.leave(listener)


async def _speak(listener: Listener, send: Send) -> None:
    await send(_START)
    clock = asyncio.get_running_loop().time
    while listener.is_open:
        message = listener.take()
        if message is None:
            await listener.sleep()
            continue
        listener.busy_since = clock()
        await send(message)
        listener.busy_since = 0.0
    await send(_farewell())


async def _until_gone(receive: Receive, listener: Listener) -> None:
    while True:
        if (await receive())["type"] == "http.disconnect":
            listener.end()
            return


def _farewell() -> Message:
    """The end of a stream: the browser comes back, but not with all the others."""
    return body(b"retry: %d\n\n" % random.randint(*LIVE_RETRY_MS))  # noqa: S311 - not a secret


def _since(scope: Scope) -> int | None:
    """`Last-Event-ID`, or `?since=` for a first connection."""
    for name, value in scope["headers"]:
        if name == b"last-event-id":
            return _number(value)
    query: bytes = scope["query_string"]
    return _number(query.removeprefix(b"since=")) if query.startswith(b"since=") else None


def _number(text: bytes) -> int | None:
    """None for anything that is not a plain number of a sensible length."""
    return int(text) if text.isdigit() and len(text) < 19 else None
