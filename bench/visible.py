"""From the answer "posted" until other readers' page shows the comment: the price of ready-made pages.

`python -m bench.visible`; one reader polls the story page as fast as it is answered.  p50 at most 120 ms.
"""

import http.client
import json
import statistics
import sys
import time
from pathlib import Path

from bench.ground import fill
from bench.measure import folder, report
from tests.process import COMMENTS_PATH, STORY, STORY_PATH, Site, account_id, populate, token

TURNS, COMMENTS = 60, 60
_PATIENCE_S = 5.0
# Half of the comments fall into the interval after the last rebuild, as under steady writing.
_PAUSES_S = (0.02, 0.25)


def main() -> None:
    """Print the median and the 99th percentile."""
    with folder() as name:
        home = Path(name)
        db = populate(f"sqlite:///{home / 'moothall.db'}", TURNS)
        fill(db, COMMENTS, story=STORY, author=account_id(0))
        db.close()
        with Site(home) as site:
            spent_ms = [_turn(site, n) for n in range(TURNS)]
    p50 = statistics.median(spent_ms)
    p99 = statistics.quantiles(spent_ms, n=100, method="inclusive")[98]
    report(
        "visible",
        f"other readers see a comment {p50:.0f} ms after its answer, p99 {p99:.0f} ms (at most 120 and 500)",
        {"p50_ms": round(p50, 1), "p99_ms": round(p99, 1), "bar_p50_ms": 120, "bar_p99_ms": 500},
    )


def _turn(site: Site, n: int) -> float:
    writer = http.client.HTTPConnection("127.0.0.1", site.port)
    reader = http.client.HTTPConnection("127.0.0.1", site.port)
    _page(reader)
    mark = f"mark-{n}-of-the-river"
    head = {"Cookie": f"moothall_dev={token(n)}", "X-Moothall": "1", "Content-Type": "application/json"}
    writer.request("POST", COMMENTS_PATH, json.dumps({"body": mark}), head | {"Idempotency-Key": mark})
    if writer.getresponse().status != 201:
        sys.exit("the comment was refused")
    began = time.perf_counter()
    while mark not in _page(reader):
        if time.perf_counter() - began > _PATIENCE_S:
            sys.exit("the comment was never seen")
    spent_ms = (time.perf_counter() - began) * 1000
    writer.close()
    reader.close()
    time.sleep(_PAUSES_S[n % 2])
    return spent_ms


def _page(reader: http.client.HTTPConnection) -> str:
    reader.request("GET", STORY_PATH)
    return reader.getresponse().read().decode()


if __name__ == "__main__":
    main()
