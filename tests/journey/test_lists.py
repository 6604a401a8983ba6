"""The front page, sections and topics lead on to every older story, without script."""

import pytest
from lxml import html

from tests.newsroom.site import Browser, Site
from tests.newsroom.talk import publish

pytestmark = pytest.mark.anyio
_COUNT = 200
# Several at the very same moment: a page ends between two of them.
_AT_ONCE = 7


@pytest.fixture
async def addresses(site: Site) -> list[str]:
    """Two hundred stories of one section and topic, newest first."""
    made = []
    for n in range(_COUNT):
        at_ms = site.clock() - (n // _AT_ONCE) * 60_000
        made.append(await publish(site, f"Story {n}", keywords=("Bridges",), published_at_ms=at_ms))
    return [story.url for story in sorted(made, key=lambda one: (-one.published_at_ms, -one.id))]


async def walk(browser: Browser, path: str) -> list[list[str]]:
    """The stories of each page, by following `rel=next`."""
    pages = []
    while path:
        answer = await browser.get(path)
        assert answer.status_code == 200, path
        page = html.fromstring(answer.text)
        pages.append([str(one) for one in page.xpath("//main//article//h3/a/@href")])
        path = page.xpath("string(//a[@rel='next']/@href)")
    return pages


@pytest.mark.parametrize("path", ["/city/", "/topics/bridges"])
async def test_a_list_is_read_to_its_end(site: Site, addresses: list[str], path: str) -> None:
    """Sixty a page, each story once, in order."""
    pages = await walk(site.browser(), path)
    assert [len(one) for one in pages] == [60, 60, 60, 20]
    assert [one for page in pages for one in page] == addresses


async def test_nothing_is_lost_behind_the_front_page(site: Site, addresses: list[str]) -> None:
    """What the front has no room for follows in order of time; nothing is left out."""
    first, *others = await walk(site.browser(), "/")
    assert set(first) <= set(addresses[:20])
    older = [one for page in others for one in page]
    assert {*first, *older} == set(addresses)
    assert older == [one for one in addresses if one in set(older)]


async def test_a_story_published_meanwhile_moves_nothing(site: Site, addresses: list[str]) -> None:
    """The second page begins after the first's last story, whatever came on top."""
    browser = site.browser()
    page = html.fromstring((await browser.get("/city/")).text)
    await publish(site, "Just in", published_at_ms=site.clock() + 1)
    second = await walk(browser, page.xpath("string(//a[@rel='next']/@href)"))
    assert second[0] == addresses[60:120]


async def test_a_part_of_a_list_stays_itself_in_another_language(site: Site, addresses: list[str]) -> None:
    """The footer's languages keep the place, and search engines are told its own address."""
    browser = site.browser()
    page = html.fromstring((await browser.get("/city/")).text)
    path = page.xpath("string(//a[@rel='next']/@href)")
    page = html.fromstring((await browser.get(path)).text)
    (german,) = page.xpath("//a[@hreflang='de']/@href")
    assert german == f"{path.removeprefix('/city/')}&lang=de"
    assert page.xpath("string(//link[@rel='canonical']/@href)").endswith(path)


@pytest.mark.parametrize("path", ["/", "/city/", "/topics/bridges"])
async def test_a_cursor_that_is_none_is_refused(site: Site, path: str) -> None:
    """Nothing of ours made it; without any it is the first page."""
    await publish(site, keywords=("Bridges",))
    browser = site.browser()
    assert (await browser.get(f"{path}?cursor=")).status_code == 200
    assert (await browser.get(f"{path}?cursor=nonsense")).status_code == 422


async def test_short_lists_lead_nowhere(site: Site) -> None:
    """No link to an empty page."""
    for n in range(5):
        await publish(site, f"Story {n}", keywords=("Bridges",))
    for path in ("/", "/city/", "/topics/bridges"):
        assert len(await walk(site.browser(), path)) == 1
