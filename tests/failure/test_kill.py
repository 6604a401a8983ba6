"""kill -9 under fifty writers: nothing acknowledged is lost, nothing is doubled, and it is back at once."""

import asyncio
import os
import random
import resource
import sqlite3
import statistics
import time
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest

from moothall.kernel.ids import from_text
from tests.failure.writers import Writers
from tests.process import STORY, Site, populate

WRITERS, ACCOUNTS = 50, 3_000
READY_S = 2.0
# On a machine that starts in this time when nobody writes; a slower one has as much more.
_QUIET_S = 1.1
# Of the machine; the kernel's own work for our connections counts with others'.
_OTHERS = 0.15


@pytest.mark.parametrize(
    "cycles", [pytest.param(3, id="a few"), pytest.param(100, id="a hundred", marks=pytest.mark.slow)]
)
def test_a_kill_loses_and_doubles_nothing(cycles: int, tmp_path: Path) -> None:
    """Every acknowledged comment is there once, counters and events agree, and the file is whole."""
    populate(f"sqlite:///{tmp_path / 'moothall.db'}", ACCOUNTS).close()
    site = Site(tmp_path)
    before = _spent_s()
    writers, quiet_s, ready_s = asyncio.run(_cycles(site, cycles))
    site.stop()
    others = _share_of_others(before, _spent_s())
    assert len(writers.kept) > cycles * 10
    assert writers.resent > 0
    assert writers.refused <= {503}
    _assert_kept(tmp_path / "moothall.db", writers)
    print(
        f"\n{cycles} kills, {len(writers.kept)} acknowledged, {writers.resent} sent again;"
        f" quiet start {quiet_s:.2f} s, ready after {statistics.median(ready_s):.2f} s, p95 {_p95(ready_s):.2f} s;"
        f" others had {others:.0%} of the machine"
    )
    if others > _OTHERS:
        pytest.skip("nothing was lost or doubled; how soon it is ready cannot be said, others use this machine")
    # A few starts say only that it can be done.
    assert (_p95(ready_s) if cycles > 20 else min(ready_s)) <= READY_S * max(1, quiet_s / _QUIET_S)


class Spent(NamedTuple):
    """Seconds of all cores and of ours, at a moment."""

    at: float
    everybody: float
    ours: float


def _spent_s() -> Spent:
    """What this process and the children that it waited for have used, and what everybody has, stolen time too."""
    fields = Path("/proc/stat").read_text().splitlines()[0].split()[1:]
    idle = sum(int(fields[at]) for at in (3, 4))
    everybody = (sum(map(int, fields[:8])) - idle) / os.sysconf("SC_CLK_TCK")
    ours = sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return Spent(time.monotonic(), everybody, ours)


def _share_of_others(before: Spent, after: Spent) -> float:
    """Of the machine, 0 to 1."""
    others = (after.everybody - before.everybody) - (after.ours - before.ours)
    return others / (after.at - before.at) / (os.cpu_count() or 1)


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
