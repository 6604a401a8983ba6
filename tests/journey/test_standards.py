"""Readers read what is enforced; administrators change it, and a bad change changes nothing."""

import pytest
from lxml import html

from moothall.moderation import standards
from moothall.people.model import Role
from tests.newsroom.site import Browser, Site
from tests.newsroom.talk import talk_on

pytestmark = pytest.mark.anyio
SHIPPED = standards.shipped_text()
CHANGED = SHIPPED.replace("Stay with the story", "Stay near the story", 1)


@pytest.fixture(autouse=True)
def shipped_afterwards():
    """What is in force belongs to the process; the next test finds what is shipped."""
    yield
    standards.switch(standards.shipped())


async def editor(site: Site, name: str = "Ida Brand") -> Browser:
    browser = await site.signed_in(await site.person(name, Role.ADMINISTRATOR))
    await browser.get("/console/standards")
    return browser


async def apply(browser: Browser, source: str, act: str = "apply"):
    return await browser.submit("/console/standards", source=source, note="Closer to life", act=act)


async def test_a_change_is_read_at_once_and_compared(site: Site) -> None:
    """The new wording stands, with the words that went and came; the older version can still be read."""
    assert (await apply(await editor(site), CHANGED)).status_code == 303
    reader = site.browser()
    page = (await reader.get("/standards")).text
    assert "Stay near the story" in page
    assert html.fromstring(page).xpath("//del/text()") == ["with"]
    assert html.fromstring(page).xpath("//ins/text()") == ["near"]
    assert "Closer to life" in page
    older = (await reader.get("/standards?version=0")).text
    assert "Stay with the story" in older
    assert "no longer in force" in older
    assert (await reader.get("/standards?version=2")).status_code == 404
    assert (await reader.get("/standards?version=zero")).status_code == 404


async def test_a_bad_document_changes_nothing(site: Site) -> None:
    """It is told with its line, and what was typed is kept; checking a good one changes nothing either."""
    browser = await editor(site)
    refused = await apply(browser, CHANGED.replace("number = 3", "number = 2"))
    assert refused.status_code == 422
    assert "rule[2].number" in refused.text
    assert "Stay near the story" in refused.text
    checked = await apply(browser, CHANGED, act="check")
    assert checked.status_code == 200
    assert html.fromstring(checked.text).xpath("//ins/text()") == ["near"]
    assert "Stay with the story" in (await site.browser().get("/standards")).text
    assert (await apply(browser, CHANGED)).status_code == 303


async def test_two_editors_at_once(site: Site) -> None:
    """The second is told that somebody was first, and loses nothing that was typed."""
    one, two = await editor(site), await editor(site, "Ewan Hale")
    assert (await apply(one, CHANGED)).status_code == 303
    late = await apply(two, SHIPPED)
    assert late.status_code == 409
    assert standards.rule_of("topic").title == "Stay near the story"


async def test_only_administrators_edit(site: Site) -> None:
    """A moderator is refused the page that an administrator opens."""
    await editor(site)
    browser = await site.signed_in(await site.person("Mo Dale", Role.MODERATOR))
    assert (await browser.get("/console/standards")).status_code == 403
    assert (await browser.post("/console/standards", {"source": CHANGED})).status_code == 403


async def test_another_server_follows(site: Site) -> None:
    """What one server kept, another puts in force with its next look."""
    await apply(await editor(site), CHANGED)
    standards.switch(standards.shipped())
    site.parts.standards._number = 0
    assert await site.parts.standards.follow()
    assert standards.rule_of("topic").title == "Stay near the story"
    assert not await site.parts.standards.follow()


async def test_rules_speak_a_reader_s_language(site: Site) -> None:
    """In each language that the document has; programs' part is told in it as well."""
    page = (await site.browser().get("/standards?lang=de")).text
    assert "Bleiben Sie beim Thema" in page
    assert "Ein Programm sucht danach." in page


async def test_the_past_is_replayed(site: Site) -> None:
    """What a change would have held is told with what a moderator decided on it; nothing is put in force."""
    talk = await talk_on(site)
    _, ben = await talk.reader("Ben Oake")
    first = (await talk.say(ben, "Only a dunderhead would build it there.")).json()["id"]
    await talk.say(ben, "It stands well where it is.")
    browser = await editor(site)
    await browser.get(f"/c/{first}/decide")
    await browser.submit(f"/c/{first}/decide", decision="remove", rule="1")
    listed = '[[rule]]\nkey = "hate"'
    line = '[[rule.finds]]\nphase = "words"\ncue = "rude"\noutcome = "hold"\n\n'
    strict = SHIPPED.replace(listed, line + listed, 1) + '[words.rude]\nlang = "en"\nentries = ["dunderhead*"]\n'
    await browser.get("/console/standards")
    page = html.fromstring((await apply(browser, strict, act="replay")).text)
    values = dict(
        zip(
            page.xpath("//ul[@class='rows']/li/span/text()"),
            page.xpath("//ul[@class='rows']/li/b/text()"),
            strict=True,
        )
    )
    assert values["Comments looked at"] == "2"
    assert values["Held or refused then"] == "0"
    assert values["Held or refused with this document"] == "1"
    assert values["Of those held: taken down by moderators"] == "1"
    assert values["Share that moderators took down"] == "100%"
    assert page.xpath(f"//a[@href='/c/{first}']")
    assert "rude" not in standards.in_force().words
