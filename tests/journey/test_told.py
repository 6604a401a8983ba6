"""The author of a comment that is not shown is told why; nobody else is."""

import pytest
from lxml import html

from moothall.kernel.limits import RESTRICTED_SHOWN_MS
from moothall.people.model import Role
from tests.newsroom.site import Browser, Site
from tests.newsroom.talk import JSON, PRE, Talk, talk_on

pytestmark = pytest.mark.anyio
NOTE = "Please leave <b>her</b> family out of it."


async def decide(mod: Browser, at: str, decision: str, note: str = NOTE) -> None:
    await mod.get(f"/c/{at}/decide")
    answer = await mod.submit(f"/c/{at}/decide", decision=decision, rule="4", note=note)
    assert answer.status_code == 303, answer.text[-500:]


def told(browser: Browser, at: str) -> tuple[str, str]:
    """The rule's address and the note beside one comment of the open page."""
    assert browser.page is not None
    here = html.fromstring(browser.page.text).xpath("//li[@data-mh-comment=$at]/article", at=at)
    assert len(here) == 1, f"{len(here)} times on {browser.page.url}"
    rule = here[0].xpath("./p[@class='mh-notice']/a[starts-with(@href, '/standards')]/@href")
    return "".join(rule), "".join(here[0].xpath("./p[@class='mh-notice']/q/text()"))


async def nowhere(browser: Browser, talk: Talk, at: str) -> None:
    """No address that a reader can ask gives the note away."""
    pieces = (f"/fragments/stories/{talk.key}/comments", f"/fragments/comments/{at}")
    data = (f"/api/v1/comments/{at}", f"/api/v1/stories/{talk.key}/comments", f"{talk.path}/feed.xml")
    for path in (talk.path, f"/c/{at}", *pieces, *data):
        assert "family out" not in (await browser.get(path)).text, path


@pytest.mark.parametrize(
    ("terms", "decision", "rule"),
    [({}, "hold", ""), ({}, "remove", "/standards#rule-4"), (PRE, "remove", "/standards#rule-4")],
    ids=["held", "removed", "rejected"],
)
async def test_the_author_reads_rule_and_note(
    site: Site, terms: dict[str, object], decision: str, rule: str
) -> None:
    """On the story page and at the comment, as written; other readers meet neither; approved, both are gone."""
    talk = await talk_on(site, **terms)
    _, ada = await talk.reader("Ada Pell")
    _, ben = await talk.reader("Ben Oake")
    _, mod = await talk.reader("Mia Guard", Role.MODERATOR)
    at = (await talk.say(ada, "Some words.")).json()["id"]
    await decide(mod, at, decision)
    for path in (talk.path, f"/c/{at}"):
        await ada.get(path)
        assert told(ada, at) == (rule, NOTE)
    await mod.get(f"/c/{at}")
    assert told(mod, at) == (rule, NOTE)
    await nowhere(ben, talk, at)
    await nowhere(site.browser(), talk, at)
    await decide(mod, at, "approve", note="Seen again: fine.")
    await ada.get(f"/c/{at}")
    assert told(ada, at) == ("", "")


async def test_above_replies_it_stands_once(site: Site) -> None:
    """What keeps its place in the thread is not drawn a second time on top; who answered reads only the rule."""
    talk = await talk_on(site)
    _, ada = await talk.reader("Ada Pell")
    _, ben = await talk.reader("Ben Oake")
    _, mod = await talk.reader("Mia Guard", Role.MODERATOR)
    at = (await talk.say(ada, "Some words.")).json()["id"]
    assert (await talk.say(ben, "An answer.", to=at)).status_code == 201
    for decision, rule in (("hold", ""), ("remove", "/standards#rule-4")):
        await decide(mod, at, decision)
        await ada.get(talk.path)
        assert told(ada, at) == (rule, NOTE)
        await nowhere(ben, talk, at)
    await ben.get(talk.path)
    assert html.fromstring(ben.page.text).xpath("//p[@class='mh-stub']/a/@href") == ["/standards#rule-4"]


async def test_a_note_belongs_to_the_state_it_made(site: Site) -> None:
    """Held again without words, an earlier note is silent; what no moderator decided has none."""
    talk = await talk_on(site)
    _, ada = await talk.reader("Ada Pell")
    _, mod = await talk.reader("Mia Guard", Role.MODERATOR)
    at = (await talk.say(ada, "Some words.")).json()["id"]
    await decide(mod, at, "hold")
    await decide(mod, at, "approve", note="")
    await decide(mod, at, "hold", note="")
    await ada.get(talk.path)
    assert told(ada, at) == ("", "")


async def test_the_story_page_stops_repeating_it(site: Site) -> None:
    """A week after it was written, what was refused is only at its own address; what is held stays."""
    talk = await talk_on(site, **PRE)
    guard = await site.person("Mia Guard", Role.MODERATOR)
    person, ada = await talk.reader("Ada Pell")
    refused, held = [(await talk.say(ada, text)).json()["id"] for text in ("Some words.", "Other words.")]
    await decide(await site.signed_in(guard), refused, "remove")
    await ada.get(talk.path)
    assert told(ada, refused)[1] == NOTE
    site.clock.move(RESTRICTED_SHOWN_MS + 1_000)
    ada = await site.signed_in(person)
    page = (await ada.get(talk.path)).text
    assert (f"c-{refused}" in page, f"c-{held}" in page) == (False, True)
    await ada.get(f"/c/{refused}")
    assert told(ada, refused)[1] == NOTE


async def test_taken_back_it_says_nothing_more(site: Site) -> None:
    """A held comment that its author withdraws leaves no notice behind."""
    talk = await talk_on(site)
    _, ada = await talk.reader("Ada Pell")
    _, mod = await talk.reader("Mia Guard", Role.MODERATOR)
    at = (await talk.say(ada, "Some words.")).json()["id"]
    await decide(mod, at, "hold")
    assert (await ada.http.delete(f"/api/v1/comments/{at}", headers=JSON)).status_code in {200, 204}
    await nowhere(ada, talk, at)
    await mod.get(f"/c/{at}")
    assert told(mod, at) == ("", "")
