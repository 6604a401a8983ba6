"""Ready-made pages are what the handlers would answer, show what was written, and are never personal."""

import re
from collections.abc import AsyncIterator

import pytest

from moothall.kernel.asgi import App
from moothall.story.model import Discussion, Moderation
from tests.newsroom.live import fronted
from tests.newsroom.site import Site
from tests.newsroom.talk import JSON, talk_on

pytestmark = pytest.mark.anyio

# Who is signed out is given one on the way back from signing in.
_KEY = re.compile('name="key" value="[^"]*"')


@pytest.fixture
async def front(site: Site) -> AsyncIterator[App]:
    async with fronted(site) as opened:
        yield opened


@pytest.mark.parametrize(
    "path",
    ["{page}", "{page}?sort=oldest", "{page}?lang=de", "/", "/city/", "/fragments/stories/{key}/comments",
     "/fragments/stories/{key}/comments?sort=respected", "/fragments/comments/{one}",
     "/embed/discussion?url=https%3A%2F%2Fcourier.example{page}&lang=de",
     "/api/v1/counts?url=https://courier.example{page}&url=https://elsewhere.example/x",
     "/api/v1/stories/{key}/comments?sort=replies"],
)  # fmt: skip
async def test_a_ready_page_is_the_handlers_page(site: Site, path: str) -> None:
    """Byte for byte but for the key of an empty form, and with the same security headers."""
    talk = await talk_on(site)
    _, ada = await talk.reader("Ada Pell")
    one = (await talk.say(ada, "Eleven months is *optimistic*.")).json()["id"]
    await talk.say(ada, "And who pays?", to=one)
    path = path.format(page=talk.path, key=talk.key, one=one)
    handled = await site.browser().get(path)
    async with fronted(site):
        ready = await site.browser().get(path)
    assert (handled.status_code, ready.status_code) == (200, 200)
    assert "etag" in ready.headers, "this page was not a ready one"
    assert ready.text == _KEY.sub('name="key" value=""', handled.text)
    own = {"content-length", "content-encoding", "cache-control", "vary", "etag"}
    for name in handled.headers.keys() - own:
        assert ready.headers[name] == handled.headers[name]


async def test_what_is_written_is_read(site: Site, front: App) -> None:
    """Posted, edited, liked, withdrawn: each next page shows it."""
    talk = await talk_on(site)
    _, ada = await talk.reader("Ada Pell")
    anyone = site.browser()
    assert "optimistic" not in (await anyone.get(talk.path)).text
    comment = (await talk.say(ada, "Eleven months is optimistic.")).json()["id"]
    assert "optimistic" in (await anyone.get(talk.path)).text
    await ada.http.patch(f"/api/v1/comments/{comment}", json={"body": "Nineteen."}, headers=JSON)
    page = (await anyone.get(talk.path)).text
    assert "Nineteen" in page
    assert "optimistic" not in page
    await ada.http.delete(f"/api/v1/comments/{comment}", headers=JSON)
    assert "Nineteen" not in (await anyone.get(talk.path)).text
    assert (await anyone.get(f"/fragments/comments/{comment}")).status_code == 404


async def test_who_is_signed_in_gets_an_own_page(site: Site, front: App) -> None:
    """Never the strangers' bytes, and never leaves its own to them."""
    talk = await talk_on(site)
    _, ada = await talk.reader("Ada Pell")
    anyone = site.browser()
    await anyone.get(talk.path)
    mine = await ada.get(talk.path)
    assert 'data-mh-viewer="signed-in"' in mine.text
    assert mine.headers["cache-control"] == "private, no-store"
    theirs = await anyone.get(talk.path)
    assert 'data-mh-viewer="signed-out"' in theirs.text
    assert "set-cookie" not in theirs.headers
    assert "Cookie" in theirs.headers["vary"]


async def test_a_tag_saves_the_page(site: Site, front: App) -> None:
    """The same page again is 304; after a comment it is the new page."""
    talk = await talk_on(site)
    _, ada = await talk.reader("Ada Pell")
    anyone = site.browser()
    tag = (await anyone.get(talk.path)).headers["etag"]
    assert (await anyone.get(talk.path, if_none_match=tag)).status_code == 304
    await talk.say(ada, "Eleven months.")
    assert (await anyone.get(talk.path, if_none_match=tag)).status_code == 200


async def test_a_story_that_goes_takes_its_page_along(site: Site, front: App) -> None:
    """Without its discussion the page is another; at a wrong address there is none; an embargo hides it."""
    talk = await talk_on(site, embargo_until_ms=site.clock() + 60_000)
    anyone = site.browser()
    assert (await anyone.get(talk.path)).status_code == 404
    site.clock.move(60_001)
    assert "moot-hall" in (await anyone.get(talk.path)).text
    wrong = await anyone.get(talk.path.replace("/city/", "/village/"))
    assert (wrong.status_code, wrong.headers["location"]) == (301, talk.path)
    await site.parts.stories.set_discussion(
        talk.story.id, discussion=Discussion.OFF, moderation=Moderation.POST, closes_at_ms=None, at_ms=site.clock()
    )
    assert "<moot-hall" not in (await anyone.get(talk.path)).text
