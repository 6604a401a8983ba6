"""Harsh comments are given to a moderator sparingly, on SQLite and on PostgreSQL."""

import pytest
from sqlalchemy import insert, update

from moothall.kernel.limits import HOUR_MS
from moothall.moderation.decide import Act, Decision
from moothall.moderation.queue import Order, Queue, QueuePage, Sparing, wanted
from moothall.people.model import AccountId, Role
from moothall.store.console import SqlConsole
from moothall.store.moderation import SqlModeration
from moothall.store.tables import comment, finding
from tests.newsroom.cast import Cast

pytestmark = pytest.mark.anyio
_RULES = ("threat",)


class House:
    """Ten held comments, the oldest first; in those at odd places a threat was found."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.console = SqlConsole(cast.db, cast.clock, cast.new_id)
        self.moderation = SqlModeration(cast.db)
        self.mo, self.lea = cast.person("Mo Lind", Role.MODERATOR), cast.person("Lea Orr", Role.MODERATOR)
        self.ids: list[int] = []

    async def fill(self) -> None:
        ada, bridge = self.cast.person("Ada Pell"), self.cast.story()
        for n in range(10):
            self.cast.clock.move(60_000)
            said = await self.cast.says(ada, bridge, f"The toll of pier number {n} was never paid by anybody.")
            self.ids.append(said.id)
            self.cast.db.write_now(lambda tx, n=n, on=said.id: self._hold(tx.conn, on, harsh=n % 2 == 1))

    def _hold(self, conn, on: int, *, harsh: bool) -> None:
        conn.execute(update(comment).where(comment.c.id == on).values(state="held"))
        found = {"comment_id": on, "revision": 0, "position": 9, "phase": "words", "weight": "hold", "detail": "",
                 "starts": 0, "ends": 0, "rule": "threat" if harsh else "civil"}  # fmt: skip
        conn.execute(insert(finding).values(found))

    async def page(self, most: int, order: str = "", who: AccountId | None = None) -> QueuePage:
        return await self.console.page(wanted(Queue.HELD, order), None, who or self.mo, Sparing(_RULES, most))

    def places(self, page: QueuePage) -> list[int]:
        return [self.ids.index(one.comment.id) for one in page.waiting]

    async def decide(self, place: int) -> None:
        made = Decision(self.cast.new_id(), self.ids[place], self.mo, Act.APPROVE, None, "", self.cast.clock())
        await self.moderation.decide(made)


@pytest.fixture
async def house(cast: Cast) -> House:
    made = House(cast)
    await made.fill()
    return made


@pytest.mark.parametrize(
    ("most", "seen", "spared"),
    [
        (0, [0, 2, 4, 6, 8], True),
        (2, [0, 1, 2, 3, 4, 6, 8], True),
        (5, list(range(10)), False),
        (60, list(range(10)), False),
    ],
)
async def test_so_many_and_no_more(house: House, most: int, seen: list[int], spared: bool) -> None:
    """The rest of the queue is whole and in its order, and says that something rests."""
    page = await house.page(most)
    assert (house.places(page), page.spared) == (seen, spared)


async def test_newest_work_keeps_its_order(house: House) -> None:
    """What is left in stands where it would have stood."""
    assert house.places(await house.page(1, Order.REPORTED.value)) == [9, 8, 6, 4, 2, 0]


async def test_what_was_decided_counts_for_an_hour(house: House) -> None:
    """Two of two are used up; an hour later there are two again, and a colleague has their own share."""
    for place in (1, 3):
        await house.decide(place)
    assert house.places(await house.page(2)) == [0, 2, 4, 6, 8]
    house.cast.clock.move(HOUR_MS + 60_000)
    assert house.places(await house.page(2)) == [0, 2, 4, 5, 6, 7, 8]


async def test_everybody_has_a_share_of_their_own(house: House) -> None:
    """What one is not given, a colleague is."""
    for place in (1, 3):
        await house.decide(place)
    assert house.places(await house.page(2, who=house.lea)) == [0, 2, 4, 5, 6, 7, 8]


async def test_a_queue_that_is_no_work_leaves_nothing_out(house: House) -> None:
    """What is live is looked at, not worked off."""
    page = await house.console.page(wanted(Queue.LIVE), None, house.mo, Sparing(_RULES, 0))
    assert not page.spared
