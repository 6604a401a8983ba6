"""What a moderator knows without leaving the queue, does at once, and keeps."""

import pytest
from lxml import html

from moothall.people.model import Role
from tests.newsroom.shift import Shift, shift_on, text
from tests.newsroom.site import Site
from tests.newsroom.talk import JSON, talk_on

pytestmark = pytest.mark.anyio
SPAM = "Buy the finest river stones at the old market today, cheap and clean and quick."


@pytest.fixture
async def shift(site: Site) -> Shift:
    return await shift_on(site)


async def test_the_context_tells_thread_author_and_likes(shift: Shift) -> None:
    """Escaped, as a page and as the part that the script shows; nobody else reads it."""
    first = await shift.said("The tide tables say otherwise.")
    await shift.sent(first, key="1")
    bad = await shift.said("You fool.")
    await shift.sent(bad, key="2", act="remove", rule="civil")
    said = await shift.said(f"<b>{SPAM}</b>", to=first)
    copy = await shift.said(SPAM.replace("today", "tomorrow"))
    for path in (f"/console/context/{said}", f"/console/context/{said}?part=1"):
        answer = await shift.mo.get(path)
        assert answer.status_code == 200
        words = text(shift.mo)
        assert "The tide tables say otherwise." in words
        assert "1 comment, 1 taken down" in words
        assert "Taken down: rule 1" in words
        assert "<b>Buy the finest" in words
        assert "Much the same words" in words
        assert html.fromstring(answer.text).xpath(f"//a[@href='/c/{copy}']")
    assert (await shift.ada.get(f"/console/context/{said}")).status_code == 403
    assert (await shift.ada.get(f"/console/item/{said}")).status_code == 403
    item = html.fromstring((await shift.mo.get(f"/console/item/{said}?queue=held")).text)
    assert item.xpath("//li/@data-id") == [said]


async def test_all_like_one_are_decided_at_once(shift: Shift, site: Site) -> None:
    """After a preview with their number; taken back at once as well."""
    said = [await shift.said(SPAM.replace("today", day)) for day in ("today", "tomorrow", "tonight")]
    other = await shift.said("The ferry was late again.")
    await shift.mo.get(f"/console/batch?alike={said[0]}")
    assert "Decide on 3 comments" in text(shift.mo)
    answer = await shift.mo.submit("/console/batch", decision="remove", rule="")
    assert answer.status_code == 422
    before = await shift.whole()
    await shift.mo.submit("/console/batch", decision="remove", rule="spam")
    assert "3 comments were decided on." in text(shift.mo)
    assert [await shift.state(one) for one in (*said, other)] == ["rejected"] * 3 + ["held"]
    await shift.mo.submit("/console/batch/undo")
    assert "3 decisions were taken back." in text(shift.mo)
    assert await shift.whole() == before


async def test_a_batch_leaves_alone_what_changed(shift: Shift) -> None:
    """Decided since the preview: told, and the others done; sent twice it counts once."""
    said = [await shift.said(f"Number {n}.") for n in range(3)]
    await shift.mo.get("/console/batch?" + "&".join(f"ids={one}" for one in said))
    form = shift.mo.fields("/console/batch")
    await shift.sent(said[1], act="remove", rule="1")
    answer = await shift.mo.post("/console/batch", form | {"decision": "approve"})
    assert "2 comments were decided on." in answer.text
    assert "1 changed meanwhile" in answer.text
    again = await shift.mo.post("/console/batch", form | {"decision": "approve"})
    assert "2 comments were decided on." in again.text
    assert [await shift.state(one) for one in said] == ["live", "rejected", "live"]


async def test_a_role_taken_away_stops_a_whole_batch(shift: Shift) -> None:
    """Nothing half done."""
    said = [await shift.said(f"Number {n}.") for n in range(3)]
    await shift.mo.get("/console/batch?" + "&".join(f"ids={one}" for one in said))
    form = shift.mo.fields("/console/batch")
    await shift.demote()
    assert (await shift.mo.post("/console/batch", form | {"decision": "approve"})).status_code == 403
    assert [await shift.state(one) for one in said] == ["held"] * 3


@pytest.mark.parametrize("items", ["", "nonsense", "38feasf002h00", "38feasf002h00.x.held", "38feasf002h00.0.odd"])
async def test_a_damaged_batch_does_nothing(shift: Shift, items: str) -> None:
    """A list that the page did not make is refused."""
    said = await shift.said()
    await shift.mo.get(f"/console/batch?ids={said}")
    answer = await shift.mo.submit("/console/batch", decision="approve", items=items)
    assert answer.status_code in {404, 422}
    assert await shift.state(said) == "held"


async def test_a_watched_story_has_a_queue(shift: Shift, site: Site) -> None:
    """From the context and back; only for who watches."""
    talk = await talk_on(site, headline="Ferry to run until midnight")
    said = (await talk.say(shift.ada, "Good.")).json()["id"]
    assert await shift.queue("watched") == []
    await shift.mo.get(f"/console/context/{said}")
    await shift.mo.submit("/console/watch")
    assert await shift.queue("watched") == [said]
    _, ida = await shift.talk.reader("Ida Moss", Role.EDITOR)
    assert f"c-{said}" not in (await ida.get("/console/watched")).text
    await shift.mo.get(f"/console/context/{said}")
    await shift.mo.submit("/console/watch")
    assert await shift.queue("watched") == []


async def test_a_console_is_ones_own(shift: Shift) -> None:
    """View, blur, greyscale, breaks and notes; escaped, and forgotten on request."""
    said = await shift.said()
    await shift.mo.get("/console/mine")
    await shift.mo.submit("/console/mine", view="one", blur="1", grey="1", pause="25")
    page = html.fromstring((await shift.mo.get("/console/held")).text)
    assert page.xpath("//body/@class") == ["console blurred greyed"]
    assert page.xpath("//*[@data-break='25' and @data-one]")
    await shift.mo.get("/console/mine")
    note = {"csrf": shift.mo.fields("/console/mine")["csrf"], "what": "note"}
    await shift.mo.post("/console/mine", note | {"text": "Please argue <kindly>."})
    page = html.fromstring((await shift.mo.get("/console/held")).text)
    assert page.xpath("//datalist/option/@value") == ["Please argue <kindly>."]
    shift.talk.site.clock.move(1_000)
    await shift.sent(said, act="remove", rule="1", note="Please argue <kindly>.")
    await shift.ada.get(f"/c/{said}")
    assert "Please argue <kindly>." in text(shift.ada)
    await shift.mo.post("/console/mine", note | {"forget": "Please argue <kindly>."})
    assert not html.fromstring((await shift.mo.get("/console/held")).text).xpath("//datalist")
    for wrong in ({"text": " "}, {"text": "x" * 600}, {"what": "other", "text": "x"}):
        assert (await shift.mo.post("/console/mine", note | wrong)).status_code == 422


async def test_harsh_comments_rest_when_ones_share_is_used_up(
    shift: Shift, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The queue leaves them out and says so; whoever takes them as they come has them all."""
    monkeypatch.setattr("moothall.moderation.standards_model.Standards.harsh_rules", ("spam",))
    said = await shift.said(f"{SPAM} https://stones.example/a https://stones.example/b https://stones.example/c")
    mild = await shift.said("The ferry was late again.")
    assert await shift.queue("held") == [said, mild]
    for share, seen in (("0", [mild]), ("all", [said, mild]), ("-1", [said, mild]), ("nine", [said, mild])):
        await shift.mo.get("/console/mine")
        await shift.mo.submit("/console/mine", harsh=share)
        assert await shift.queue("held") == seen
        assert ("Harsh comments rest" in text(shift.mo)) == (share == "0")


async def test_the_script_is_answered_as_json(shift: Shift) -> None:
    """Also what it may not send."""
    for path in ("/console/decisions", "/console/undos", "/console/claims"):
        answer = await shift.mo.http.post(
            path, content=b'{"key": 7}', headers=JSON | {"content-type": "application/json"}
        )
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid"), path
