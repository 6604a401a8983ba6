"""The words of the server interface, without any framework.  Source: the ASGI specification, 3.0."""

from collections.abc import Awaitable, Callable, MutableMapping
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


def body(content: bytes, *, more: bool = False) -> Message:
    """A piece of an answer; `more` says that others follow."""
    return {"type": "http.response.body", "body": content, "more_body": more}


async def answer(send: Send, status: int, content: bytes, headers: Headers) -> None:
    """A whole small answer; its length is added."""
    length = (b"content-length", str(len(content)).encode())
    await send(start(status, (*headers, length)))
    await send(body(content))
