"""Sanctions by the console's form: each kind, with or without what was said before, and ending one early."""

import pytest
from lxml import html

from moothall.kernel.ids import to_text
from moothall.kernel.limits import DAY_MS
from moothall.store import ledger
from moothall.store.raw import rows
from tests.newsroom.shift import Shift, live_shift_on, text
from tests.newsroom.site import Site

pytestmark = pytest.mark.anyio


@pytest.fixture
async def shift(site: Site) -> Shift:
    return await live_shift_on(site)


def path(shift: Shift) -> str:
    return f"/people/{to_text(shift.ada_id)}/sanctions"


async def impose(shift: Shift, kind: str, **typed: str) -> int:
    """The status of the answer."""
    await shift.mo.get(path(shift))
    fields = {"kind": kind, "days": "7", "rule": "civil", "reason": "Insults <again>."} | typed
    return (await shift.mo.submit(path(shift), **fields)).status_code


@pytest.mark.parametrize(
    ("kind", "status", "later"),
    [("warn", 201, 201), ("slow", 429, 201), ("pre_moderate", 202, 201), ("suspend", 403, 201), ("ban", 403, 403)],
)
async def test_each_kind_does_what_it_says(shift: Shift, kind: str, status: int, later: int) -> None:
    """Its author is told the rule and the reason, and the end comes by itself."""
    await shift.said("First.")
    assert await impose(shift, kind) == 303
    shift.talk.site.clock.move(1_000)
    assert (await shift.talk.say(shift.ada, "Second.")).status_code == status
    page = html.fromstring((await shift.ada.get("/account")).text)
    await shift.ada.get(page.xpath("//*[@aria-labelledby='a-cases']//a/@href")[-1])
    assert "Insults <again>." in text(shift.ada)
    db = shift.talk.site.parts.db
    owed = await db.read(lambda c: rows(c, "SELECT restriction, rule, note FROM statement ORDER BY id"))
    assert owed[0][1:] == ("civil", "Insults <again>.")
    assert await db.read(ledger.verify) is None
    shift.talk.site.clock.move(8 * DAY_MS)
    assert (await shift.talk.say(shift.ada, "A week later.")).status_code == later


async def test_what_was_said_goes_along_where_asked(shift: Shift) -> None:
    """The page says how many; each is removed by the rule; without it they stay."""
    said = [await shift.said(f"Number {n}.") for n in range(3)]
    assert await impose(shift, "suspend") == 303
    assert [await shift.state(one) for one in said] == ["live"] * 3
    await shift.mo.get(path(shift))
    assert "Also take down their 3 live comments" in text(shift.mo)
    assert await impose(shift, "ban", past="1", rule="") == 422
    assert "Insults <again>." in text(shift.mo)
    assert await impose(shift, "ban", past="1") == 303
    assert [await shift.state(one) for one in said] == ["removed"] * 3


async def test_one_is_ended_early(shift: Shift) -> None:
    """It is listed with its end; afterwards it is history, and cannot be ended again."""
    assert await impose(shift, "suspend") == 303
    await shift.mo.get(path(shift))
    form = shift.mo.fields(f"{path(shift)}/lift")
    assert "In force" in text(shift.mo)
    assert (await shift.mo.post(f"{path(shift)}/lift", form)).status_code == 303
    assert (await shift.talk.say(shift.ada, "Thank you.")).status_code == 201
    await shift.mo.get(path(shift))
    assert "ended early" in text(shift.mo)
    assert (await shift.mo.post(f"{path(shift)}/lift", form)).status_code == 404


async def test_one_is_taken_back(shift: Shift) -> None:
    """What it took down stands again, but for what was decided on since; what it replaced is in force again."""
    said = [await shift.said(f"Number {n}.") for n in range(3)]
    assert await impose(shift, "suspend") == 303
    shift.talk.site.clock.move(1_000)
    assert await impose(shift, "ban", past="1") == 303
    assert [await shift.state(one) for one in said] == ["removed"] * 3
    shift.talk.site.clock.move(1_000)
    assert (await shift.sent(said[1], state="removed")).json() == {"state": "live"}
    shift.talk.site.clock.move(1_000)
    await shift.mo.get(path(shift))
    form = shift.mo.fields(f"{path(shift)}/take-back")
    assert (await shift.mo.post(f"{path(shift)}/take-back", form)).status_code == 303
    assert [await shift.state(one) for one in said] == ["live"] * 3
    db = shift.talk.site.parts.db
    standing = "SELECT restriction FROM statement WHERE ended_at_ms IS NULL"
    assert await db.read(lambda c: rows(c, standing)) == [("suspended",)]
    assert (await shift.talk.say(shift.ada, "Hello?")).status_code == 403
    again = await shift.mo.post(f"{path(shift)}/take-back", form)
    assert (again.status_code, "Somebody else decided on this" in again.text) == (409, True)
    shift.talk.site.clock.move(8 * DAY_MS)
    assert (await shift.talk.say(shift.ada, "A week later.")).status_code == 201
    assert await db.read(ledger.verify) is None


@pytest.mark.parametrize("kind", ["warn", "slow", "pre_moderate", "suspend", "ban"])
async def test_each_kind_is_taken_back(shift: Shift, kind: str) -> None:
    """Its author writes as before, no statement stands, and it is listed as history."""
    await shift.said("First.")
    assert await impose(shift, kind) == 303
    await shift.mo.get(path(shift))
    assert (await shift.mo.submit(f"{path(shift)}/take-back")).status_code == 303
    assert (await shift.talk.say(shift.ada, "Second.")).status_code == 201
    await shift.mo.get(path(shift))
    assert ("ended early" in text(shift.mo), "Take back" in text(shift.mo)) == (True, False)
    db = shift.talk.site.parts.db
    assert await db.read(lambda c: rows(c, "SELECT 1 FROM statement WHERE ended_at_ms IS NULL")) == []
    assert await db.read(ledger.verify) is None


async def test_a_role_taken_away_imposes_nothing(shift: Shift) -> None:
    """Nor lifts; and another's sanction is not lifted under this name."""
    assert await impose(shift, "suspend") == 303
    await shift.mo.get(path(shift))
    form = shift.mo.fields(f"{path(shift)}/lift")
    other = await shift.talk.site.person("Bo Falk")
    answer = await shift.mo.post(f"/people/{to_text(other)}/sanctions/lift", form)
    assert answer.status_code == 404
    assert (await shift.mo.post(f"/people/{to_text(other)}/sanctions/take-back", form)).status_code == 404
    await shift.demote()
    for act in ("lift", "take-back"):
        assert (await shift.mo.post(f"{path(shift)}/{act}", form)).status_code == 403
    assert (await shift.talk.say(shift.ada, "Hello?")).status_code == 403
