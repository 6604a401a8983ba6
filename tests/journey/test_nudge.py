"""An author is asked once, sees where and why, and then decides; what was chosen is counted."""

import pytest
from lxml import html

from moothall.discussion.nudge import NudgeCounts
from moothall.kernel.limits import DAY_MS
from moothall.moderation import standards
from moothall.moderation.standards_read import parse
from moothall.people.model import Role
from moothall.store.nudges import SqlNudges
from tests.newsroom.site import Site
from tests.newsroom.talk import JSON, Talk, talk_on

pytestmark = pytest.mark.anyio
LINE = '[[rule.finds]]\nphase = "words"\ncue = "rude"\noutcome = "{outcome}"\n\n'
LIST = '[words.rude]\nlang = "en"\nentries = ["nitwit*"]\n'
RUDE = "Only a n1tw1t would build it there."


def with_words(outcome: str) -> standards.Standards:
    shipped = standards.shipped_text()
    named = 'keyword = "KEYWORD_CYBER_HARASSMENT"\n'
    assert named in shipped
    at = shipped.index("[[rule]]", shipped.index(named))
    return parse(shipped[:at] + LINE.format(outcome=outcome) + shipped[at:] + LIST)


@pytest.fixture(autouse=True)
def standards_afterwards():
    """What is in force belongs to the process; the next test finds what is shipped."""
    yield
    standards.switch(standards.shipped())


async def counts(talk: Talk) -> NudgeCounts:
    return await SqlNudges(talk.site.parts.db).counts()


async def post(talk: Talk, browser, body: str, nudge: str | None = None):
    sent = {"body": body} | ({"nudge": nudge} if nudge else {})
    key = f"key-{talk.site.parts.new_id()}"
    return await browser.http.post(
        f"/api/v1/stories/{talk.key}/comments",
        json=sent,
        headers=JSON | {"idempotency-key": key},
    )


async def test_asked_once_and_sent_anyway(site: Site) -> None:
    """The answer names span and rule; the same with its nudge is published, and counted as sent."""
    talk = await talk_on(site)
    standards.switch(with_words("nudge"))
    _, ada = await talk.reader("Ada Pell")
    asked = await post(talk, ada, RUDE)
    assert (asked.status_code, asked.json()["code"]) == (409, "nudge")
    told = asked.json()["nudge"]
    assert (told["rule"], RUDE[told["start"] : told["end"]]) == ("1", "n1tw1t")
    named = "“n1tw1t” may break rule 1, “Argue with what was said, not with who said it”."
    assert asked.json()["detail"].startswith(named)
    assert await counts(talk) == NudgeCounts(1, 0, 0)
    assert (await post(talk, ada, RUDE, told["id"])).status_code == 201
    assert await counts(talk) == NudgeCounts(1, 0, 1)


async def test_rephrased_is_not_asked_again(site: Site) -> None:
    """Whatever the new words are: once is enough."""
    talk = await talk_on(site)
    standards.switch(with_words("nudge"))
    _, ada = await talk.reader("Ada Pell")
    told = (await post(talk, ada, RUDE)).json()["nudge"]
    assert (await post(talk, ada, "Only nitwits would, I say.", told["id"])).status_code == 201
    assert await counts(talk) == NudgeCounts(1, 1, 0)
    assert (await counts(talk)).left == 0


async def test_another_s_nudge_opens_nothing(site: Site) -> None:
    """It belongs to its author, and to its story."""
    talk, other = await talk_on(site), await talk_on(site, url="https://courier.example/other", headline="Other")
    standards.switch(with_words("nudge"))
    _, ada = await talk.reader("Ada Pell")
    _, ben = await talk.reader("Ben Oake")
    told = (await post(talk, ada, RUDE)).json()["nudge"]
    assert (await post(talk, ben, RUDE, told["id"])).status_code == 409
    assert (await post(other, ada, RUDE, told["id"])).status_code == 409
    assert (await post(talk, ada, RUDE, "nonsense")).status_code == 409
    assert (await post(talk, ada, RUDE, told["id"])).status_code == 201


async def test_by_a_plain_form(site: Site) -> None:
    """The form comes back with the text, the reason and what it takes to send it anyway."""
    talk = await talk_on(site)
    standards.switch(with_words("nudge"))
    _, ada = await talk.reader("Ada Pell")
    await ada.get(talk.path)
    form = f"/discussion/{talk.key}/comments"
    await ada.submit(form, body=RUDE)
    page = html.fromstring(ada.page.text)
    assert page.xpath("string(//textarea[@id='mh-body'])").strip() == RUDE
    assert "n1tw1t" in page.xpath("string(//*[@id='mh-error'])")
    await ada.submit(form, body=RUDE)
    assert ada.page.status_code == 303
    assert await counts(talk) == NudgeCounts(1, 0, 1)


async def test_who_would_be_held_is_not_asked(site: Site) -> None:
    """Holding is heavier: the comment waits, and nobody is nudged."""
    talk = await talk_on(site)
    standards.switch(with_words("hold"))
    _, ada = await talk.reader("Ada Pell")
    assert (await post(talk, ada, RUDE)).status_code == 202
    assert await counts(talk) == NudgeCounts(0, 0, 0)


async def test_the_console_counts_what_was_chosen(site: Site) -> None:
    """By rule, for the last month; as a table, too."""
    talk = await talk_on(site)
    standards.switch(with_words("nudge"))
    _, ada = await talk.reader("Ada Pell")
    _, mo = await talk.reader("Mo Lind", Role.MODERATOR)
    told = [(await post(talk, ada, f"{RUDE} {n}")).json()["nudge"]["id"] for n in range(3)]
    await post(talk, ada, f"{RUDE} 0", told[0])
    await post(talk, ada, "Nobody would, I say.", told[1])
    page = html.fromstring((await mo.get("/console/numbers")).text)
    cells = page.xpath("//table[contains(@class, 'nudges')]/tbody/tr/td/text()")
    assert cells == ["1. Argue with what was said, not with who said it", "3", "1", "1", "1"]
    table = (await mo.get("/console/nudges.csv")).text.splitlines()
    assert table == ["rule,shown,rephrased,sent,left", "civil,3,1,1,1"]
    site.clock.move(31 * DAY_MS)
    mo = await site.signed_in(await site.person("Ida Moss", Role.MODERATOR))
    assert "nudges" not in (await mo.get("/console/numbers")).text
