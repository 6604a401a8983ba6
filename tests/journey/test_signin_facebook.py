"""Signing in through Facebook, played by a process that behaves as its documentation says."""

import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest

from moothall.people.model import Identity, Role
from moothall.people.signin.email_code import ISSUER as MAIL
from moothall.people.signin.facebook import ISSUER
from moothall.settings import Settings
from moothall.store.database import Database
from tests.newsroom.clock import FakeClock
from tests.newsroom.site import SETTINGS, URL, Browser, Site, site_over

pytestmark = pytest.mark.anyio
CALLBACK = f"{URL}/signin/with/facebook/callback"


@pytest.fixture(scope="session")
def facebook() -> Iterator[str]:
    """Its address."""
    args = [sys.executable, "-m", "tests.providers.facebook", "0", "1234567890", "app-secret", CALLBACK]
    process = subprocess.Popen(args, cwd=Path(__file__).parents[2], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    yield f"http://127.0.0.1:{process.stdout.readline().strip()}"
    process.kill()
    process.communicate()


@pytest.fixture
async def site(db: Database, clock: FakeClock, facebook: str) -> AsyncIterator[Site]:
    """A site with Facebook on."""
    async with site_over(db, clock, settings(facebook)) as opened:
        yield opened


def settings(facebook: str, secret: str = "app-secret") -> Settings:
    return Settings(
        base_url=URL,
        site_name=SETTINGS.site_name,
        facebook_client_id="1234567890",
        facebook_client_secret=secret,
        facebook_url=facebook,
        facebook_graph_url=facebook,
    )


async def go(browser: Browser, person: str = "10150001") -> str:
    """Out to the dialog; returns the path that it sends the browser back to."""
    await browser.get("/signin/with/facebook?next=/standards")
    async with httpx.AsyncClient(trust_env=False) as http:
        answer = await http.get(f"{browser.page.headers['location']}&login={person}")
        assert answer.status_code == 302, answer.text
        return answer.headers["location"].removeprefix(URL)


async def test_a_reader_signs_in(site: Site) -> None:
    """The id is the identity; the name is offered, never taken."""
    browser = site.browser()
    assert "Continue with Facebook" in (await browser.get("/signin")).text
    await browser.get(await go(browser))
    await browser.follow()
    assert 'value="Reader 01"' in browser.page.text
    await browser.submit("/signin/name", display_name="Ada Byrne")
    assert browser.page.headers["location"] == "/standards"
    found = await site.parts.people.find(Identity(ISSUER, "10150001"))
    assert (found.display_name, found.email) == ("Ada Byrne", None)


async def test_its_address_proves_nothing(site: Site) -> None:
    """It hands out a moderator's address; we neither ask for it nor look at it."""
    vera = await site.person("Vera Lind", Role.MODERATOR)
    identity = Identity(MAIL, "vera@courier.example")
    await site.parts.people.add_identity(vera, identity, email=identity.subject, at_ms=site.clock())
    browser = site.browser()
    await browser.get(await go(browser))
    assert (await browser.me())["role"] == "reader"
    (held,) = await site.parts.people.identities((await site.parts.people.find(Identity(ISSUER, "10150001"))).id)
    assert held.claimed_email is None


async def test_an_answer_is_good_once_and_in_one_browser(site: Site) -> None:
    """Neither its code nor its state can be used by another or again."""
    browser, thief = site.browser(), site.browser()
    back = await go(browser)
    assert (await thief.get(back)).status_code == 400
    assert (await browser.get(back)).status_code == 400
    fresh = await go(browser)
    assert (await browser.get(fresh)).status_code == 303
    assert (await browser.get(fresh)).status_code == 400
    assert await thief.me() is None


async def test_a_no_leads_back_to_the_other_ways(site: Site) -> None:
    """Who declines there is not told of an error here."""
    browser = site.browser()
    await browser.get(await go(browser, "deny"))
    assert (browser.page.status_code, browser.page.headers["location"]) == (303, "/signin")
    assert await browser.me() is None


async def test_a_wrong_secret_signs_nobody_in(db: Database, clock: FakeClock, facebook: str) -> None:
    """What Facebook refuses is refused here."""
    async with site_over(db, clock, settings(facebook, "not-the-secret")) as site:
        browser = site.browser()
        await browser.get(await go(browser))
        assert browser.page.status_code == 400
        assert await browser.me() is None


async def test_a_facebook_that_is_down_is_told_of(db: Database, clock: FakeClock) -> None:
    """The answer comes, nobody is signed in, and the other ways are there."""
    nowhere = "http://127.0.0.1:9"
    async with site_over(db, clock, settings(nowhere)) as site:
        browser = site.browser()
        await browser.get("/signin/with/facebook")
        state = httpx.URL(browser.page.headers["location"]).params["state"]
        await browser.get(f"/signin/with/facebook/callback?code=c&state={state}")
        assert browser.page.status_code == 502
        assert "Facebook could not be reached" in browser.page.text
        assert "Send me a code" in browser.page.text
