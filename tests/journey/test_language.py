"""The language of `?lang=` stays with a reader from page to page, without a cookie."""

import pytest
from lxml import html

from tests.newsroom.site import Browser, Site, code_in
from tests.newsroom.talk import publish, talk_on

pytestmark = pytest.mark.anyio


def spoken(browser: Browser) -> str:
    """The language of the open page."""
    assert browser.page is not None
    return str(html.fromstring(browser.page.text).get("lang"))


async def click(browser: Browser, words: str) -> None:
    """Follow the first link with these words."""
    assert browser.page is not None
    (href, *_) = html.fromstring(browser.page.text).xpath(f"//a[contains(normalize-space(.), '{words}')]/@href")
    await browser.get(str(browser.page.url.join(href)))


async def test_links_lead_on_in_the_same_language(site: Site) -> None:
    """Front, section, story, standards: German throughout, and nothing is stored."""
    await publish(site)
    browser = site.browser()
    await browser.get("/?lang=de")
    for words in ("City", "Old bridge to close", "Anmelden"):
        await click(browser, words)
        assert spoken(browser) == "de", words
    assert not [name for name in browser.http.cookies if "start" not in name]


async def test_without_a_wish_links_are_bare(site: Site) -> None:
    """Every reader's page has one address."""
    await publish(site)
    browser = site.browser()
    links = html.fromstring((await browser.get("/city/")).text).xpath("//a/@href[starts-with(., '/')]")
    assert links
    assert not [one for one in links if "lang=" in one]


async def test_pieces_of_a_discussion_come_in_the_same_language(site: Site) -> None:
    """What the widget is told to fetch asks for it too."""
    talk = await talk_on(site)
    page = (await site.browser().get(f"{talk.path}?lang=fr")).text
    pieces = html.fromstring(page).xpath("//@data-mh-to")
    assert pieces
    assert all("lang=fr" in one for one in pieces)


async def test_a_sign_in_ends_where_it_began_in_the_same_language(site: Site) -> None:
    """Mail, code, name: every step in Spanish, back to the story in Spanish."""
    story = await publish(site)
    browser = site.browser()
    await browser.get(f"/signin?next={story.url}&lang=es")
    await browser.submit("/signin/email?lang=es", email="ada@example.org")
    await browser.follow()
    (mail,) = await site.mails("ada@example.org")
    await browser.submit("/signin/code?lang=es", code=code_in(mail))
    await browser.follow()
    assert spoken(browser) == "es"
    await browser.submit("/signin/name?lang=es", display_name="Ada Byrne")
    assert browser.page is not None
    assert browser.page.headers["location"] == f"{story.url}?lang=es"


async def test_an_error_is_told_and_left_in_the_same_language(site: Site) -> None:
    """What is not there is missing in French, and the way back is French."""
    browser = site.browser()
    await browser.get("/nowhere?lang=fr", accept="text/html")
    assert (browser.page.status_code, spoken(browser)) == (404, "fr")
    assert 'href="/?lang=fr"' in browser.page.text
