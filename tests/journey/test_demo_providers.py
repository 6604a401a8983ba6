"""Signing in through the demo's own two providers, by the code that serves real ones."""

from collections.abc import AsyncIterator
from dataclasses import replace

import httpx
import pytest
from lxml import html

from moothall.demo_provider.door import with_providers
from moothall.kernel.asgi import App
from moothall.people.signin.ways import ways
from moothall.store.database import Database
from tests.newsroom.clock import FakeClock
from tests.newsroom.site import SETTINGS, URL, Browser, Site

pytestmark = pytest.mark.anyio
KEYS = ("harbour", "lantern")


class Offline:
    """The site as it asks itself for the providers' documents."""

    app: App

    async def __call__(self, *message: object) -> None:
        await self.app(*message)  # type: ignore[arg-type]


@pytest.fixture
async def site(db: Database, clock: FakeClock) -> AsyncIterator[Site]:
    """The trial site, its providers in front of it."""
    settings, beside = with_providers(SETTINGS, clock)
    itself = Offline()
    opened = Site.over(db, clock, settings)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(itself)) as http:  # type: ignore[arg-type]
        opened.serve(replace(opened.parts, ways=ways(settings, http=http, clock=clock)))
        opened.app = itself.app = beside(opened.app)
        yield opened
        await opened.close()


async def ask(browser: Browser, key: str) -> str:
    """Out to a provider; returns where its form leads."""
    await browser.get(f"/signin/with/{key}?next=/standards")
    await browser.follow()
    assert browser.page is not None
    return str(browser.page.url.join(html.fromstring(browser.page.text).xpath("//form/@action")[0]))


@pytest.mark.parametrize("key", KEYS)
async def test_both_providers_sign_in(site: Site, key: str) -> None:
    """From the sign-in page out, somebody chosen, back with their name; the second time at once."""
    browser = site.browser()
    await browser.get("/signin")
    assert f"/signin/with/{key}?" in browser.page.text
    await browser.post(await ask(browser, key), {"name": "Theo Wick"})
    await browser.follow()
    await browser.follow()
    assert 'value="Theo Wick"' in browser.page.text
    await browser.submit("/signin/name", display_name="Theo Wick")
    again = site.browser()
    await again.post(await ask(again, key), {"name": "theo wick"})
    await again.follow()
    assert again.page.headers["location"] == "/standards"
    assert await again.me() == await browser.me()


async def test_the_same_name_at_two_providers_is_two_people(site: Site) -> None:
    """Nothing is linked because names are alike."""
    people = []
    for key in KEYS:
        browser = site.browser()
        await browser.post(await ask(browser, key), {"name": "Theo Wick"})
        await browser.follow()
        people.append((await browser.me())["id"])
    assert people[0] != people[1]


async def test_who_turns_back_is_back_at_the_sign_in_page(site: Site) -> None:
    """The provider says `access_denied`, and that is no error of anybody's."""
    browser = site.browser()
    await browser.post(await ask(browser, "lantern"), {"cancel": "1"})
    await browser.follow()
    assert browser.page.headers["location"] == "/signin"


@pytest.mark.parametrize("name", ["", " \u200b ", "x" * 61])
async def test_a_name_that_is_none_is_asked_for_again(site: Site, name: str) -> None:
    """The page says so, and goes on where it was."""
    browser = site.browser()
    action = await ask(browser, "harbour")
    assert (await browser.post(action, {"name": name})).status_code == 400
    assert 'role="alert"' in browser.page.text
    assert (await browser.post(action, {"name": "Selma"})).status_code == 303


async def test_a_code_is_good_once_for_its_verifier_and_a_minute(site: Site, clock: FakeClock) -> None:
    """Redeemed by the site, it is refused afterwards; redeemed late, it signs nobody in."""
    browser = site.browser()
    await browser.post(await ask(browser, "harbour"), {"name": "Selma"})
    late = site.browser()
    await late.post(await ask(late, "harbour"), {"name": "Selma"})
    await browser.follow()
    assert browser.page.status_code == 303
    clock.move(61_000)
    assert (await late.follow()).status_code == 400


@pytest.mark.parametrize("part", ["redirect_uri=https%3A%2F%2Felsewhere.example", "client_id=other"])
async def test_nobody_is_sent_to_a_site_that_is_not_known(site: Site, part: str) -> None:
    """A request in another site's name gets a page, and no way back."""
    browser = site.browser()
    name = part.partition("=")[0]
    action = httpx.URL(await ask(browser, "harbour"))
    assert (await browser.get(str(action))).status_code == 200
    changed = action.copy_set_param(name, httpx.QueryParams(part)[name])
    assert (await browser.get(str(changed))).status_code == 400
    assert "location" not in browser.page.headers


async def test_what_a_site_typed_wrongly_is_told_to_it(site: Site) -> None:
    """Without PKCE by S256, and without `openid`, the browser is sent back with the standard's code."""
    browser = site.browser()
    action = httpx.URL(await ask(browser, "harbour"))
    for name, value, code in (
        ("code_challenge_method", "plain", "invalid_request"),
        ("scope", "profile", "invalid_scope"),
        ("response_type", "token", "unsupported_response_type"),
    ):
        await browser.get(str(action.copy_set_param(name, value)))
        back = httpx.URL(browser.page.headers["location"])
        assert (back.host, back.params["error"]) == (httpx.URL(URL).host, code)


async def test_the_token_endpoint_wants_the_sites_own_secret(site: Site) -> None:
    """A client that cannot say it is refused before its code is looked at."""
    browser = site.browser()
    answer = await browser.post("/demo-id/harbour/token", {"grant_type": "authorization_code", "code": "x"})
    assert (answer.status_code, answer.json()) == (401, {"error": "invalid_client"})


async def test_hostile_names_and_addresses_are_text(site: Site) -> None:
    """What the address holds stands in the form as text."""
    browser = site.browser()
    action = httpx.URL(await ask(browser, "harbour")).copy_set_param("state", '"><script>x</script>')
    page = await browser.get(f"{action}&y=\"'<b>")
    assert page.status_code == 200
    assert "<script" not in page.text
    assert "style-src 'sha256-" in page.headers["content-security-policy"]


async def test_only_the_demo_has_them(db: Database, clock: FakeClock) -> None:
    """A site that serves in earnest knows neither provider nor address."""
    site = Site.over(db, clock)
    browser = site.browser()
    assert (await browser.get("/demo-id/harbour/jwks")).status_code == 404
    assert "Harbour ID" not in (await browser.get("/signin")).text
    await site.close()
