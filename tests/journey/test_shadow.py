"""A judge on trial is drawn beside the numbers, and readers notice nothing of it."""

import pytest
from lxml import html
from msgspec.structs import replace

from moothall.people.model import Role
from moothall.settings import JudgeSettings
from moothall.store.database import Database
from tests.newsroom.clock import FakeClock
from tests.newsroom.judge_server import Answer, judge_server
from tests.newsroom.shift import shift_on, text
from tests.newsroom.site import SETTINGS, Site, site_over
from tests.newsroom.talk import talk_on

pytestmark = pytest.mark.anyio
HIGH = b'{"results": [{"category_scores": {"hate": 0.97}}]}'


async def test_a_trial_is_drawn(db: Database, clock: FakeClock) -> None:
    """A point for what was compared, with the figures in words."""
    with judge_server(Answer(HIGH)) as server:
        tried = JudgeSettings(key="newer", kind="scores", url=server.url, deadline_ms=10_000, shadow=True)
        async with site_over(db, clock, replace(SETTINGS, judges=(tried,))) as site:
            talk = await talk_on(site)
            _, ada = await talk.reader("Ada Pell")
            _, mo = await talk.reader("Mo Akande", Role.MODERATOR)
            assert (await talk.say(ada, "The ferry was late.")).status_code == 201
            (shadow,) = site.parts.shadows
            for task in tuple(shadow._asking):
                await task
            page = html.fromstring((await mo.get("/console/numbers")).text)
    assert len(server.asked) == 1
    assert len(page.xpath("//figure[.//*[text()='newer']]//*[local-name()='rect']")) == 1
    assert "compared: 1 · agreement: 100 %" in text(mo)
    assert not page.xpath("//*[@style]")


async def test_without_a_trial_nothing_is_said_of_it(site: Site) -> None:
    """The numbers are as they were."""
    shift = await shift_on(site)
    await shift.mo.get("/console/numbers")
    assert "Heating up" in text(shift.mo)
    assert "Judges on trial" not in text(shift.mo)
