"""Comments that the newsroom marks as worth reading."""

import pytest
from lxml import html

from moothall.people.model import Role
from moothall.store import ledger
from moothall.store.raw import rows
from tests.newsroom.shift import Shift, live_shift_on
from tests.newsroom.site import Site
from tests.newsroom.talk import JSON

pytestmark = pytest.mark.anyio


@pytest.fixture
async def shift(site: Site) -> Shift:
    return await live_shift_on(site)


async def press(shift: Shift, comment: str) -> int:
    """The button on the page of a decision; the status of the answer."""
    await shift.mo.get(f"/c/{comment}/decide")
    return (await shift.mo.submit(f"/c/{comment}/feature")).status_code


async def seen(shift: Shift, comment: str) -> tuple[int, bool]:
    """How many comments have a mark on the story's page, and what the API says of this one, both to anybody."""
    anybody = shift.talk.site.browser()
    page = html.fromstring((await anybody.get(shift.talk.path)).text)
    said = (await anybody.get(f"/api/v1/comments/{comment}")).json()
    return len(page.xpath("//span[@class='mh-badge'][.='Featured']")), said["featured"]


async def test_a_mark_is_set_and_taken_away(shift: Shift) -> None:
    """Everybody sees it at once; each act has its entry in the ledger."""
    said = await shift.said("The night boat is full every Friday.")
    await shift.said("Is it?")
    assert await seen(shift, said) == (0, False)
    assert await press(shift, said) == 303
    assert await seen(shift, said) == (1, True)
    assert await press(shift, said) == 303
    assert await seen(shift, said) == (0, False)
    db = shift.talk.site.parts.db
    kinds = await db.read(lambda c: rows(c, "SELECT kind FROM decision ORDER BY id"))
    assert kinds == [("feature",), ("unfeature",)]
    assert await db.read(ledger.verify) is None


async def test_the_console_marks_once(shift: Shift) -> None:
    """The script's answer may get lost: the same again is no second entry, and open pages hear of it once."""
    said = await shift.said("The night boat is full every Friday.")
    body = {"key": "k", "comment": said, "featured": True}
    db = shift.talk.site.parts.db
    heard = "SELECT count(*) FROM outbox WHERE kind = 'edited'"
    for _ in range(2):
        answer = await shift.mo.http.post("/console/features", json=body, headers=JSON)
        assert (answer.status_code, answer.json()) == (200, {"featured": True})
    assert await db.read(lambda c: rows(c, heard)) == [(1,)]
    page = html.fromstring((await shift.mo.get("/console/live")).text)
    assert page.xpath("//button[@name='featured']/@aria-pressed") == ["true"]


async def test_an_edit_takes_the_mark_away(shift: Shift) -> None:
    """The newsroom marked another text."""
    said = await shift.said("The night boat is full every Friday.")
    await press(shift, said)
    answer = await shift.ada.http.patch(f"/api/v1/comments/{said}", json={"body": "Buy my boat."}, headers=JSON)
    assert answer.status_code == 200
    assert await seen(shift, said) == (0, False)


async def test_only_what_readers_see_is_marked(shift: Shift) -> None:
    """What is taken down shows no mark, and has it again when it comes back."""
    said = await shift.said("The night boat is full every Friday.")
    await press(shift, said)
    await shift.sent(said, act="hold", state="live")
    page = await shift.mo.get(f"/c/{said}/decide")
    assert f"/c/{said}/feature" not in page.text
    form = {"csrf": shift.mo.fields(f"/c/{said}/decide")["csrf"], "featured": "0"}
    assert (await shift.mo.post(f"/c/{said}/feature", form)).status_code == 409
    await shift.sent(said, key="again")
    assert await seen(shift, said) == (1, True)
    form["featured"] = "perhaps"
    assert (await shift.mo.post(f"/c/{said}/feature", form)).status_code == 422


async def test_a_mark_is_in_nobodys_way(shift: Shift) -> None:
    """A decision from before it is taken back as ever, and a moderator's word for the comment is still "live"."""
    said = await shift.said("The night boat is full every Friday.")
    await shift.sent(said, act="hold", state="live", key="hold")
    await shift.sent(said, key="approve")
    await press(shift, said)
    db = shift.talk.site.parts.db
    last = "SELECT after FROM decision WHERE comment_id IS NOT NULL ORDER BY id DESC LIMIT 1"
    assert await db.read(lambda c: rows(c, last)) == [("live",)]
    answer = await shift.mo.http.post("/console/undos", json={"key": "approve"}, headers=JSON)
    assert (answer.status_code, answer.json()) == (200, {"state": "held"})


async def test_readers_mark_nothing(shift: Shift) -> None:
    """Nor does a moderator of another section."""
    said = await shift.said("The night boat is full every Friday.")
    await shift.ada.get(f"/c/{said}")
    form = shift.ada.fields(f"/c/{said}/reaction") | {"featured": "1"}
    assert (await shift.ada.post(f"/c/{said}/feature", form)).status_code == 403
    other, browser = await shift.talk.reader("Bo Falk", Role.MODERATOR)
    db = shift.talk.site.parts.db
    await db.write(lambda tx: tx.conn.exec_driver_sql(f"UPDATE account SET sections = 'sport' WHERE id = {other}"))
    body = {"key": "k", "comment": said, "featured": True}
    assert (await browser.http.post("/console/features", json=body, headers=JSON)).status_code == 403
    assert await seen(shift, said) == (0, False)
