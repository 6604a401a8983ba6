"""The outbox gives what happened to a story, in order, and knows what it has forgotten."""

import pytest

from moothall.kernel.event import EventKind
from moothall.store import outbox
from moothall.store.database import Database
from moothall.store.outbox import Recent, Standing
from tests.newsroom.cast import Cast
from tests.newsroom.clock import FakeClock

pytestmark = pytest.mark.anyio


def recent(db: Database, story_id: int, clock: FakeClock, limit: int = 10) -> Recent | None:
    return db.read_now(lambda c: outbox.recent(c, story_id, now_ms=clock(), limit=limit))


async def test_events_of_a_story_in_order(cast: Cast, db: Database, clock: FakeClock) -> None:
    """Its own events alone, oldest first, with the count and whether one may write."""
    ada, bridge, ferry = cast.person("Ada Pell"), cast.story(), cast.story("The ferry")
    told: list[int] = []
    db.listen(lambda events: told.extend(event.seq for event in events if event.story_id == bridge))
    for text in ("One.", "Two."):
        await cast.says(ada, bridge, text)
        await cast.says(ada, ferry, text)
    found = recent(db, bridge, clock)
    assert found is not None
    assert [event.seq for event in found.events] == told
    assert {event.kind for event in found.events} == {EventKind.NEW}
    assert found.standing == Standing(count=2, open=True, seq=told[-1])


async def test_a_cut_list_says_where_it_was_cut(cast: Cast, db: Database, clock: FakeClock) -> None:
    """All events after `floor` are there, none before it."""
    ada, bridge = cast.person("Ada Pell"), cast.story()
    for n in range(5):
        await cast.says(ada, bridge, f"Comment {n}.")
    whole, cut = recent(db, bridge, clock), recent(db, bridge, clock, limit=2)
    assert whole is not None
    assert cut is not None
    assert cut.events == whole.events[-2:]
    assert cut.floor == cut.events[0].seq - 1


async def test_what_is_forgotten_is_known_to_be(cast: Cast, db: Database, clock: FakeClock) -> None:
    """A position before what is kept is below the floor; one at the story's newest event never is."""
    ada, quiet, busy = cast.person("Ada Pell"), cast.story(), cast.story("The ferry")
    await cast.says(ada, quiet, "One.")
    await cast.says(ada, busy, "One.")
    clock.move(1_000)
    await cast.says(ada, busy, "Two.")
    before = recent(db, quiet, clock)
    assert before is not None
    assert db.write_now(lambda tx: outbox.forget(tx, clock(), 100)) == 2
    after, kept = recent(db, quiet, clock), recent(db, busy, clock)
    assert after is not None
    assert kept is not None
    assert (after.events, after.floor, after.standing.seq) == ((), before.standing.seq, before.standing.seq)
    assert len(kept.events) == 1
    assert kept.floor == kept.events[0].seq - 1


async def test_the_newest_event_is_never_forgotten(cast: Cast, db: Database, clock: FakeClock) -> None:
    """So that numbers go on rising, and no more than asked goes at once."""
    ada, bridge = cast.person("Ada Pell"), cast.story()
    for n in range(5):
        await cast.says(ada, bridge, f"Comment {n}.")
    later = clock() + 1
    assert db.write_now(lambda tx: outbox.forget(tx, later, 2)) == 2
    assert db.write_now(lambda tx: outbox.forget(tx, later, 100)) == 2
    assert db.write_now(lambda tx: outbox.forget(tx, later, 100)) == 0
    found = recent(db, bridge, clock)
    assert found is not None
    assert [event.seq for event in found.events] == [found.standing.seq]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, True),
        ({"discussion": "closed"}, False),
        ({"discussion": "off"}, None),
        ({"published": 0}, None),
        ({"embargo_until_ms": 10**14}, None),
        ({"embargo_until_ms": 1}, True),
        ({"closes_at_ms": 1}, False),
        ({"closes_at_ms": 10**14}, True),
    ],
)
def test_standing(
    cast: Cast, db: Database, clock: FakeClock, fields: dict[str, object], expected: bool | None
) -> None:
    """Open, closed, or nothing that readers may know of."""
    story_id = cast.story(**fields)
    found = db.read_now(lambda c: outbox.standing(c, story_id, clock()))
    assert (found.open if found else None) is expected
