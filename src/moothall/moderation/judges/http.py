"""One bounded question by HTTP: no redirects, 64 KB of answer at most, text that is JSON where it should be."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

import httpx
import msgspec

from moothall.kernel.limits import JUDGE_ANSWER_BYTES
from moothall.moderation.judges.port import Nonsense
from moothall.moderation.standards_model import Standards

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a judge is and how long it may take; `name` is the newsroom's word for it."""

    name: str
    url: str
    secret: str
    deadline_ms: int
    http: httpx.AsyncClient


@dataclass(frozen=True, slots=True)
class Placed:
    """A judge somewhere else: its name and its deadline are those of its place."""

    place: Place

    @property
    def name(self) -> str:
        return self.place.name

    @property
    def deadline_ms(self) -> int:
        return self.place.deadline_ms

    def is_for(self, _: Standards) -> bool:
        """A newsroom that names a place wants its findings kept, whether or not a line weighs them."""
        return True


def headers_of(place: Place) -> dict[str, str]:
    """Of a question in JSON; a place without a secret is asked without one."""
    signed = {"Authorization": f"Bearer {place.secret}"} if place.secret else {}
    return {"Content-Type": "application/json", **signed}


async def ask(place: Place, question: bytes, headers: Mapping[str, str]) -> bytes:
    """The answer's body.  Raises: Nonsense, httpx.HTTPError."""
    timeout = place.deadline_ms / 1000
    sent = {"User-Agent": "Moothall", **headers}
    async with place.http.stream(
        "POST", place.url, content=question, headers=sent, timeout=timeout, follow_redirects=False
    ) as answer:
        if not answer.is_success:
            raise Nonsense(f"status {answer.status_code}")
        read = bytearray()
        async for part in answer.aiter_bytes():
            read += part
            if len(read) > JUDGE_ANSWER_BYTES:
                raise Nonsense(f"more than {JUDGE_ANSWER_BYTES} bytes")
    return bytes(read)


def decoded(body: bytes, shape: type[T]) -> T:
    """Raises: Nonsense."""
    try:
        return msgspec.json.decode(body, type=shape)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as wrong:
        raise Nonsense(f"not the JSON that was asked for: {wrong}") from wrong
