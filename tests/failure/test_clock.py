"""A clock that jumps: the order stands, sessions that ended stay ended, and nothing waits for years."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from moothall.kernel.clock import monotonic_ms
from moothall.kernel.limits import DAY_MS, HOUR_MS
from moothall.store.database import Database
from moothall.web.rate_limit import Limiter
from tests.newsroom.clock import FakeClock
from tests.newsroom.live import fronted
from tests.newsroom.site import Site, site_over
from tests.newsroom.talk import Talk, talk_on

pytestmark = pytest.mark.anyio
YEARS_MS = 730 * DAY_MS


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def site(db: Database, clock: FakeClock) -> AsyncIterator[Site]:
    """Its limits are counted by the clock that never jumps, as in a server."""
    async with site_over(db, clock) as opened:
        opened.serve(replace(opened.parts, limiter=Limiter(monotonic_ms)))
        async with fronted(opened):
            yield opened


async def listed(talk: Talk) -> list[str]:
    """Comments, newest first."""
    page = (await talk.site.browser().get(f"/api/v1/stories/{talk.key}/comments?sort=newest")).json()
    return [node["comment"]["id"] for node in page["comments"]]


@pytest.mark.parametrize("jump_ms", [-HOUR_MS, YEARS_MS])
async def test_the_order_of_comments_stands(site: Site, clock: FakeClock, jump_ms: int) -> None:
    """What comes later stands later, though the clock was set back or ran two years ahead and back."""
    talk = await talk_on(site)
    _, ada = await talk.reader("Ada Pell")
    first = (await talk.say(ada, "One.")).json()["id"]
    clock.move(jump_ms)
    _, ben = await talk.reader("Ben Oduya")
    second = (await talk.say(ben, "Two.")).json()["id"]
    clock.move(-jump_ms)
    third = (await talk.say(ben, "Three.")).json()["id"]
    assert first < second < third
    assert await listed(talk) == [third, second, first]


async def test_a_restart_with_a_wrong_clock_keeps_the_order(db: Database, clock: FakeClock) -> None:
    """New ids start above the newest stored one, whatever the clock says."""
    async with site_over(db, clock) as site:
        talk = await talk_on(site)
        _, ada = await talk.reader("Ada Pell")
        first = (await talk.say(ada, "One.")).json()["id"]
    clock.move(-30 * DAY_MS)
    async with site_over(db, clock) as again:
        clock.move(30 * DAY_MS)
        later = Talk(again, talk.story)
        clock.move(-HOUR_MS)
        _, ben = await later.reader("Ben Oduya")
        second = (await later.say(ben, "Two.")).json()["id"]
    assert first < second


async def test_a_session_that_ended_is_not_revived(site: Site, clock: FakeClock) -> None:
    """Over after two years, and still over when the clock is set right again."""
    talk = await talk_on(site)
    _, ada = await talk.reader("Ada Pell")
    assert await ada.me() is not None
    clock.move(YEARS_MS)
    assert (await talk.say(ada, "From the future.")).status_code == 401
    clock.move(-YEARS_MS)
    assert await ada.me() is None


async def test_a_clock_set_back_signs_nobody_out(site: Site, clock: FakeClock) -> None:
    """An hour back, a session is as good as before, and comments of the future are shown."""
    talk = await talk_on(site)
    _, ada = await talk.reader("Ada Pell")
    await talk.say(ada, "One.")
    clock.move(-HOUR_MS)
    assert await ada.me() is not None
    assert (await talk.say(ada, "Two.")).status_code == 201
    page = (await site.browser().get(talk.path)).text
    assert "<p>One.</p>" in page
    assert "<p>Two.</p>" in page
