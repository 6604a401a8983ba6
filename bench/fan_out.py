"""Ten thousand open pages told of one comment: when the last one knows, and what each costs in memory.

`python -m bench.fan_out [LISTENERS]`; time runs from the moment the comment is sent to the server until
the last listener has its bytes: judge, commit, tick and fan-out.  Within 0.6 s, at most 30 KB each.
"""

import http.client
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import IO, NamedTuple

from bench.measure import compiled, cpu_s, folder, memory_bytes, pinned, report
from tests.process import COMMENTS_PATH, EVENTS_PATH, Site, populate, token

LISTENERS, TURNS = 10_000, 7
# Longer than a tick, so that each comment is told at once and not gathered with the one before.
_PAUSE_S = 1.0
_SPARE = 500


class Turn(NamedTuple):
    """One comment: listeners reached, milliseconds to the first, the middle one and the last, server CPU."""

    reached: int
    first_ms: float
    middle_ms: float
    last_ms: float
    cpu_us: float


def main(count: int = LISTENERS) -> None:
    """Print the median of the turns."""
    count = min(count, resource.getrlimit(resource.RLIMIT_NOFILE)[1] - _SPARE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (count + _SPARE,) * 2)
    client = compiled("sse_client.c")
    with folder() as name:
        home = Path(name)
        populate(f"sqlite:///{home / 'moothall.db'}", TURNS + 1).close()
        with Site(home, before=pinned("server")) as site:
            _post(site, TURNS)  # everything that is loaded late is loaded now
            ready, turns, each = _listen(site, client, count)
    _report(ready, turns, each)


def _listen(site: Site, client: str, count: int) -> tuple[int, list[Turn], float]:
    """How many listened, what they heard, and bytes of memory each."""
    before = memory_bytes(site.pid)
    command = [*pinned("client"), client, "127.0.0.1", str(site.port), EVENTS_PATH, str(count)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as listeners:
        assert listeners.stdin is not None
        assert listeners.stdout is not None
        ready = int(listeners.stdout.readline().split()[1])
        at_first = memory_bytes(site.pid)
        turns = [_turn(site, n, listeners.stdin, listeners.stdout) for n in range(TURNS)]
        at_last = memory_bytes(site.pid)
        listeners.kill()
    return ready, turns, (max(at_first, at_last) - before) / max(ready, 1)


def _turn(site: Site, n: int, orders: IO[str], answers: IO[str]) -> Turn:
    orders.write('["new"\n')
    orders.flush()
    time.sleep(_PAUSE_S)
    cpu, began = cpu_s(site.pid), time.monotonic_ns()
    _post(site, n)
    _, reached, first, last, middle, lost = answers.readline().split()
    if int(lost):
        print(f"{lost} listeners were cut off")
    first_ms, middle_ms, last_ms = ((int(at) - began) / 1e6 for at in (first, middle, last))
    return Turn(int(reached), first_ms, middle_ms, last_ms, (cpu_s(site.pid) - cpu) / int(reached) * 1e6)


def _post(site: Site, n: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", site.port)
    head = {"Cookie": f"moothall_dev={token(n)}", "X-Moothall": "1", "Content-Type": "application/json"}
    head["Idempotency-Key"] = f"fan-out-{n}"
    connection.request("POST", COMMENTS_PATH, json.dumps({"body": f"Comment {n} of the fan-out."}), head)
    answer = connection.getresponse()
    if answer.status != 201:
        sys.exit(f"the comment was refused: {answer.read()!r}")
    connection.close()


def _report(ready: int, turns: list[Turn], each: float) -> None:
    last = statistics.median(turn.last_ms for turn in turns)
    middle = statistics.median(turn.middle_ms for turn in turns)
    cost = statistics.median(turn.cpu_us for turn in turns)
    missed = ready * len(turns) - sum(turn.reached for turn in turns)
    report(
        "fan_out",
        f"{ready:,} listeners: the last knows after {last:.0f} ms (within 600), the middle one"
        f" after {middle:.0f} ms; {cost:.1f} us CPU and {each / 1024:.1f} KB each (at most 30);"
        f" {missed} missed a comment",
        {"listeners": ready, "last_ms": round(last), "worst_ms": round(max(t.last_ms for t in turns)),
         "middle_ms": round(middle), "bar_ms": 600, "cpu_us": round(cost, 1), "kb": round(each / 1024, 1),
         "bar_kb": 30, "missed": missed, "cores": os.cpu_count() or 1},
    )  # fmt: skip


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))
