"""`moothall scorer serve` on one core, asked as Coral asks, by clients that wait for each answer.

`python -m bench.scorer_serve`; at least 200 requests a second, and 99 of 100 within 200 ms.
"""

import json
import subprocess
import sys
import time
import urllib.request

from bench.measure import compiled, cpu_s, load, memory_bytes, pinned, report
from bench.scorer import TYPICAL
from tests.process import free_port

CONNECTIONS, SECONDS = 16, 5.0


def main() -> None:
    """Print requests a second, what one costs, and how long it took."""
    client, port = compiled("load.c"), free_port()
    command = [sys.executable, "-m", "moothall", "scorer", "serve", "--port", str(port), "--key", "k"]
    server = subprocess.Popen([*pinned("server"), *command])
    try:
        _await(port)
        before = cpu_s(server.pid)
        done = load(client, port, _request(), connections=CONNECTIONS, seconds=SECONDS)
        cpu_ms = (cpu_s(server.pid) - before) / done.sent * 1e3
        memory_mb = memory_bytes(server.pid) / 1e6
    finally:
        server.terminate()
        server.wait()
    if done.wrong:
        sys.exit(f"{done.wrong} of {done.sent} answers were wrong")
    a_second = done.sent / SECONDS
    report(
        "scorer_serve",
        f"{a_second:.0f} requests a second over {CONNECTIONS} connections (at least 200),"
        f" p50 {done.p50_us / 1e3:.0f} ms, p99 {done.p99_us / 1e3:.0f} ms (at most 200);"
        f" {cpu_ms:.2f} ms CPU each, {memory_mb:.0f} MB",
        {"a_second": round(a_second), "p99_ms": round(done.p99_us / 1e3, 1), "cpu_ms": round(cpu_ms, 2)},
    )


def _request() -> bytes:
    body = json.dumps(
        {
            "comment": {"text": TYPICAL},
            "doNotStore": True,
            "requestedAttributes": {"TOXICITY": {}},
            "languages": ["en"],
        }
    )
    head = "POST /v1alpha1/comments:analyze?key=k HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    return f"{head}Content-Length: {len(body)}\r\n\r\n{body}".encode()


def _await(port: int) -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz").close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    sys.exit("the scorer did not start")


if __name__ == "__main__":
    main()
