"""Settled comments are read as labels, on SQLite and on PostgreSQL."""

import pytest
from sqlalchemy import insert, update

from moothall.kernel.ids import to_text
from moothall.kernel.limits import CALIBRATION_STOOD_MS
from moothall.moderation.classifier.labels import Settled
from moothall.moderation.decide import Act, Decision
from moothall.people.model import Role
from moothall.store.comment_texts import texts_by_name
from moothall.store.moderation import SqlModeration
from moothall.store.scorer_labels import settled
from moothall.store.tables import comment, finding, import_map
from tests.newsroom.cast import Cast

pytestmark = pytest.mark.anyio


class House:
    """Comments that one person wrote, named by what they say."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.ada, self.mo = cast.person("Ada Pell"), cast.person("Mo Lind", Role.MODERATOR)
        self.bridge = cast.story()

    async def said(self, body: str, *, act: Act | None = None, rule: str | None = None, **fields: object) -> int:
        """Written, changed as `fields` say, and then decided on."""
        self.cast.clock.move(60_000)
        made = (await self.cast.says(self.ada, self.bridge, body)).id
        if fields:
            change = update(comment).where(comment.c.id == made).values(**fields)
            self.cast.db.write_now(lambda tx: tx.conn.execute(change))
        if act is not None:
            await self.decided(made, act, rule)
        return made

    async def decided(self, on: int, act: Act, rule: str | None = None) -> None:
        self.cast.clock.move(1_000)
        made = Decision(self.cast.new_id(), on, self.mo, act, rule, "", self.cast.clock())
        await SqlModeration(self.cast.db).decide(made)

    def labels(self) -> list[Settled]:
        return self.cast.db.read_now(lambda conn: settled(conn, self.cast.clock()))


@pytest.fixture
def house(cast: Cast) -> House:
    return House(cast)


async def test_the_last_decision_is_the_label(house: House) -> None:
    """With its rule, in the story's language, oldest first; what waits again is no label."""
    await house.said("The toll was never paid.", act=Act.REMOVE, rule="civil")
    twice = await house.said("Piers are built of stone.", act=Act.REMOVE, rule="civil")
    await house.decided(twice, Act.APPROVE)
    again = await house.said("Nobody asked the ferry.", act=Act.REMOVE, rule="civil")
    await house.decided(again, Act.HOLD)
    assert house.labels() == [
        Settled("The toll was never paid.", "en", down=True, rule="civil"),
        Settled("Piers are built of stone.", "en", down=False),
    ]


async def test_what_stood_is_kept(house: House) -> None:
    """After two weeks and unreported, not before."""
    await house.said("Eleven months is optimistic.")
    await house.said("The mayor knew of it.", report_count=1)
    assert house.labels() == []
    house.cast.clock.move(CALIBRATION_STOOD_MS)
    await house.said("This one is new.")
    assert house.labels() == [Settled("Eleven months is optimistic.", "en", down=None)]


async def test_another_systems_refusals_count_and_a_checks_own_do_not(house: House) -> None:
    """What came down without a finding was imported so; a check's refusal would teach the scorer its own mind."""
    await house.said("This came down elsewhere.", state="rejected")
    ours = await house.said("A check refused this.", state="rejected")
    found = {"comment_id": ours, "revision": 0, "position": 9, "phase": "classifier", "weight": "reject",
             "detail": "", "starts": 0, "ends": 0, "rule": "civil"}  # fmt: skip
    house.cast.db.write_now(lambda tx: tx.conn.execute(insert(finding), found))
    assert house.labels() == [Settled("This came down elsewhere.", "en", down=True)]


async def test_a_changed_text_is_not_what_was_decided_on(house: House) -> None:
    """The same comment unchanged is."""
    on = await house.said("What was read then.", act=Act.APPROVE, state="held")
    assert len(house.labels()) == 1
    late = update(comment).where(comment.c.id == on).values(edited_at_ms=house.cast.clock() + 1)
    house.cast.db.write_now(lambda tx: tx.conn.execute(late))
    assert house.labels() == []


async def test_texts_are_found_by_either_name(house: House) -> None:
    """Ours and the archive's; what was taken back or never was here is absent."""
    bridge, gone = await house.said("The bridge is old."), await house.said("No.", state="withdrawn")
    named = {"source": "coral", "kind": "comment", "external_id": "c-1", "id": bridge}
    other = {"source": "coral", "kind": "story", "external_id": "c-2", "id": bridge}
    house.cast.db.write_now(lambda tx: tx.conn.execute(insert(import_map), [named, other]))
    asked = ["c-1", "c-2", "x", to_text(bridge), to_text(gone), *(f"n{n}" for n in range(1_200))]
    found = house.cast.db.read_now(lambda conn: texts_by_name(conn, asked))
    assert found == {"c-1": "The bridge is old.", to_text(bridge): "The bridge is old."}
