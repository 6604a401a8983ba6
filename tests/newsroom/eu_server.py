"""The EU's Transparency Database as its documentation says, on a free port of this machine.

All of a batch or none; 422 with the errors of each row; a PUID once.  `trouble` comes before the next answers.
"""

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler

from tests.newsroom.local_server import local_server

TOKEN = "token-of-the-courier"
LOST = "lost"
"""The batch is taken, and the answer never comes."""
_NEEDED = ("puid", "decision_ground", "content_type", "category", "content_date", "application_date",
           "decision_facts", "source_type", "automated_detection", "automated_decision")  # fmt: skip


@dataclass
class EuServer:
    """What it has, what it was asked, and what goes wrong next: a status, or `LOST`."""

    url: str = ""
    kept: dict[str, dict[str, object]] = field(default_factory=dict)
    batches: list[int] = field(default_factory=list)
    trouble: list[int | str] = field(default_factory=list)
    forbidden: set[str] = field(default_factory=set)
    silent_rows: bool = False

    def take(self, body: dict[str, object]) -> tuple[int, dict[str, object]]:
        """Status and document of a batch."""
        rows = body.get("statements")
        if not isinstance(rows, list) or not 0 < len(rows) <= 100:
            return 422, {"errors": {"statements": ["The statements field must have between 1 and 100 items."]}}
        self.batches.append(len(rows))
        errors: dict[str, list[str]] = {}
        for n, row in enumerate(rows):
            for name in _NEEDED:
                if not row.get(name):
                    errors[f"statements.{n}.{name}"] = [f"The {name} field is required."]
            if row["puid"] in self.kept:
                errors[f"statements.{n}.puid"] = ["The identifier given is not unique within this platform."]
            if row["puid"] in self.forbidden:
                errors[f"statements.{n}.category"] = ["The selected category is invalid."]
        if errors:
            return 422, {"message": "Some rows are wrong."} | ({} if self.silent_rows else {"errors": errors})
        self.kept |= {row["puid"]: row for row in rows}
        return 201, {"statements": rows}


@contextmanager
def eu_server() -> Iterator[EuServer]:
    """Until the block ends."""
    told, over = EuServer(), threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            if self.headers.get("authorization") != f"Bearer {TOKEN}":
                self.say(401, {"message": "Unauthenticated."})
                return
            trouble = told.trouble.pop(0) if told.trouble else None
            if isinstance(trouble, int):
                self.say(trouble, {"message": "Too Many Attempts."}, retry="7" if trouble == 429 else "")
                return
            status, document = told.take(json.loads(body)) if self.path == "/api/statements" else (404, {})
            if trouble == LOST:
                over.wait(5)
                return
            self.say(status, document)

        def do_GET(self) -> None:
            found = re.fullmatch(r"/api/statement/existing-puid/([A-Za-z0-9_-]+)", self.path)
            self.say(302 if found and found[1] in told.kept else 404, {})

        def say(self, status: int, document: dict[str, object], retry: str = "") -> None:
            text = json.dumps(document).encode()
            self.send_response(status)
            if retry:
                self.send_header("retry-after", retry)
            self.send_header("content-length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *_: object) -> None:
            """Tests are quiet."""

    with local_server(Handler, over) as address:
        told.url = f"{address}/api"
        yield told
