"""What a person prefers is kept with the account: the language of pages, and single-key shortcuts."""

import pytest
from lxml import html

from tests.newsroom.site import Browser, Site
from tests.newsroom.talk import talk_on

pytestmark = pytest.mark.anyio
PATH = "/account/preferences"


@pytest.fixture
async def ada(site: Site) -> Browser:
    """A reader with the account page open."""
    browser = await site.signed_in(await site.person("Ada Byrne"))
    await browser.get("/account")
    return browser


def tongue(page: str) -> str:
    """The language of a page."""
    return str(html.fromstring(page).get("lang"))


async def test_a_language_is_kept_with_the_account(site: Site, ada: Browser) -> None:
    """In every browser of theirs, on every page; the address is stronger, and strangers see no change."""
    talk = await talk_on(site)
    assert tongue((await ada.get(talk.path)).text) == "en"
    await ada.get("/account")
    await ada.submit(PATH, language="de")
    assert tongue((await ada.follow()).text) == "de"
    assert tongue((await ada.get(talk.path)).text) == "de"
    assert tongue((await ada.get(f"{talk.path}?lang=fr")).text) == "fr"
    assert tongue((await site.browser().get(talk.path)).text) == "en"
    await ada.get("/account")
    await ada.submit(PATH, language="")
    assert tongue((await ada.get(talk.path)).text) == "en"


async def test_single_keys_are_off_until_they_are_wanted(site: Site, ada: Browser) -> None:
    """WCAG 2.1.4: a character key does nothing unless its reader switched it on; the discussion says that it is."""
    talk = await talk_on(site)
    assert "data-mh-keys" not in (await ada.get(talk.path)).text
    await ada.get("/account")
    await ada.submit(PATH, single_keys="1")
    page = (await ada.get(talk.path)).text
    assert html.fromstring(page).xpath("//moot-hall[@data-mh-keys]")
    assert "“n” leads to the next new comment" in page
    assert "checked" in (await ada.get("/account")).text
    await ada.submit(PATH)
    assert "data-mh-keys" not in (await ada.get(talk.path)).text


async def test_a_language_that_nobody_speaks_is_refused(site: Site, ada: Browser) -> None:
    """And nothing is kept of it."""
    assert (await ada.submit(PATH, language="xx")).status_code == 422
    assert tongue((await ada.get("/account")).text) == "en"
