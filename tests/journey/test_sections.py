"""Roles of certain sections: what they see and do there, and that it is nothing elsewhere."""

from dataclasses import dataclass

import pytest
from lxml import html

from moothall.kernel.ids import to_text
from moothall.people.appoint import Appointment
from moothall.people.model import AccountId, Role
from moothall.people.role import IN_SECTIONS, SITE_WIDE
from moothall.store.raw import row, run
from moothall.web.rights import matrix
from tests.newsroom.shift import Shift, shift_on, text
from tests.newsroom.site import URL, Browser, Site

pytestmark = pytest.mark.anyio
_THERE = {right.value for right in IN_SECTIONS}
_NOWHERE = {right.value for right in SITE_WIDE}


@dataclass
class Desks:
    """A held comment in City; one editor of City and one of Sport."""

    shift: Shift
    said: str
    city: Browser
    sport: Browser
    sport_id: AccountId

    async def ask(self, browser: Browser, line: str) -> int:
        """The status of a request of the matrix about this comment and its story."""
        method, path = line.split(" ")
        path = path.format_map({"comment": self.said, "story": self.shift.talk.key})
        form = None
        if method == "POST":
            await browser.get("/account")
            form = {"csrf": browser.fields("/signout")["csrf"]}
        answer = await browser.http.request(method, path, headers={"origin": URL}, data=form)
        return answer.status_code


async def editor_of(site: Site, name: str, *sections: str) -> tuple[AccountId, Browser]:
    """Somebody whose role is for these."""
    who = await site.person(name)
    await site.parts.people.appoint(
        Appointment(site.parts.new_id(), who, None, Role.EDITOR, site.clock(), tuple(sections))
    )
    return who, await site.signed_in(who)


@pytest.fixture
async def desks(site: Site) -> Desks:
    shift = await shift_on(site)
    said = await shift.said("The toll house <still> stands.")
    _, city = await editor_of(site, "Cy Moor", "city", "world")
    sport_id, sport = await editor_of(site, "Sal Reed", "sport")
    return Desks(shift, said, city, sport, sport_id)


async def test_the_matrix_holds_in_sections(desks: Desks) -> None:
    """Every address about a comment or story: refused to whom it is another section's, not to its own."""
    rows = [line for line, who in matrix().items() if who in _THERE and ("{comment}" in line or "{story}" in line)]
    assert len(rows) >= 10
    wrong = {}
    for line in rows:
        got = (await desks.ask(desks.sport, line), await desks.ask(desks.city, line))
        if got[0] not in {403, 404} or got[1] in {401, 403}:
            wrong[line] = got
    assert not wrong


async def test_what_is_the_whole_sites_is_not_theirs(desks: Desks) -> None:
    """Accounts, appeals, notices and the standards, whatever the section."""
    rows = [line for line, who in matrix().items() if who in _NOWHERE and "{" not in line]
    rows.append(f"GET /people/{to_text(desks.shift.ada_id)}/sanctions")
    assert {await desks.ask(desks.city, line) for line in rows} == {403}
    assert await desks.ask(desks.shift.mo, rows[-1]) == 200


async def test_lists_hold_what_is_theirs(desks: Desks) -> None:
    """Queues with their counts, search, discussions, the desk."""
    for path in ("/console/held", "/console/search?text=toll", "/console/discussions", "/desk/"):
        there = (await desks.city.get(path)).text
        elsewhere = (await desks.sport.get(path)).text
        assert "toll house" in there or "Old bridge to close" in there, path
        assert "toll house" not in elsewhere, path
        assert "Old bridge to close" not in elsewhere, path
    for browser, count in ((desks.city, "Held 1"), (desks.sport, "Held ")):
        await browser.get("/console/held")
        assert count in text(browser)
    assert "Held 1" not in text(desks.sport)


async def test_what_waits_elsewhere_is_not_read(desks: Desks) -> None:
    """On the story's page, the comment's own, in the API: as a reader has it."""
    words = "still"
    for path in (f"/c/{desks.said}", f"/api/v1/comments/{desks.said}", f"/fragments/comments/{desks.said}"):
        assert words in (await desks.city.get(path)).text, path
        answer = await desks.sport.get(path)
        assert (answer.status_code, words in answer.text) == (404, False), path
    tools = f'/stories/{desks.shift.talk.key}/discussion"'
    assert tools in (await desks.city.get(desks.shift.talk.path)).text
    assert tools not in (await desks.sport.get(desks.shift.talk.path)).text


async def test_a_decision_elsewhere_is_refused(desks: Desks) -> None:
    """As the script sends it, in a batch, and when one comment of a batch is another's: nothing is done."""
    answer = await desks.shift.sent(desks.said, by=desks.sport)
    assert (answer.status_code, answer.json()["code"]) == (403, "other_section")
    await desks.city.get(f"/console/batch?ids={desks.said}")
    form = desks.city.fields("/console/batch")
    await desks.sport.get(f"/console/batch?ids={desks.said}")
    assert "Nothing was chosen." in text(desks.sport)
    await desks.sport.get("/account")
    token = desks.sport.fields("/signout")["csrf"]
    sent = await desks.sport.post("/console/batch", form | {"csrf": token, "decision": "approve"})
    assert sent.status_code == 403
    assert await desks.shift.state(desks.said) == "held"
    assert (await desks.city.post("/console/batch", form | {"decision": "approve"})).status_code == 200
    assert await desks.shift.state(desks.said) == "live"


async def test_sections_taken_away_stop_a_batch(desks: Desks) -> None:
    """Between the preview and the act: none of it is done, and nothing is taken back."""
    await desks.city.get(f"/console/batch?ids={desks.said}")
    form = desks.city.fields("/console/batch")
    taken = "UPDATE account SET sections = 'sport' WHERE sections = 'city world'"
    await desks.shift.talk.site.parts.db.write(lambda tx: run(tx.conn, taken))
    assert (await desks.city.post("/console/batch", form | {"decision": "approve"})).status_code == 403
    assert await desks.shift.state(desks.said) == "held"


async def test_a_colleagues_comments_are_not_claimed_from_elsewhere(desks: Desks) -> None:
    """A page that names another section's comments holds none of them."""
    body = {"queue": "held", "ids": [desks.said], "newest": desks.said}
    answer = await desks.sport.http.post("/console/claims", json=body, headers={"x-moothall": "1", "origin": URL})
    assert answer.json()["gone"] == [desks.said]
    assert await desks.shift.queue() == [desks.said]


async def test_a_story_is_not_moved_out_of_ones_sections(desks: Desks) -> None:
    """Nor made elsewhere; the form keeps what was typed."""
    path = f"/desk/{desks.shift.talk.key}"
    typed = {
        "headline": "Bridge to close",
        "body": "The council said so.",
        "discussion": "open",
        "moderation": "pre",
    }
    for action, section, status in ((path, "sport", 422), ("/desk/new", "sport", 422), (path, "city", 303)):
        await desks.city.get(action)
        new = {"section_name": "Sport"} if section == "sport" else {}
        answer = await desks.city.submit(action, section=section, published="1", **typed, **new)
        assert answer.status_code == status, (action, section, text(desks.city)[-600:])


async def test_they_talk_like_everybody(desks: Desks) -> None:
    """In their own sections and in others."""
    for browser in (desks.sport, desks.city):
        answer = await desks.shift.talk.say(browser, "It opens in May.")
        assert (answer.status_code, answer.json()["state"]) == (201, "live")


async def test_an_administrator_says_which(desks: Desks, site: Site) -> None:
    """In the list of people; the change is logged; readers and administrators have no sections."""
    _, chief = await desks.shift.talk.reader("Cara Holm", Role.ADMINISTRATOR)
    await chief.get("/console/people")
    page = html.fromstring(chief.page.text)  # type: ignore[union-attr]
    assert page.xpath("//input[@name='sections']/@value")
    action = f"/people/{to_text(desks.sport_id)}/role"
    await chief.submit(action, role="moderator", sections="city")
    found = await site.parts.people.account(desks.sport_id)
    assert (found.role, found.sections) == (Role.MODERATOR, ("city",))
    logged = "SELECT before, after FROM decision WHERE kind = 'role' ORDER BY id DESC"
    assert tuple(await site.parts.db.read(lambda c: row(c, logged))) == ("editor sport", "moderator city")  # type: ignore[arg-type]
    await chief.get("/console/people")
    await chief.submit(action, role="reader", sections="city")
    assert (await site.parts.people.account(desks.sport_id)).sections == ()
