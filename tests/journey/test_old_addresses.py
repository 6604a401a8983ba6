"""Links to stories as they were elsewhere still lead to them."""

from pathlib import Path

import pytest

from moothall.exchange.stage import Choices
from moothall.exchange.wordpress import WordPress
from moothall.store.database import Database
from tests.journey.importing import Importer
from tests.newsroom.archives import item, wxr
from tests.newsroom.clock import FakeClock
from tests.newsroom.site import Site

pytestmark = pytest.mark.anyio

TEXT = {"content_encoded": "<p>The bridge is old.</p>", "wp_post_type": "post"}


@pytest.fixture(autouse=True)
def stories(db: Database, tmp_path: Path, clock: FakeClock) -> None:
    """Three stories that came from WordPress with their texts, under addresses of several kinds."""
    links = ("https://old.example/bridge/", "https://old.example/2015/03/%D0%BC%D0%BE%D1%81%D1%82",
             "https://old.example/city/story.php?id=7")  # fmt: skip
    items = [
        item(wp_post_id=str(number), link=link, **TEXT, title=f"Story {number}")
        for number, link in enumerate(links)
    ]
    reader = WordPress(now_ms=clock())
    Importer(db, tmp_path, clock).take(wxr(*items), reader, choices=Choices(stories_here=True))


@pytest.mark.parametrize(
    ("path", "headline"),
    [
        ("/bridge/", "Story 0"),
        ("/bridge", "Story 0"),
        ("/2015/03/%D0%BC%D0%BE%D1%81%D1%82/", "Story 1"),
        ("/2015/03/мост", "Story 1"),
        ("/city/story.php?id=7", "Story 2"),
    ],
)
async def test_an_old_address_leads_to_the_story(site: Site, path: str, headline: str) -> None:
    """For good: search engines move along."""
    browser = site.browser()
    answer = await browser.get(path)
    assert answer.status_code == 301
    page = await browser.follow()
    assert page.status_code == 200
    assert f"<title>{headline}" in page.text


@pytest.mark.parametrize(
    "path", ["/bridge/2", "/bridges", "/city/story.php?id=8", "/api/v1/bridge", "/%00", "/city/"]
)
async def test_what_was_never_there_is_not_found(site: Site, path: str) -> None:
    """As before."""
    assert (await site.browser().get(path)).status_code == 404


async def test_a_story_that_is_not_public_is_not_told_of(site: Site, db: Database) -> None:
    """Its old address is found nowhere."""
    with db.engine.begin() as conn:
        conn.exec_driver_sql("UPDATE story SET published = 0")
    assert (await site.browser().get("/bridge/")).status_code == 404
    with db.engine.begin() as conn:
        conn.exec_driver_sql("UPDATE story SET published = 1")
    assert (await site.browser().get("/bridge/")).status_code == 301
