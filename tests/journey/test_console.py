"""A moderator works through the queues without script."""

import pytest
from lxml import html

from moothall.kernel.ids import to_text
from moothall.kernel.limits import QUEUE_PAGE
from moothall.people.model import Role
from tests.newsroom.shift import Shift, shift_on, text
from tests.newsroom.site import URL, Site
from tests.newsroom.talk import JSON, publish, talk_on

pytestmark = pytest.mark.anyio


@pytest.fixture
async def shift(site: Site) -> Shift:
    return await shift_on(site)


async def test_what_waits_is_approved(shift: Shift, site: Site) -> None:
    """From the queue to the page in one press; the console says what was done and offers to undo it."""
    first, second = await shift.said("First."), await shift.said("Second.")
    assert (await shift.mo.get("/console/")).headers["location"] == "/console/held"
    assert await shift.queue() == [first, second]
    assert "This story is pre-moderated." in text(shift.mo)
    assert "Held 2" in text(shift.mo)
    await shift.decide(first, decision="approve")
    assert "Approved: everybody sees it." in text(shift.mo)
    assert await shift.queue() == [second]
    assert "First." in (await site.browser().get(shift.talk.path)).text
    assert "Second." not in (await site.browser().get(shift.talk.path)).text


async def test_a_removal_names_its_rule(shift: Shift) -> None:
    """Without a rule it is asked for, and what was typed stays; its author reads the rule's number."""
    said = await shift.said()
    await shift.queue()
    answer = await shift.mo.submit(f"/c/{said}/decide", decision="remove", rule="")
    assert answer.status_code == 422
    assert "Please choose the rule that it breaks." in text(shift.mo)
    assert await shift.state(said) == "held"
    await shift.decide(said, decision="remove", rule="6", note="It is about ferries.")
    assert await shift.state(said) == "rejected"
    assert "/console/held" in str(shift.mo.page.url)  # type: ignore[union-attr]
    assert await shift.queue() == []
    assert "Nothing waits here." in text(shift.mo)


async def test_a_decision_is_taken_back(shift: Shift, site: Site) -> None:
    """Approved, removed, restored, held: each is seen by readers at once, and by nobody else's grace."""
    said = await shift.said("Seen and unseen.")
    acts = (("approve", "", True), ("remove", "civil", False), ("approve", "", True), ("hold", "", False))
    for act, rule, shown in acts:
        await shift.mo.get(f"/c/{said}/decide")
        await shift.decide(said, decision=act, rule=rule)
        for path in (shift.talk.path, f"/api/v1/stories/{shift.talk.key}/comments", f"{shift.talk.path}/feed.xml"):
            assert ("Seen and unseen." in (await site.browser().get(path)).text) is shown, (act, path)
        assert (await site.browser().get(f"/c/{said}")).status_code == (200 if shown else 404)
    story = await site.parts.stories.get(shift.talk.story.id)
    assert story.comment_count == 0


async def test_reports_are_read_and_settled(shift: Shift, site: Site) -> None:
    """Most reported first, in the reporters' words, escaped; kept or removed, they are done with."""
    talk = await talk_on(site, headline="Ferry to run until midnight")
    one, two = [(await talk.say(shift.ada, body)).json()["id"] for body in ("One.", "Two.")]
    for address, comment in (("192.0.2.7", two), ("192.0.2.8", two), ("192.0.2.9", one)):
        report = {"reason": "abuse", "text": "<b>Look</b>"}
        path = f"/api/v1/comments/{comment}/reports"
        answer = await site.browser(address).http.post(path, json=report, headers=JSON)
        assert answer.status_code == 202, answer.text
    assert await shift.queue("reported") == [two, one]
    assert "Insult or abuse <b>Look</b>" in text(shift.mo)
    assert "Reported 2" in text(shift.mo)
    await shift.decide(two, decision="approve")
    assert await shift.queue("reported") == [one]
    assert await shift.state(two) == "live"
    await shift.decide(one, decision="remove", rule="civil")
    assert await shift.queue("reported") == []


async def test_a_queue_is_paged_and_goes_on_where_one_was(shift: Shift) -> None:
    """Nothing twice or never; a decision in the middle leads to the comment below it."""
    said = []
    for n in range(QUEUE_PAGE + 2):
        said.append(await shift.said(f"Comment number {n}."))
    assert await shift.queue() == said[:QUEUE_PAGE]
    page = html.fromstring(shift.mo.page.text)  # type: ignore[union-attr]
    backs = page.xpath("//form[@class='acts']/input[@name='back']/@value")
    assert backs[0] == "/console/held"
    assert backs[3] == f"/console/held#c-{said[4]}"
    onward = page.xpath("string(//a[@rel='next']/@href)")
    rest = html.fromstring((await shift.mo.get(onward)).text)
    assert rest.xpath("//ol/li/@id") == [f"c-{one}" for one in said[QUEUE_PAGE:]]
    assert not rest.xpath("//a[@rel='next']")
    assert rest.xpath("//form[@class='acts']/input[@name='back']/@value")[0] == onward
    for path in ("/console/nothing", "/console/held?cursor=damaged"):
        assert (await shift.mo.get(path)).status_code in {404, 422}


async def test_what_a_comment_answers_is_at_hand(shift: Shift) -> None:
    """With the author's record, and marks for a ban."""
    first = await shift.said("What I said first.")
    await shift.queue()
    await shift.decide(first, decision="approve")
    await shift.said("And what I answer.", to=first)
    await shift.queue()
    assert "What I said first." in text(shift.mo)
    assert "1 comment" in text(shift.mo)


async def test_hostile_words_are_words_here_too(shift: Shift) -> None:
    """A comment's Markdown is cleaned, names and headlines are escaped."""
    await shift.said('<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror="alert(1)">')
    await shift.queue()
    page = html.fromstring(shift.mo.page.text)  # type: ignore[union-attr]
    body = page.xpath("//div[@class='mh-body']")[0]
    assert not body.xpath(".//script | .//img | .//*[starts-with(@href, 'javascript')]")
    assert "<script>alert(1)</script>" in body.text_content()


async def test_a_discussion_is_closed_from_the_console(shift: Shift, site: Site) -> None:
    """And opened, and moderated otherwise; an older story is found by its code."""
    await shift.mo.get("/console/discussions")
    action = f"/stories/{shift.talk.key}/discussion"
    await shift.mo.submit(action, discussion="closed", moderation="post")
    await shift.mo.follow()
    assert "Saved." in text(shift.mo)
    assert (await shift.talk.say(shift.ada, "Too late.")).json()["code"] == "discussion_closed"
    await shift.mo.get(f"/console/discussions?story={shift.talk.story.code}")
    await shift.mo.submit(action, discussion="open", moderation="post")
    assert (await shift.talk.say(shift.ada, "In time.")).status_code == 201
    await shift.mo.get("/console/discussions")
    assert (await shift.mo.submit(action, discussion="ajar")).status_code == 422
    await publish(site, "A draft", published=False)
    assert "A draft" not in (await shift.mo.get("/console/discussions")).text


async def test_an_author_is_banned_and_told_why(shift: Shift, site: Site) -> None:
    """For a day; afterwards, and when the ban is lifted, they may write again."""
    said = await shift.said()
    path = f"/people/{to_text(shift.ada_id)}/sanctions"
    await shift.queue()
    page = html.fromstring(shift.mo.page.text)  # type: ignore[union-attr]
    (link,) = page.xpath(f"//li[@id='c-{said}']//a[starts-with(@href, '{path}')]/@href")
    await shift.mo.get(link)
    answer = await shift.mo.submit(path, kind="suspend", days="1", reason=" ")
    assert answer.status_code == 422
    typed = {"kind": "suspend", "days": "1", "reason": "Insults <again>."}
    assert (await shift.mo.submit(path, **typed)).headers["location"] == "/console/held"
    refused = (await shift.talk.say(shift.ada, "Hello?")).json()
    assert (refused["code"], "Insults <again>." in refused["detail"]) == ("banned", True)
    await shift.queue()
    assert "Banned" in text(shift.mo)
    await shift.mo.get(path)
    assert "Insults <again>." in text(shift.mo)
    await shift.mo.submit(f"{path}/lift")
    assert (await shift.talk.say(shift.ada, "Thank you.")).status_code == 202


@pytest.mark.parametrize("role", [None, Role.READER, Role.TRUSTED])
async def test_nobody_else_is_let_in(shift: Shift, site: Site, role: Role | None) -> None:
    """No queue, no form, no decision; a form of another site is refused from a moderator too."""
    said = await shift.said()
    other = site.browser() if role is None else await site.signed_in(await site.person("Somebody", role))
    paths = ("/console/", "/console/held", "/console/discussions", f"/c/{said}/decide",
             f"/people/{to_text(shift.ada_id)}/sanctions")  # fmt: skip
    for path in paths:
        assert (await other.get(path)).status_code in {401, 403}, path
    for path in (*paths[3:], f"/stories/{shift.talk.key}/discussion"):
        sent = {"decision": "approve", "discussion": "closed", "kind": "ban", "reason": "x"}
        assert (await other.post(path, sent)).status_code in {401, 403}, path
        assert (await shift.mo.post(path, sent, origin="https://evil.example")).status_code == 403, path
        assert (await shift.mo.post(path, sent, origin=URL)).status_code == 403, path
    assert await shift.state(said) == "held"


async def test_staff_are_not_banned_here(shift: Shift, site: Site) -> None:
    """Nor oneself; only an administrator's change of role comes before it."""
    ida = await site.person("Ida Moss", Role.EDITOR)
    await shift.mo.get(f"/people/{to_text(shift.ada_id)}/sanctions")
    token = shift.mo.fields(f"/people/{to_text(shift.ada_id)}/sanctions")["csrf"]
    answer = await shift.mo.post(f"/people/{to_text(ida)}/sanctions", {"csrf": token, "kind": "ban", "reason": "x"})
    assert answer.status_code == 403


async def test_what_was_withdrawn_meanwhile_is_told(shift: Shift) -> None:
    """A decision on it is refused as outdated."""
    said = await shift.said()
    await shift.queue()
    await shift.decide(said, decision="approve")
    await shift.queue("live")
    await shift.ada.http.delete(f"/api/v1/comments/{said}", headers=JSON)
    answer = await shift.mo.submit(f"/c/{said}/decide", decision="remove", rule="civil")
    assert answer.status_code in {404, 409}


async def test_decisions_are_counted(shift: Shift) -> None:
    """A program that decides faster than any person is told to wait, and nothing of it happens."""
    said = await shift.said()
    sent = [await shift.sent(said, key=f"k{n}", act="hold") for n in range(401)]
    assert [one.status_code for one in sent] == [200] * 400 + [429]
    assert int(sent[-1].headers["retry-after"]) >= 1
