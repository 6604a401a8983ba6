"""Durable comments over HTTP at 64 connections, against the same rows committed one by one by the engine.

`python -m bench.durable_post`; the same disk, the same settings, in turns.  At least 4 times.
"""

import json
import os
import sqlite3
import statistics
import time
from contextlib import closing
from pathlib import Path

from bench.measure import compiled, cpu_s, folder, load, report
from moothall.kernel.ids import id_at
from tests.process import COMMENTS_PATH, STORY, Site, account_id, populate, token

ROUNDS, SECONDS, CONNECTIONS = 3, 5.0, 64
# Each account may post eight times at once; nobody is to be told to slow down.
ACCOUNTS = 20_000
_ALONE = 200
_WORDS = (
    "The bridge was tolled until 1951 and the toll house still stands. Who *will* keep it, and with what money? "
)
_BODY = "{N}: " + _WORDS * 5
_ROW = (
    "INSERT INTO comment (id, story_id, parent_id, root_id, depth, author_id, state, shown, body, body_html, key)"
    " VALUES (?, ?, 0, ?, 0, ?, 'live', 1, ?, ?, ?)"
)


def main() -> None:
    """Print both rates, their ratio and the CPU of one post."""
    client = compiled("load.c")
    together, alone, cost, p50, p99 = [], [], [], [], []
    with folder() as name:
        home = Path(name)
        populate(f"sqlite:///{home / 'moothall.db'}", ACCOUNTS).close()
        site = Site(home)
        first = 0
        for _ in range(ROUNDS):
            alone.append(_one_by_one(home / "moothall.db"))
            site.start()
            load(client, site.port, _request(), connections=CONNECTIONS, seconds=1, first=first)
            before, began = cpu_s(site.pid), time.monotonic()
            done = load(
                client, site.port, _request(), connections=CONNECTIONS, seconds=SECONDS, first=first + 5_000
            )
            together.append(done.ok / (time.monotonic() - began))
            cost.append((cpu_s(site.pid) - before) / done.sent * 1e6)
            p50.append(done.p50_us / 1000)
            p99.append(done.p99_us / 1000)
            if done.wrong:
                print(f"{done.wrong} of {done.sent} were refused")
            site.stop()
    rate, single = statistics.median(together), statistics.median(alone)
    report(
        "durable_post",
        f"over HTTP, {CONNECTIONS} connections: {rate:,.0f} comments/s, p50 {min(p50):.0f} ms,"
        f" p99 {min(p99):.0f} ms, {min(cost):.0f} us CPU each; one by one: {single:,.0f}/s;"
        f" ratio {rate / single:.1f} (at least 4)",
        {"http_per_s": round(rate), "one_by_one_per_s": round(single), "ratio": round(rate / single, 2), "bar": 4,
         "cpu_us": round(min(cost)), "p50_ms": round(min(p50), 1), "p99_ms": round(min(p99), 1),
         "cores": os.cpu_count() or 1},
    )  # fmt: skip


def _request() -> bytes:
    """One comment; account, text and idempotency key follow the number."""
    body = json.dumps({"body": _BODY})
    length = len(body) + 3  # "{N}" becomes six digits
    cookie = token(0).replace("000000", "{N}")
    head = (
        f"POST {COMMENTS_PATH} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nX-Moothall: 1\r\n"
        f"Cookie: moothall_dev={cookie}\r\nIdempotency-Key: {os.getpid()}-{{N}}\r\n"
        f"Content-Length: {length}\r\n\r\n"
    )
    return (head + body).encode()


def _one_by_one(path: Path) -> float:
    """The engine alone: the same row, its counters and its event, one commit each."""
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        conn.execute("PRAGMA synchronous=FULL")
        began = time.perf_counter()
        for n in range(_ALONE):
            made = id_at(time.time_ns() // 1_000_000, n)
            text = f"{n}: {_WORDS * 5}"
            conn.execute("BEGIN IMMEDIATE")
            conn.execute(_ROW, [made, STORY, made, account_id(0), text, f"<p>{text}</p>", f"alone-{made}"])
            conn.execute(
                "INSERT INTO outbox (story_id, kind, comment_id, at_ms) VALUES (?, 'new', ?, 0)", [STORY, made]
            )
            conn.execute("UPDATE story SET comment_count = comment_count + 1 WHERE id = ?", [STORY])
            conn.execute("COMMIT")
        return _ALONE / (time.perf_counter() - began)


if __name__ == "__main__":
    main()
