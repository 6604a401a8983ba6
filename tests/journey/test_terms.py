"""A moderator opens, closes and holds a discussion where it stands."""

from collections.abc import AsyncIterator

import pytest
from lxml import html
from sqlalchemy import select

from moothall.kernel.asgi import App
from moothall.people.model import Role
from moothall.store.tables import decision
from tests.newsroom.live import Stream, fronted
from tests.newsroom.site import URL, Browser, Site
from tests.newsroom.talk import Talk, talk_on

pytestmark = pytest.mark.anyio


@pytest.fixture
async def front(site: Site) -> AsyncIterator[App]:
    async with fronted(site) as opened:
        yield opened


async def press(browser: Browser, talk: Talk, words: str) -> None:
    """Press a button of the bar, as a browser would, and follow."""
    assert browser.page is not None
    found = html.fromstring(browser.page.text).xpath("//form[.//button=$words]", words=words)
    assert found, f"no button {words!r}"
    fields = {i.get("name"): i.get("value") for i in found[0].xpath(".//input | .//button")}
    assert found[0].get("action") == f"/stories/{talk.key}/discussion"
    await browser.post(found[0].get("action"), fields)
    assert browser.page.headers["location"] == f"{talk.path}#discussion"
    await browser.follow()


async def test_closing_and_opening_where_it_stands(site: Site, front: App) -> None:
    """Readers are refused and let in again, open pages are told, and the log says who did it."""
    talk = await talk_on(site)
    _, ada = await talk.reader("Ada Pell")
    guard, mod = await talk.reader("Mia Guard", Role.MODERATOR)
    stream = await Stream.open(front, f"/api/v1/stories/{talk.key}/events")
    assert (await stream.event())["open"] is True
    await mod.get(talk.path)
    await press(mod, talk, "Close the discussion")
    assert (await stream.event())["open"] is False
    assert (await talk.say(ada, "Too late.")).status_code == 409
    await press(mod, talk, "Open the discussion")
    assert (await stream.event())["open"] is True
    assert (await talk.say(ada, "In time.")).status_code == 201
    await stream.leave()
    logged = await site.parts.db.read(
        lambda c: c.execute(select(decision).order_by(decision.c.id)).mappings().all()
    )
    assert [(r["kind"], r["actor_id"], r["story_id"], r["before"], r["after"]) for r in logged] == [
        ("discussion", guard, talk.story.id, "open post", "closed post"),
        ("discussion", guard, talk.story.id, "closed post", "open post"),
    ]


async def test_holding_what_comes(site: Site) -> None:
    """The next comment waits; then the one after it is shown at once."""
    talk = await talk_on(site)
    _, ada = await talk.reader("Ada Pell")
    _, mod = await talk.reader("Mia Guard", Role.MODERATOR)
    await mod.get(talk.path)
    await press(mod, talk, "Hold new comments until approved")
    assert (await talk.say(ada, "A first thought.")).status_code == 202
    await press(mod, talk, "Show new comments at once")
    assert (await talk.say(ada, "A second thought.")).status_code == 201


async def test_a_list_that_is_old_opens_nothing(site: Site) -> None:
    """Closed meanwhile: who changes only how comments are held leaves it closed, and who opens it opens it."""
    talk = await talk_on(site)
    _, ada = await talk.reader("Ada Pell")
    _, mod = await talk.reader("Mia Guard", Role.MODERATOR)
    _, lea = await talk.reader("Lea Orr", Role.MODERATOR)
    await lea.get("/console/discussions")
    old = lea.fields(f"/stories/{talk.key}/discussion")
    await mod.get(talk.path)
    await press(mod, talk, "Close the discussion")
    path, headers = f"/stories/{talk.key}/discussion", {"origin": URL}
    assert (old["was_discussion"], old["was_moderation"]) == ("open", "post")
    await lea.http.post(path, data=old | {"discussion": "open", "moderation": "pre"}, headers=headers)
    story = await site.parts.stories.get(talk.story.id)
    assert (story.discussion, story.moderation) == ("closed", "pre")
    assert (await talk.say(ada, "Too late.")).status_code == 409
    await lea.get("/console/discussions")
    fresh = lea.fields(path)
    await lea.http.post(path, data=fresh | {"discussion": "open", "moderation": "post"}, headers=headers)
    assert (await talk.say(ada, "In time.")).status_code == 201


async def test_a_discussion_whose_time_is_over(site: Site) -> None:
    """It counts as closed: holding does not open it, opening does, without a new end."""
    talk = await talk_on(site, closes_at_ms=site.clock() + 1_000)
    _, ada = await talk.reader("Ada Pell")
    _, mod = await talk.reader("Mia Guard", Role.EDITOR)
    site.clock.move(2_000)
    await mod.get(talk.path)
    await press(mod, talk, "Hold new comments until approved")
    assert (await talk.say(ada, "Too late.")).status_code == 409
    await press(mod, talk, "Open the discussion")
    assert (await talk.say(ada, "In time.")).status_code == 202
    assert (await site.parts.stories.get(talk.story.id)).closes_at_ms is None


async def test_readers_see_no_bar(site: Site, front: App) -> None:
    """Neither on ready-made pages nor on their own; and a host page shows it to nobody."""
    talk = await talk_on(site)
    _, ada = await talk.reader("Ada Pell", Role.TRUSTED)
    _, mod = await talk.reader("Mia Guard", Role.MODERATOR)
    bar = f"/stories/{talk.key}/discussion"
    assert bar in (await mod.get(talk.path)).text
    ready = await site.browser().get(talk.path)
    assert "etag" in ready.headers, "this page was not a ready one"
    assert bar not in ready.text
    assert bar not in (await ada.get(talk.path)).text
    url = f"https://courier.example{talk.path}"
    embedded = await mod.http.get(
        "/embed/discussion", params={"url": url}, headers={"origin": "https://host.example"}
    )
    assert (embedded.status_code, bar in embedded.text) == (200, False)
