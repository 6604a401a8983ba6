"""A real server in a process of its own, over a database filled beforehand."""

import hashlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Self

from moothall.kernel.clock import system_clock
from moothall.kernel.ids import id_at, to_text
from moothall.kernel.limits import DAY_MS
from moothall.store.database import Database, open_database
from moothall.store.raw import run, run_many
from moothall.store.tx import Tx

STORY = id_at(1_790_000_000_000)
STORY_PATH = "/city/old-bridge-bcdfgh"
COMMENTS_PATH = f"/api/v1/stories/{to_text(STORY)}/comments"
EVENTS_PATH = f"/api/v1/stories/{to_text(STORY)}/events"
_FIRST_ACCOUNT = id_at(1_780_000_000_000)
_READY_S = 20.0

_SECTION = "INSERT INTO section (slug, name, position) VALUES ('city', 'City', 1)"
_STORY = (
    "INSERT INTO story (id, code, url, slug, lang, section_slug, headline, published, published_at_ms, discussion,"
    " moderation, made_at_ms, changed_at_ms) VALUES (?, 'bcdfgh', ?, 'old-bridge', 'en', 'city',"
    " 'Old bridge to close', 1, ?, 'open', 'post', ?, ?)"
)
_ACCOUNT = (
    "INSERT INTO account (id, display_name, name_key, named, role, made_at_ms) VALUES (?, ?, ?, 1, 'trusted', 0)"
)
_SESSION = (
    "INSERT INTO session (token_hash, account_id, kind, csrf, device, made_at_ms, seen_at_ms, ends_at_ms)"
    " VALUES (?, ?, 'browser', 'c', 'test', ?, ?, ?)"
)


def token(n: int) -> str:
    """The cookie's value of the n-th account."""
    return f"token-of-reader-{n:06d}"


def account_id(n: int) -> int:
    """The n-th account."""
    return _FIRST_ACCOUNT + n


def populate(database_url: str, accounts: int) -> Database:
    """A story and signed-in readers in a new database, which is given back open."""
    db = open_database(database_url)
    now_ms = system_clock()

    def write(tx: Tx) -> None:
        run(tx.conn, _SECTION)
        run(tx.conn, _STORY, [STORY, STORY_PATH, now_ms, now_ms, now_ms])
        people = [(account_id(n), f"Reader {n}", f"reader {n}") for n in range(accounts)]
        run_many(tx.conn, _ACCOUNT, people)
        until = now_ms + 90 * DAY_MS
        sessions = [(hashlib.sha256(token(n).encode()).digest(), account_id(n), now_ms, now_ms, until)
                    for n in range(accounts)]  # fmt: skip
        run_many(tx.conn, _SESSION, sessions)

    db.write_now(write)
    return db


_STARTED: list["subprocess.Popen[bytes]"] = []


def end_started() -> None:
    """Kill what a failed test left running."""
    while _STARTED:
        process = _STARTED.pop()
        if process.poll() is None:
            process.kill()
            process.wait()


class Site:
    """`moothall serve` on a free port.  Settings come as MOOTHALL_* variables."""

    def __init__(
        self, data: Path, *, before: tuple[str, ...] = (), log: Path | None = None, **settings: str
    ) -> None:
        self.data = data
        self.port = free_port()
        self.log = log or data / "serve.log"
        self._before = before
        self._settings = {f"MOOTHALL_{name.upper()}": value for name, value in settings.items()}
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        assert self.process is not None
        return self.process.pid

    def start(self) -> float:
        """Seconds from the command to the first `/readyz` that says yes."""
        began = time.monotonic()
        self.launch()
        while time.monotonic() - began < _READY_S:
            assert self.process is not None
            if self.process.poll() is not None:
                raise AssertionError(f"the server ended: {self.log.read_text()}")
            if self.get("/readyz")[0] == 200:
                return time.monotonic() - began
            time.sleep(0.01)
        raise AssertionError(f"the server is not ready: {self.log.read_text()}")

    def launch(self) -> None:
        """Start without waiting."""
        command = [*self._before, sys.executable, "-m", "moothall", "serve", "--port", str(self.port)]
        environ = os.environ | {"MOOTHALL_DATA": str(self.data)} | self._settings
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, env=environ, stdout=log, stderr=log)
        _STARTED.append(self.process)

    def kill(self) -> None:
        """As a power cut would, to the process."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def stop(self) -> float:
        """Ask it to stop; seconds until it has."""
        assert self.process is not None
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(20)
        return time.monotonic() - began

    def get(self, path: str) -> tuple[int, bytes]:
        """Status and body; 0 when nobody answers."""
        try:
            with urllib.request.urlopen(self.url + path, timeout=5) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read()
        except OSError:
            return 0, b""


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
