"""kill -9 under fifty writers: nothing acknowledged is lost, nothing is doubled, and it is back at once."""

import asyncio
import os
import random
import sqlite3
import statistics
from contextlib import closing
from pathlib import Path

import pytest

from moothall.kernel.ids import from_text
from tests.failure.writers import Writers
from tests.process import STORY, Site, populate

WRITERS, ACCOUNTS = 50, 3_000
READY_S = 2.0
# On a machine that starts in this time when nobody writes; a slower one has as much more.
_QUIET_S = 1.1


@pytest.mark.parametrize(
    "cycles", [pytest.param(3, id="a few"), pytest.param(100, id="a hundred", marks=pytest.mark.slow)]
)
def test_a_kill_loses_and_doubles_nothing(cycles: int, tmp_path: Path) -> None:
    """Every acknowledged comment is there once, counters and events agree, and the file is whole."""
    populate(f"sqlite:///{tmp_path / 'moothall.db'}", ACCOUNTS).close()
    site = Site(tmp_path)
    busy = os.getloadavg()[0] > (os.cpu_count() or 1)
    writers, quiet_s, ready_s = asyncio.run(_cycles(site, cycles))
    site.stop()
    assert len(writers.kept) > cycles * 10
    assert writers.resent > 0
    assert writers.refused <= {503}
    _assert_kept(tmp_path / "moothall.db", writers)
    print(
        f"\n{cycles} kills, {len(writers.kept)} acknowledged, {writers.resent} sent again;"
        f" quiet start {quiet_s:.2f} s, ready after {statistics.median(ready_s):.2f} s, p95 {_p95(ready_s):.2f} s"
    )
    if busy:
        pytest.skip("nothing was lost or doubled; how soon it is ready cannot be said, others use this machine")
    # A few starts say only that it can be done.
    assert (_p95(ready_s) if cycles > 20 else min(ready_s)) <= READY_S * max(1, quiet_s / _QUIET_S)


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20, method="inclusive")[-1]


async def _cycles(site: Site, cycles: int) -> tuple[Writers, float, list[float]]:
    """Start, let them write for a moment of chance, kill; at the end, let them finish.

    Returns: the writers, seconds of the start before they wrote, and of all others.
    """
    dice = random.Random(20)
    writers = Writers(site.port, ACCOUNTS)
    quiet_s = await asyncio.to_thread(site.start)
    ready_s = []
    writing = asyncio.ensure_future(writers.run(WRITERS))
    for _ in range(cycles):
        await asyncio.sleep(dice.uniform(0.2, 1.0))
        await asyncio.to_thread(site.kill)
        ready_s.append(await asyncio.to_thread(site.start))
    writers.stopped = True
    await writing
    return writers, quiet_s, ready_s


def _assert_kept(path: Path, writers: Writers) -> None:
    with closing(sqlite3.connect(path)) as conn:
        rows = conn.execute("SELECT author_id, key, id FROM comment").fetchall()
        acknowledged = {(one.author, one.key, from_text(one.comment)) for one in writers.kept}
        assert len(acknowledged) == len(writers.kept)
        assert set(rows) == acknowledged
        assert len(rows) == len(acknowledged)
        live = conn.execute("SELECT count(*) FROM comment WHERE state = 'live'").fetchone()
        assert conn.execute("SELECT comment_count FROM story WHERE id = ?", [STORY]).fetchone() == live
        told = conn.execute("SELECT count(*), count(DISTINCT comment_id) FROM outbox WHERE kind = 'new'").fetchone()
        assert told == (*live, *live)
        assert conn.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert conn.execute("PRAGMA foreign_key_check").fetchall() == []
