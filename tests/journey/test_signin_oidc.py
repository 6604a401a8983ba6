"""Signing in through a real OpenID Connect provider, a process of its own."""

from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
from lxml import html

from moothall.people.model import Identity, Role
from moothall.people.signin.email_code import ISSUER as MAIL
from moothall.settings import OidcProvider, Settings
from moothall.store.database import Database
from tests.newsroom.clock import FakeClock
from tests.newsroom.site import SETTINGS, URL, Browser, Site, site_over
from tests.providers.node import provider

pytestmark = pytest.mark.anyio
# What RFC 6749, 2.3.1 wants encoded before it becomes a Basic password.
SECRET = "a secret:/+%&="


@pytest.fixture(scope="session")
def issuer() -> Iterator[str]:
    with provider("moothall", SECRET, f"{URL}/signin/with/town/callback") as running:
        yield running


@pytest.fixture
async def site(db: Database, issuer: str) -> AsyncIterator[Site]:
    """A site on today's clock, as the provider's is, with that provider."""
    import time

    town = OidcProvider(key="town", name="Town Card", issuer=issuer, client_id="moothall", client_secret=SECRET)
    settings = Settings(base_url=URL, site_name=SETTINGS.site_name, oidc=(town,))
    async with site_over(db, FakeClock(int(time.time() * 1000)), settings) as opened:
        yield opened


async def consent(at: str, login: str) -> str:
    """What a person does at the provider; returns the address that it sends the browser back to."""
    async with httpx.AsyncClient(trust_env=False) as http:
        answer = await http.get(at)
        while True:
            if answer.is_redirect:
                to = str(answer.next_request.url)
                if to.startswith(URL):
                    return to.removeprefix(URL)
                answer = await http.get(to)
                continue
            forms = html.fromstring(answer.text).xpath("//form")
            assert forms, f"{answer.status_code} {answer.text}"
            form = forms[0]
            filled = {i.get("name"): i.get("value") or "" for i in form.xpath(".//input[@name]")}
            if "login" in filled:
                filled |= {"login": login, "password": "anything"}
            answer = await http.post(str(answer.url.join(form.get("action"))), data=filled)


async def leave(browser: Browser, path: str = "/signin/with/town?next=/standards") -> str:
    """Out to the provider."""
    await browser.get(path)
    assert browser.page.status_code == 303, browser.page.text[-600:]
    return browser.page.headers["location"]


async def test_a_new_reader_signs_in_and_chooses_a_name(site: Site, issuer: str) -> None:
    """Out, back, a name of one's own; the second time straight back to where one was."""
    browser = site.browser()
    page = await browser.get("/signin?next=/standards")
    assert "Continue with Town Card" in page.text
    await browser.get(await consent(await leave(browser), "ada"))
    assert browser.page.headers["location"] == "/signin/name?next=/standards"
    await browser.follow()
    await browser.submit("/signin/name", display_name="Ada Byrne")
    assert browser.page.headers["location"] == "/standards"
    again = site.browser()
    await again.get(await consent(await leave(again), "ada"))
    assert again.page.headers["location"] == "/standards"
    assert (await again.me()) == (await browser.me())
    account = await site.parts.people.find(Identity(issuer, "ada"))
    assert (account.display_name, account.email) == ("Ada Byrne", None)


async def test_what_we_send_is_guarded(site: Site, issuer: str) -> None:
    """Code flow, PKCE S256, a state and a nonce of 256 bits each, and our registered address."""
    query = httpx.URL(await leave(site.browser())).params
    assert (query["response_type"], query["code_challenge_method"]) == ("code", "S256")
    assert query["redirect_uri"] == f"{URL}/signin/with/town/callback"
    assert all(len(query[name]) == 43 for name in ("state", "nonce", "code_challenge"))


async def test_an_answer_is_good_once_and_in_one_browser(site: Site) -> None:
    """Brought in by another browser, or a second time, it signs nobody in."""
    browser, thief = site.browser(), site.browser()
    back = await consent(await leave(browser), "ada")
    assert (await thief.get(back)).status_code == 400
    assert (await browser.get(back)).status_code == 400
    fresh = await consent(await leave(browser), "ada")
    assert (await browser.get(fresh)).status_code == 303
    assert (await browser.get(fresh)).status_code == 400
    assert await thief.me() is None


async def test_a_moderators_address_at_a_provider_opens_nothing(site: Site, issuer: str) -> None:
    """The provider asserts a moderator's verified address; it is somebody else's identity."""
    vera = await site.person("Vera Lind", Role.MODERATOR)
    address = Identity(MAIL, "vera@courier.example")
    await site.parts.people.add_identity(vera, address, email="vera@courier.example", at_ms=site.clock())
    browser = site.browser()
    await browser.get(await consent(await leave(browser), "vera"))
    me = await browser.me()
    assert (me["role"], me["named"]) == ("reader", False)
    assert (await site.parts.people.find(address)).id == vera


async def test_a_second_identity_is_added_by_hand_and_taken_away(site: Site, issuer: str) -> None:
    """Signed in, out to the provider, back, a yes; then it signs in to the same account."""
    ada = await site.person("Ada Byrne")
    await site.parts.people.add_identity(ada, Identity(MAIL, "ada@example.org"), email=None, at_ms=site.clock())
    browser = await site.signed_in(ada)
    back = await consent(await leave(browser, "/account/identities/with/town"), "ada2")
    await browser.get(back)
    assert browser.page.status_code == 200
    assert await site.parts.people.find(Identity(issuer, "ada2")) is None
    await browser.submit("/account/identities/add")
    other = site.browser()
    await other.get(await consent(await leave(other), "ada2"))
    assert (await other.me())["display_name"] == "Ada Byrne"
    await browser.get("/account")
    assert "Town Card" in browser.page.text
    inputs = html.fromstring(browser.page.text).xpath("//input[@name='identity']")
    form = browser.fields("/account/identities/remove")
    for one in inputs:
        await browser.post("/account/identities/remove", form | {"identity": one.get("value")})
    assert (len(inputs), browser.page.status_code) == (2, 409)
    assert len(await site.parts.people.identities(ada)) == 1


async def test_an_identity_of_somebody_else_is_not_taken_over(site: Site, issuer: str) -> None:
    """What already signs in to one account cannot be added to another."""
    first = site.browser()
    await first.get(await consent(await leave(first), "ada3"))
    bea = await site.signed_in(await site.person("Bea"))
    await bea.get(await consent(await leave(bea, "/account/identities/with/town"), "ada3"))
    await bea.submit("/account/identities/add")
    assert bea.page.status_code == 409
    assert "already belongs to another account" in bea.page.text
    assert (await first.me())["named"] is False
