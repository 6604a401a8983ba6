"""Sanctions on accounts, on SQLite and on PostgreSQL."""

from typing import Any

import pytest

from moothall.discussion.model import State
from moothall.kernel.errors import Banned, Forbidden, InvalidField, NotFound, TextTooLong, TooMany
from moothall.kernel.limits import DAY_MS, SLOWED_MS
from moothall.moderation.sanction import Ban, Lift, Sanction, SanctionKind, check_sanction
from moothall.moderation.statement import Restriction
from moothall.people.model import Account, AccountId, Role
from moothall.store import ledger, moderation_writes, sanctions, statements
from tests.newsroom.cast import Cast

pytestmark = pytest.mark.anyio
MO = AccountId(5)


class House:
    """One story, one reader, one moderator."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.ada = cast.person("Ada Pell")
        self.bridge = cast.story()

    async def says(self, body: str):
        return await self.cast.says(self.ada, self.bridge, body)

    def wanted(self, kind: SanctionKind, **fields: Any) -> Sanction:
        """Two days, by rule 1, unless told otherwise."""
        now = self.cast.clock()
        known = {"until_ms": now + 2 * DAY_MS, "rule": "1", "reason": "Insults.", "past": False, **fields}
        return Sanction(id=self.cast.new_id(), account_id=self.ada, actor_id=MO, kind=kind, at_ms=now, **known)

    def checked(self, kind: SanctionKind, **fields: Any) -> Sanction:
        return check_sanction(self.wanted(kind, **fields), self.who(), self.cast.clock())

    def who(self, role: Role = Role.READER) -> Account:
        return Account(self.ada, "Ada Pell", role, 1)

    def impose(self, kind: SanctionKind, **fields: Any) -> tuple[Sanction, int]:
        made = self.checked(kind, **fields)
        return made, self.cast.db.write_now(lambda tx: moderation_writes.keep_sanction(tx, made))

    def lift(self, sanction_id: int) -> None:
        wanted = Lift(self.cast.new_id(), sanction_id, MO, self.cast.clock())
        self.cast.db.write_now(lambda tx: sanctions.lift(tx, wanted))

    def statement(self, number: int):
        return self.cast.db.read_now(lambda c: statements.get(c, number))

    def in_force(self) -> list[SanctionKind]:
        found = self.cast.db.read_now(lambda c: sanctions.in_force(c, self.ada, self.cast.clock()))
        return [one.kind for one in found]


@pytest.fixture
def house(cast: Cast) -> House:
    return House(cast)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"until_ms": 1}, InvalidField),
        ({"until_ms": None}, InvalidField),
        ({"until_ms": 1_795_000_000_000 + 900 * DAY_MS}, InvalidField),
        ({"rule": "99"}, InvalidField),
        ({"reason": " \u200b "}, InvalidField),
        ({"reason": "x" * 501}, TextTooLong),
    ],
)
def test_what_makes_no_sense_is_refused(house: House, fields: dict[str, Any], wrong: type[Exception]) -> None:
    """An end in the past, none, or years ahead; no such rule; no reason; too much of one."""
    assert house.checked(SanctionKind.SUSPEND).rule == "civil"
    with pytest.raises(wrong):
        house.checked(SanctionKind.SUSPEND, **fields)


def test_staff_and_oneself_are_not_sanctioned(house: House) -> None:
    """A role has to be taken away first."""
    wanted = house.wanted(SanctionKind.WARN)
    for who, by in ((house.who(Role.EDITOR), MO), (house.who(), house.ada)):
        with pytest.raises(Forbidden):
            check_sanction(Sanction(**{**_fields(wanted), "actor_id": by}), who, house.cast.clock())


def _fields(made: Sanction) -> dict[str, Any]:
    return {name: getattr(made, name) for name in Sanction.__struct_fields__}


async def test_a_warning_only_tells(house: House) -> None:
    """It is explained and chained, and nothing is kept from anybody."""
    made, _ = house.impose(SanctionKind.WARN)
    owed = house.statement(made.id)
    assert (owed.restriction, owed.until_ms, owed.reasons.note) == (Restriction.WARNED, None, "Insults.")
    assert (await house.says("Noted.")).state is State.LIVE
    assert house.in_force() == []


async def test_whoever_is_slowed_waits_between_comments(house: House) -> None:
    """A second one within ten minutes is refused with the seconds that are left; after that it is taken."""
    house.impose(SanctionKind.SLOW)
    await house.says("One.")
    house.cast.clock.move(60_000)
    with pytest.raises(TooMany) as refused:
        await house.says("Two.")
    assert refused.value.params["seconds"] == SLOWED_MS // 1000 - 60
    house.cast.clock.move(SLOWED_MS - 60_000)
    assert (await house.says("Two.")).state is State.LIVE


async def test_whoever_is_pre_moderated_is_held_until_it_ends(house: House) -> None:
    """With a statement for each comment; the end comes by itself."""
    house.impose(SanctionKind.PRE_MODERATE)
    said = await house.says("One.")
    assert said.state is State.HELD
    owed = house.cast.db.read_now(lambda c: statements.standing(c, said.id))
    assert owed is not None
    assert owed.reasons.phases == ("sanctions",)
    house.cast.clock.move(2 * DAY_MS)
    assert (await house.says("Two.")).state is State.LIVE


async def test_a_suspension_ends_or_is_lifted(house: House) -> None:
    """The statement ends with the lifting; what is over cannot be lifted."""
    made, _ = house.impose(SanctionKind.SUSPEND)
    with pytest.raises(Banned, match=r"Insults\."):
        await house.says("One.")
    house.lift(made.id)
    assert house.statement(made.id).ended_at_ms == house.cast.clock()
    await house.says("One.")
    with pytest.raises(NotFound):
        house.lift(made.id)


async def test_a_newer_one_takes_the_place_of_the_older(house: House) -> None:
    """A ban after a suspension leaves one in force, and one statement standing."""
    first, _ = house.impose(SanctionKind.SUSPEND)
    house.cast.clock.move(1_000)
    second, _ = house.impose(SanctionKind.BAN, until_ms=None)
    assert house.in_force() == [SanctionKind.BAN]
    assert house.statement(first.id).ended_at_ms is not None
    assert house.statement(second.id).ended_at_ms is None


async def test_the_past_goes_along(house: House) -> None:
    """Each live comment is a decision of its own, with its statement."""
    said = [await house.says(f"Number {n}.") for n in range(3)]
    _, gone = house.impose(SanctionKind.BAN, past=True)
    assert gone == 3
    for one in said:
        found = house.cast.db.read_now(lambda c, on=one.id: statements.standing(c, on))
        assert found is not None
        assert found.reasons.rule == "civil"
    assert house.cast.db.read_now(ledger.verify) is None


async def test_a_ban_of_the_console_is_a_sanction(house: House) -> None:
    """Thirty days are a suspension, a hundred years a ban; lifting works without a row of ours, too."""
    now = house.cast.clock()
    for days, kind in ((30, SanctionKind.SUSPEND), (36_500, SanctionKind.BAN)):
        made = Ban(house.cast.new_id(), house.ada, MO, now + days * DAY_MS, "Insults.", now)
        house.cast.db.write_now(lambda tx, one=made: moderation_writes.keep_ban(tx, one))
        assert house.in_force() == [kind]
    for _ in range(2):
        free = Ban(house.cast.new_id(), house.ada, MO, None, "", now)
        house.cast.db.write_now(lambda tx, one=free: moderation_writes.keep_ban(tx, one))
        assert house.in_force() == []
    await house.says("I am back.")
