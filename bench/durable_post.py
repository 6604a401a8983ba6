"""Durable comments over HTTP at 64 connections, against the same rows committed one by one by the engine.

`python -m bench.durable_post`; in turns on this disk as it is, and as one whose sync takes 3 ms longer: that
of a small cloud server.  At least 4 times there; where a sync costs next to nothing, commits need no sharing.
"""

import json
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from bench.measure import Load, compiled, cpu_s, folder, load, report
from moothall.kernel.ids import id_at
from tests.process import COMMENTS_PATH, STORY, Site, account_id, populate, token

ROUNDS, SECONDS, CONNECTIONS, SLOW_US = 3, 5.0, 64, 3_000
# Each account may post eight times at once; nobody is to be told to slow down.
ACCOUNTS = 20_000
_ALONE = 200
# Words of their own in each: what many post in the same words is held, and that is another measurement.
# Twice is 214 characters, once six of {N} and {W} stand there: 1,382 news comments of the corpora
# (civil_toxic_spans_en) have 216 on average, and half of them have less than 136.
_BODY = "{N}: " + "{W} {W} of {W} and *{W}* {W}. The {W} {W} was {W}; what {W} will {W} it? " * 2
_ROW = (
    "INSERT INTO comment (id, story_id, parent_id, root_id, depth, author_id, state, shown, body, body_html, key)"
    " VALUES (?, ?, 0, ?, 0, ?, 'live', 1, ?, ?, ?)"
)


class Rates(NamedTuple):
    """Comments a second, over HTTP and one by one; latencies and CPU of a post."""

    together: float
    alone: float
    p50_ms: float
    p99_ms: float
    cpu_us: float

    @property
    def ratio(self) -> float:
        return self.together / self.alone


def main() -> None:
    """Print both rates and their ratio, on both disks."""
    client, shim = compiled("load.c"), compiled("slow_sync.c", shared=True)
    here = _measure(client, ())
    slow = _measure(client, ("env", f"LD_PRELOAD={shim}", f"SYNC_US={SLOW_US}"))
    for name, rates in (("this disk", here), (f"{SLOW_US / 1000:.0f} ms a sync", slow)):
        print(
            f"{name}: over HTTP, {CONNECTIONS} connections: {rates.together:,.0f} comments/s,"
            f" p50 {rates.p50_ms:.0f} ms, p99 {rates.p99_ms:.0f} ms; one by one: {rates.alone:,.0f}/s;"
            f" ratio {rates.ratio:.1f}"
        )
    report(
        "durable_post",
        f"{slow.ratio:.1f} times one by one where a sync takes {SLOW_US / 1000:.0f} ms (at least 4),"
        f" {here.ratio:.1f} times on this disk; {here.cpu_us:.0f} us CPU a post",
        {"ratio": round(slow.ratio, 2), "bar": 4, "http_per_s": round(slow.together),
         "one_by_one_per_s": round(slow.alone), "here_ratio": round(here.ratio, 2),
         "here_http_per_s": round(here.together), "here_one_by_one_per_s": round(here.alone),
         "here_p50_ms": round(here.p50_ms, 1), "here_p99_ms": round(here.p99_ms, 1), "cpu_us": round(here.cpu_us),
         "cores": os.cpu_count() or 1},
    )  # fmt: skip


def _measure(client: str, before: tuple[str, ...]) -> Rates:
    rounds = []
    with folder() as name:
        filled = Path(name, "moothall.db")
        populate(f"sqlite:///{filled}", ACCOUNTS).close()
        for n in range(ROUNDS):
            # New each time: a server that finds comments of today reads them again before it is at rest.
            home = Path(name, str(n))
            home.mkdir()
            shutil.copy(filled, home)
            site = Site(home, before=before)
            alone = _one_by_one(home, before)
            with site:
                done, took_s, cpu = _together(client, site)
            rounds.append(
                Rates(done.ok / took_s, alone, done.p50_us / 1e3, done.p99_us / 1e3, cpu / done.sent * 1e6)
            )
    return Rates(*(statistics.median(values) for values in zip(*rounds, strict=True)))


def _together(client: str, site: Site) -> tuple[Load, float, float]:
    """What was answered, in how many seconds, for how many seconds of CPU."""
    load(client, site.port, _request(), connections=CONNECTIONS, seconds=1)
    before, began = cpu_s(site.pid), time.monotonic()
    done = load(client, site.port, _request(), connections=CONNECTIONS, seconds=SECONDS, first=5_000)
    if done.wrong:
        print(f"{done.wrong} of {done.sent} were refused")
    return done, time.monotonic() - began, cpu_s(site.pid) - before


def _request() -> bytes:
    """One comment; account, text and idempotency key follow the number."""
    body = json.dumps({"body": _BODY})
    length = len(body) + 3 * (body.count("{N}") + body.count("{W}"))  # each becomes six characters
    cookie = token(0).replace("000000", "{N}")
    head = (
        f"POST {COMMENTS_PATH} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nX-Moothall: 1\r\n"
        f"Cookie: moothall_dev={cookie}\r\nIdempotency-Key: {time.monotonic_ns()}-{{N}}\r\n"
        f"Content-Length: {length}\r\n\r\n"
    )
    return (head + body).encode()


def _one_by_one(home: Path, before: tuple[str, ...]) -> float:
    """In a process of its own, for the slower disk comes by the environment."""
    command = [*before, sys.executable, "-m", "bench.durable_post", str(home / "moothall.db")]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def _alone(path: str) -> float:
    """The engine alone: the same row, its counter and its event, one commit each."""
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        conn.execute("PRAGMA synchronous=FULL")
        began = time.perf_counter()
        for n in range(_ALONE):
            made = id_at(time.time_ns() // 1_000_000, n)
            text = _BODY.replace("{N}", str(n)).replace("{W}", "bridge")
            conn.execute("BEGIN IMMEDIATE")
            conn.execute(_ROW, [made, STORY, made, account_id(0), text, f"<p>{text}</p>", f"alone-{made}"])
            conn.execute(
                "INSERT INTO outbox (story_id, kind, comment_id, at_ms) VALUES (?, 'new', ?, 0)", [STORY, made]
            )
            conn.execute("UPDATE story SET comment_count = comment_count + 1 WHERE id = ?", [STORY])
            conn.execute("COMMIT")
        return _ALONE / (time.perf_counter() - began)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(_alone(sys.argv[1]))
    else:
        main()
