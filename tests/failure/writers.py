"""Fifty readers who post through a crash: each sends again, with the same key, until it is answered."""

import asyncio
import json
from dataclasses import dataclass, field
from typing import NamedTuple

from tests.process import COMMENTS_PATH, account_id, token

_PATIENCE_S, _PAUSE_S = 60.0, 0.1


class Kept(NamedTuple):
    """What an acknowledgement said: author, key, comment."""

    author: int
    key: str
    comment: str


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Writers:
    """`accounts` post in turns; every acknowledgement is remembered."""

    port: int
    accounts: int
    kept: list[Kept] = field(default_factory=list)
    resent: int = 0
    refused: set[int] = field(default_factory=set)
    stopped: bool = False
    _next: int = 0

    async def run(self, count: int) -> None:
        """Until `stopped`; what was begun is finished."""
        await asyncio.gather(*(self._write() for _ in range(count)))

    async def _write(self) -> None:
        connection = Connection(self.port)
        while not self.stopped:
            self._next += 1
            await self._post(connection, self._next)
        connection.close()

    async def _post(self, connection: "Connection", n: int) -> None:
        """Sends one comment until it is acknowledged."""
        author, key = n % self.accounts, f"key-{n}"
        body = json.dumps({"body": f"Comment {n}: the toll house stands, whoever pays for it."}).encode()
        until = asyncio.get_running_loop().time() + _PATIENCE_S
        while asyncio.get_running_loop().time() < until:
            try:
                answer = await connection.ask("POST", COMMENTS_PATH, body, author=author, key=key)
            except (OSError, EOFError):
                self.resent += 1
                await asyncio.sleep(_PAUSE_S)
                continue
            if answer.status in {201, 202}:
                self.kept.append(Kept(account_id(author), key, json.loads(answer.body)["id"]))
                return
            self.refused.add(answer.status)
            await asyncio.sleep(_PAUSE_S)
        raise AssertionError(f"{key} was never acknowledged")


class Connection:
    """A kept-alive HTTP/1.1 connection, opened when it is needed."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, method: str, path: str, body: bytes = b"", *, author: int, key: str = "") -> Answer:
        """Raises: OSError, EOFError when the server goes away before it has answered."""
        try:
            return await self._ask(_request(method, path, body, author, key))
        except (OSError, EOFError):
            self.close()
            raise

    def close(self) -> None:
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None

    async def _ask(self, request: bytes) -> Answer:
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = self._streams
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        first, *lines = head.decode().strip().split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        content = await reader.readexactly(int(headers.get("content-length", 0)))
        return Answer(int(first.split()[1]), headers, content)


def _request(method: str, path: str, body: bytes, author: int, key: str) -> bytes:
    lines = [
        f"{method} {path} HTTP/1.1",
        "Host: 127.0.0.1",
        f"Cookie: moothall_dev={token(author)}",
        "X-Moothall: 1",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
    ]
    if key:
        lines.append(f"Idempotency-Key: {key}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body
