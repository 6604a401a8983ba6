"""An embedded discussion signs its reader in: a pop-up, a yes, a token in memory."""

import base64
import hashlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from urllib.parse import quote

import httpx
import pytest
from lxml import html

from moothall.kernel.limits import EMBED_SESSION_MS, SIGNIN_FLOW_LIFE_MS
from moothall.people.model import Role
from moothall.settings import Settings
from moothall.store.database import Database
from tests.newsroom.clock import FakeClock
from tests.newsroom.site import SETTINGS, URL, Browser, Site, site_over

pytestmark = pytest.mark.anyio
HOST = "https://news.example"
VERIFIER = "v" * 43
MARKED = {"x-moothall": "1"}


@pytest.fixture
async def site(db: Database, clock: FakeClock) -> AsyncIterator[Site]:
    """A site that news.example may embed."""
    settings = Settings(base_url=URL, site_name=SETTINGS.site_name, embed_hosts=("news.example",))
    async with site_over(db, clock, settings) as opened:
        yield opened


@dataclass
class HostPage:
    """The page elsewhere: it sends no cookies, and its browser says where it is."""

    http: httpx.AsyncClient
    origin: str = HOST

    async def collect(self, verifier: str = VERIFIER) -> httpx.Response:
        headers = MARKED | {"origin": self.origin, "sec-fetch-site": "cross-site"}
        return await self.http.post("/api/v1/handoff", json={"verifier": verifier}, headers=headers)

    async def get(self, path: str, token: str) -> httpx.Response:
        return await self.http.get(path, headers={"origin": self.origin, "authorization": f"Bearer {token}"})


def hashed(verifier: str = VERIFIER) -> str:
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


async def open_popup(browser: Browser, query: str = "", referer: str = f"{HOST}/story") -> httpx.Response:
    return await browser.get(f"/signin?handoff={hashed()}{query}", referer=referer)


def asks_opener(popup: Browser) -> list[str]:
    """The host that our script asks, if any."""
    assert popup.page is not None
    found: list[str] = html.fromstring(popup.page.text).xpath("//form/@data-opener")
    return found


async def test_a_signed_out_reader_signs_in_and_says_yes(site: Site) -> None:
    """The page gets nothing before the yes, one token after it, and none a second time."""
    popup, page = site.browser(), HostPage(site.browser().http)
    link = await site.link(await site.person("Ada Byrne"))
    await open_popup(popup)
    back = httpx.URL(popup.page.headers["location"]).params["next"]
    assert (await page.collect()).status_code == 202
    await popup.get(f"{link}?next={httpx.QueryParams({'x': back})['x']}")
    await popup.post("/signin/link", popup.fields("/signin/link") | {"next": back})
    await popup.follow()
    assert "Continue as Ada Byrne" in popup.page.text
    assert "news.example" in popup.page.text
    assert (await page.collect()).status_code == 202
    await popup.submit("/signin/handoff")
    assert "You can close this window" in popup.page.text
    given = await page.collect()
    assert (given.status_code, given.json()["expires_in"]) == (200, EMBED_SESSION_MS // 1000)
    assert given.headers["cache-control"] == "private, no-store"
    me = await page.get("/api/v1/me", given.json()["token"])
    assert me.json()["account"]["display_name"] == "Ada Byrne"
    assert (await page.collect()).status_code == 202


async def token_of(site: Site, name: str = "Ada Byrne", role: Role = Role.READER) -> tuple[str, HostPage, Browser]:
    """A token got the whole way by somebody who was signed in already."""
    popup, page = await site.signed_in(await site.person(name, role)), HostPage(site.browser().http)
    await open_popup(popup)
    await popup.follow()
    await popup.submit("/signin/handoff")
    return (await page.collect()).json()["token"], page, popup


async def test_a_page_that_is_not_listed_gets_nothing(site: Site) -> None:
    """Neither opening the pop-up nor collecting works from elsewhere, nor without saying where."""
    browser = await site.signed_in(await site.person("Ada"))
    for referer in (
        "https://evil.example/",
        "https://news.example.evil.example/",
        "https://evil@evil.example/",
        "",
    ):
        assert (await open_popup(browser, referer=referer)).status_code == 403, referer
    await open_popup(browser)
    await browser.follow()
    await browser.submit("/signin/handoff")
    for origin in ("https://evil.example", "null", "https://sub.news.example"):
        assert (await HostPage(site.browser().http, origin).collect()).status_code == 403, origin
    assert (await HostPage(site.browser().http).collect()).status_code == 200


async def test_our_own_pages_open_nothing(site: Site) -> None:
    """A link that leads through our sign-in would begin a hand-off in our name, for whoever wrote it."""
    begun = f"/signin?handoff={hashed()}"
    reader = await site.signed_in(await site.person("Ada"))
    await reader.get(f"/signin?next={quote(begun, safe='')}", referer="https://evil.example/")
    assert reader.page.headers["location"] == "/"
    for ours in ("/", "/signin/name", "/city/old-bridge-bcdfgh"):
        assert (await open_popup(reader, referer=URL + ours)).status_code == 403, ours
    assert (await HostPage(site.browser().http, URL).collect()).status_code == 403


@pytest.mark.parametrize(
    "back", ["http://evil.example\\@news.example/", "https://evil@news.example/", "//news.example"]
)
async def test_an_address_that_browsers_read_otherwise_is_no_way_back(site: Site, back: str) -> None:
    """The page that the reader is led back to is on the host that is named to them."""
    popup = await site.signed_in(await site.person("Ada"))
    await open_popup(popup, f"&next={quote(back, safe='')}")
    await popup.follow()
    assert "news.example" in popup.page.text
    await popup.submit("/signin/handoff")
    links = html.fromstring(popup.page.text).xpath("//main//a/@href")
    assert "You can close this window" in popup.page.text
    assert [link for link in links if "news.example" in link] == []


async def test_nobody_says_yes_for_a_pop_up_that_another_opened(site: Site) -> None:
    """An attacker who opens a pop-up cannot have a reader agree to it."""
    attacker, reader = site.browser(), await site.signed_in(await site.person("Ada"))
    await open_popup(attacker)
    path = f"/signin/handoff?hash={hashed()}"
    assert (await reader.get(path)).status_code == 400
    await reader.get("/account")
    form = reader.fields("/signout") | {"hash": hashed()}
    await reader.post("/signin/handoff", form)
    assert reader.page.status_code == 400
    assert (await HostPage(site.browser().http).collect()).status_code == 202


async def test_a_pop_up_is_good_for_a_quarter_of_an_hour(site: Site, clock: FakeClock) -> None:
    """After that neither yes nor token."""
    popup = await site.signed_in(await site.person("Ada"))
    await open_popup(popup)
    await popup.follow()
    clock.move(SIGNIN_FLOW_LIFE_MS)
    await popup.submit("/signin/handoff")
    assert popup.page.status_code == 400


async def test_a_token_ends_by_itself_and_by_hand(site: Site, clock: FakeClock) -> None:
    """After four hours, by the page's own sign-out, and from the account's list."""
    token, page, popup = await token_of(site)
    assert "Embedded discussion" not in (await popup.get("/account")).text
    assert "news.example" in popup.page.text
    clock.move(EMBED_SESSION_MS - 1)
    assert (await page.get("/api/v1/me", token)).json()["account"]
    clock.move(1)
    assert (await page.get("/api/v1/me", token)).json()["account"] is None
    second, page, _ = await token_of(site, "Bea")
    await page.http.delete("/api/v1/session", headers={"authorization": f"Bearer {second}", "origin": HOST})
    assert (await page.get("/api/v1/me", second)).json()["account"] is None


async def test_a_host_that_was_agreed_to_may_vouch_for_itself(site: Site, clock: FakeClock) -> None:
    """While the first token is good our script may ask the page instead of its reader; a link does nothing."""
    token, page, popup = await token_of(site)
    await open_popup(popup)
    await popup.follow()
    assert asks_opener(popup) == ["news.example"]
    assert (await page.collect()).status_code == 202
    await popup.submit("/signin/handoff")
    again = (await page.collect()).json()["token"]
    for one in (token, again):
        await page.http.delete("/api/v1/session", headers={"authorization": f"Bearer {one}", "origin": HOST})
    await open_popup(popup)
    await popup.follow()
    assert asks_opener(popup) == []
    await popup.submit("/signin/handoff")
    await page.collect()
    clock.move(EMBED_SESSION_MS)
    await open_popup(popup)
    await popup.follow()
    assert asks_opener(popup) == []


async def test_another_reader_on_the_same_host_is_asked(site: Site) -> None:
    """Who said yes there is this account, not this browser's host."""
    await token_of(site)
    popup = await site.signed_in(await site.person("Bea Lund"))
    await open_popup(popup)
    await popup.follow()
    assert "Continue as Bea Lund" in popup.page.text
    assert asks_opener(popup) == []


async def test_a_token_is_no_cookie_and_a_cookie_no_token(site: Site) -> None:
    """Each is taken only where it belongs."""
    token, page, popup = await token_of(site)
    other = site.browser()
    other.http.cookies.set("__Host-moothall", token, domain="courier.example")
    assert await other.me() is None
    cookie = popup.cookie("__Host-moothall")
    assert (await page.get("/api/v1/me", cookie)).json()["account"] is None


async def test_a_token_reaches_no_page_of_the_account(site: Site) -> None:
    """What breaks on a host page can neither change names nor add identities."""
    token, page, _ = await token_of(site)
    assert (await page.get("/account", token)).status_code == 403


@pytest.mark.parametrize(
    ("back", "shown"),
    [
        (f"{HOST}/story?a=1#d", True),
        ("https://evil.example/", False),
        ("javascript:alert(1)", False),
        ("/x", False),
    ],
)
async def test_the_whole_page_may_come_here_and_go_back(site: Site, back: str, shown: bool) -> None:
    """Without a pop-up the last page leads back to the host page, and to no other host."""
    popup = await site.signed_in(await site.person("Ada"))
    await open_popup(popup, f"&{httpx.QueryParams({'next': back})}")
    await popup.follow()
    await popup.submit("/signin/handoff")
    links = html.fromstring(popup.page.text).xpath("//main//a/@href")
    assert links == ([back] if shown else [])


@pytest.mark.parametrize("bad", ["x", "a" * 42, "a" * 44, "ä" * 43, "=" * 43, "a" * 42 + "+"])
async def test_what_is_no_hash_is_refused(site: Site, bad: str) -> None:
    """A damaged address starts nothing."""
    browser = site.browser()
    await browser.get(f"/signin?handoff={bad}", referer=f"{HOST}/")
    assert browser.page.status_code == 400
