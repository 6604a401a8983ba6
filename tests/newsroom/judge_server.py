"""A real HTTP server that answers as a test wishes, and remembers what it was asked."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import NamedTuple

from tests.newsroom.local_server import local_server


class Asked(NamedTuple):
    """One request."""

    headers: dict[str, str]
    body: bytes


class Answer(NamedTuple):
    """One answer; `silent` never comes while the test runs."""

    body: bytes = b""
    status: int = 200
    location: str = ""
    silent: bool = False


@dataclass
class JudgeServer:
    """Where it listens, what it answers, what it was asked."""

    url: str
    answer: Callable[[Asked], Answer]
    asked: list[Asked] = field(default_factory=list)


@contextmanager
def judge_server(answer: Callable[[Asked], Answer] | Answer) -> Iterator[JudgeServer]:
    """Serve on a free port of this machine until the block ends."""
    over = threading.Event()
    answers = answer if callable(answer) else lambda _: answer

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = Asked(
                {name.lower(): value for name, value in self.headers.items()},
                self.rfile.read(int(self.headers.get("content-length", 0))),
            )
            told.asked.append(asked)
            said = answers(asked)
            if said.silent:
                over.wait(30)
                return
            self.send_response(said.status)
            if said.location:
                self.send_header("location", said.location)
            self.send_header("content-length", str(len(said.body)))
            self.end_headers()
            try:
                self.wfile.write(said.body)
            except OSError:
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Tests are quiet."""

    with local_server(Handler, over) as address:
        told = JudgeServer(f"{address}/judge", answers)
        yield told
