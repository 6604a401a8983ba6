"""The words of the server interface, without any framework.  Source: the ASGI specification, 3.0."""

from collections.abc import Awaitable, Callable, MutableMapping
from http import HTTPStatus
from typing import Any

# The specification types these as open mappings; every reader checks what it takes out.
Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
Headers = tuple[tuple[bytes, bytes], ...]


def start(status: int, headers: Headers) -> Message:
    """The message that opens an answer."""
    return {"type": "http.response.start", "status": status, "headers": list(headers)}


def wire_head(status: int, headers: Headers) -> bytes:
    """The same opening as HTTP/1.1 writes it, but for the empty line that ends it.  Source: RFC 9112.

    Raises: ValueError, where a header would begin a line of its own.
    """
    lines = [b"HTTP/1.1 %d %s" % (status, HTTPStatus(status).phrase.encode())]
    lines += [name + b": " + value for name, value in headers]
    if any(b"\r" in line or b"\n" in line for line in lines):
        raise ValueError("A header holds the end of a line.")
    return b"\r\n".join((*lines, b""))


def body(content: bytes, *, more: bool = False) -> Message:
    """A piece of an answer; `more` says that others follow."""
    return {"type": "http.response.body", "body": content, "more_body": more}


async def answer(send: Send, status: int, content: bytes, headers: Headers) -> None:
    """A whole small answer; its length is added."""
    length = (b"content-length", str(len(content)).encode())
    await send(start(status, (*headers, length)))
    await send(body(content))
