"""Holding a whole thread, and giving it back."""

import pytest
from lxml import html

from moothall.kernel.ids import from_text
from moothall.people.model import Role
from moothall.store import ledger
from moothall.store.raw import rows
from tests.newsroom.shift import Shift, shift_on, text
from tests.newsroom.site import Site
from tests.newsroom.talk import talk_on

pytestmark = pytest.mark.anyio


class Thread:
    """One comment by Ada with replies by Ada and Bo, and another comment beside it."""

    def __init__(self, shift: Shift) -> None:
        self.shift = shift
        self.ids: list[str] = []

    async def states(self) -> list[str]:
        known = {one[0]: str(one[1]) for one in await self.shift.whole()}
        return [known[from_text(one)] for one in self.ids]


@pytest.fixture
async def thread(site: Site) -> Thread:
    shift = await shift_on(site)
    shift.talk = await talk_on(site, headline="Ferry to run until midnight")
    _, bo = await shift.talk.reader("Bo Falk")
    made = Thread(shift)
    to: list[int | None] = [None, 0, 1, 0, None]
    for n, parent in enumerate(to):
        shift.talk.site.clock.move(60_000)
        by = bo if n % 2 else shift.ada
        answer = await shift.talk.say(by, f"Words of {n}.", to=None if parent is None else made.ids[parent])
        made.ids.append(answer.json()["id"])
    return made


async def test_a_thread_is_held_and_given_back_exactly(thread: Thread) -> None:
    """After a preview with its counts; each author has a statement; all is as before after one undo."""
    shift = thread.shift
    before = await shift.whole()
    page = await shift.at(f"/console/thread/{thread.ids[0]}")
    assert "Hold 4 comments" in text(page)
    assert "by 2 authors" in text(page)
    answer = await shift.mo.submit(f"/console/thread/{thread.ids[0]}", note="We look at this.")
    assert "4 comments were decided on." in answer.text
    assert await thread.states() == ["held"] * 4 + ["live"]
    db = shift.talk.site.parts.db
    owed = await db.read(lambda c: rows(c, "SELECT account_id, note FROM statement WHERE ended_at_ms IS NULL"))
    assert (len(owed), {one[1] for one in owed}, len({one[0] for one in owed})) == (4, {"We look at this."}, 2)
    await shift.mo.submit("/console/batch/undo")
    assert "4 decisions were taken back." in text(shift.mo)
    assert await shift.whole() == before
    assert await db.read(ledger.verify) is None


async def test_a_branch_is_held_without_the_rest(thread: Thread) -> None:
    """A reply with what answers it; what came since the preview goes along; sent twice it counts once."""
    shift = thread.shift
    await shift.mo.get(f"/console/thread/{thread.ids[1]}")
    form = shift.mo.fields(f"/console/thread/{thread.ids[1]}")
    late = (await shift.talk.say(shift.ada, "Late.", to=thread.ids[2])).json()["id"]
    for _ in range(2):
        answer = await shift.mo.post(f"/console/thread/{thread.ids[1]}", form)
        assert "3 comments were decided on." in answer.text
    assert await thread.states() == ["live", "held", "held", "live", "live"]
    assert await shift.state(late) == "held"


async def test_what_was_decided_anew_is_left_alone(thread: Thread) -> None:
    """Undo gives back the others."""
    shift = thread.shift
    await shift.mo.get(f"/console/thread/{thread.ids[0]}")
    await shift.mo.submit(f"/console/thread/{thread.ids[0]}")
    _, ida = await shift.talk.reader("Ida Moss", Role.MODERATOR)
    await shift.sent(thread.ids[3], by=ida, act="remove", rule="spam", state="held")
    await shift.mo.submit("/console/batch/undo")
    assert "3 decisions were taken back." in text(shift.mo)
    assert await thread.states() == ["live", "live", "live", "removed", "live"]


async def test_the_queue_leads_there(thread: Thread) -> None:
    """From a comment with replies; from one without there is nothing to hold but itself."""
    page = html.fromstring((await thread.shift.mo.get("/console/live")).text)
    links = page.xpath("//a[contains(@href, '/console/thread/')]/@href")
    assert links == [f"/console/thread/{thread.ids[n]}" for n in (1, 0)]


async def test_a_role_taken_away_holds_nothing(thread: Thread) -> None:
    """Nor does a note that is too long, or a thread that is none."""
    shift = thread.shift
    await shift.mo.get(f"/console/thread/{thread.ids[0]}")
    form = shift.mo.fields(f"/console/thread/{thread.ids[0]}")
    assert (await shift.mo.post(f"/console/thread/{thread.ids[0]}", form | {"note": "x" * 501})).status_code == 422
    assert (await shift.mo.get("/console/thread/0000000000000")).status_code == 404
    await shift.demote()
    assert (await shift.mo.post(f"/console/thread/{thread.ids[0]}", form)).status_code == 403
    assert await thread.states() == ["live"] * 5
