"""Estimates of the local scorer: asked for by the standards, weighed by them, read by moderators."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from lxml import html
from msgspec.structs import replace

from moothall.moderation import standards
from moothall.moderation.classifier.kept import layer_file
from moothall.moderation.judges.scorer_process import ScorerProcess, scorer_process
from moothall.moderation.standards_read import parse
from moothall.people.model import Role
from moothall.seed.standards import demo_standards
from moothall.store.database import Database
from tests.newsroom.clock import FakeClock
from tests.newsroom.shift import text
from tests.newsroom.site import SETTINGS, site_over
from tests.newsroom.talk import Talk, talk_on

pytestmark = pytest.mark.anyio
RUDE = "What a stupid, pathetic loser you are."
THREAT = "I will find you and kill you."
OTHER_THREAT = "Someone ought to kill the mayor with an axe."
KIND = "Thank you for the careful report, I learned a lot."


@pytest.fixture
async def talk(db: Database, clock: FakeClock) -> AsyncIterator[Talk]:
    """A discussion that is estimated; the scorer has time, however busy this machine is."""
    async with site_over(db, clock, replace(SETTINGS, scorer_deadline_ms=10_000)) as site:
        found = await talk_on(site)
        standards.switch(parse(demo_standards(standards.shipped_text())))
        yield found
        standards.switch(standards.shipped())


async def test_an_estimate_is_weighed_by_the_standards(talk: Talk) -> None:
    """An insult is asked about, a threat waits, kindness is published; without the lines a threat is, too."""
    _, ada = await talk.reader("Ada Pell")
    asked = standards.in_force()
    standards.switch(standards.shipped())
    assert (await talk.say(ada, OTHER_THREAT)).status_code == 201
    standards.switch(asked)
    wanted = {RUDE: 409, THREAT: 202, KIND: 201}
    told = {}
    for body in wanted:
        talk.site.clock.move(60_000)
        told[body] = (await talk.say(ada, body)).status_code
    assert told == wanted


async def test_moderators_read_it(talk: Talk) -> None:
    """How likely, of what, and the words that carried it."""
    _, ada = await talk.reader("Ada Pell")
    _, mo = await talk.reader("Mo Akande", Role.MODERATOR)
    assert (await talk.say(ada, THREAT)).status_code == 202
    await mo.get("/console/held")
    assert "A program’s estimate: a threat, " in text(mo)
    assert mo.page is not None
    assert "kill" in html.fromstring(mo.page.text).xpath("string(//ol[@class='queue']//mark)")


async def test_a_dead_scorer_holds(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The comment waits, and the console says that nobody has looked at it; with a living one it is published."""
    _, ada = await talk.reader("Ada Pell")
    assert (await talk.say(ada, KIND)).status_code == 201
    dead = ScorerProcess(("false",))
    monkeypatch.setattr(scorer_process(layer_file(Path(SETTINGS.data))), "_asked", dead._asked)
    talk.site.clock.move(60_000)
    assert (await talk.say(ada, f"{KIND} Really.")).status_code == 202
    dead.close()
