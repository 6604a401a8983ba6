"""Decisions under kill -9 and on a full disk: each acknowledged one stands once, explained and in the ledger."""

import asyncio
import json
import random
from contextlib import closing
from pathlib import Path

import pytest

from tests.failure.decisions import MODERATORS, Moderators, assert_kept, decision, furnish
from tests.failure.disks import fill
from tests.failure.writers import Connection
from tests.process import Site


@pytest.mark.parametrize(
    "cycles", [pytest.param(3, id="a few"), pytest.param(30, id="thirty", marks=pytest.mark.slow)]
)
def test_a_kill_loses_and_doubles_no_decision(cycles: int, tmp_path: Path) -> None:
    """Eight moderators at once, who take some of it back."""
    site = Site(tmp_path)
    moderators = Moderators(site.port, furnish(tmp_path, 400 * cycles))
    asyncio.run(_cycles(site, moderators, cycles))
    site.stop()
    print(f"\n{cycles} kills, {len(moderators.taken)} decisions, {moderators.resent} sent again")
    assert len(moderators.taken) > cycles * MODERATORS
    assert moderators.resent > 0
    assert moderators.refused <= {429, 503}
    assert {one.state for one in moderators.taken} == {"live", "held", "rejected"}
    assert_kept(tmp_path, moderators.taken)


async def _cycles(site: Site, moderators: Moderators, cycles: int) -> None:
    dice = random.Random(7)
    await asyncio.to_thread(site.start)
    working = asyncio.ensure_future(moderators.run())
    for _ in range(cycles):
        await asyncio.sleep(dice.uniform(0.3, 0.9))
        await asyncio.to_thread(site.kill)
        await asyncio.to_thread(site.start)
    moderators.stopped = True
    await working


def test_a_full_disk_loses_and_halves_no_decision(disk: Path, tmp_path: Path) -> None:
    """503 while it is full; the same decision, sent again when there is room, stands once."""
    held = furnish(disk, 200)
    site = Site(disk, log=tmp_path / "serve.log")
    site.start()
    moderators = Moderators(site.port, held)
    asyncio.run(_fill_and_free(site, disk, moderators))
    site.stop()
    assert 503 in moderators.refused
    assert_kept(disk, moderators.taken)


async def _fill_and_free(site: Site, disk: Path, moderators: Moderators) -> None:
    with closing(Connection(site.port)) as connection:
        for n in range(6):
            await moderators.decide(connection, n, moderators.held[n], n)
        fill(disk)
        waiting = [(n % MODERATORS, moderators.held[n], n) for n in range(6, 60)]
        refused = await _first_refused(connection, waiting, moderators)
        (disk / "filler").unlink()
        for actor, comment, n in waiting[refused:]:
            await moderators.decide(connection, actor, comment, n)


async def _first_refused(
    connection: Connection, waiting: list[tuple[int, str, int]], moderators: Moderators
) -> int:
    """How many were taken before the disk was found full; that one is sent again later."""
    for at, (actor, comment, n) in enumerate(waiting):
        body = json.dumps(decision(comment, n)).encode()
        answer = await connection.ask("POST", "/console/decisions", body, author=actor)
        if answer.status == 503:
            assert json.loads(answer.body)["code"] == "store_full"
            moderators.refused.add(answer.status)
            return at
        if answer.status == 200:
            moderators.keep(actor, comment, answer)
    raise AssertionError("the disk was not full")
