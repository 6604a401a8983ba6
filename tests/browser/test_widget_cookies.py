"""An embedded discussion where the browser blocks third-party cookies: no cookie of ours reaches the host page."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import _ARGS, CHROMIUM, Server
from tests.browser.host import FIELD, Host, closed, embed, hosting
from tests.browser.widget import roots, says, stored, watch

pytestmark = pytest.mark.browser
# Chromium's preference `profile.cookie_controls_mode`.
ALLOW, BLOCK = 0, 1
Profile = Callable[[int], AbstractContextManager[BrowserContext]]
# Asked twice, because the first answer sets what the second tells.
_ASK = """async (url) => {
  for (let i = 0; i < 2; i++) var told = await (await fetch(url, { credentials: "include" })).text();
  return told;
}"""


@pytest.fixture(scope="module")
def host(server: Server) -> Iterator[Host]:
    """A page on another origin."""
    with hosting(server) as made:
        yield made


@pytest.fixture
def profile(chromium: Browser, tmp_path: Path) -> Profile:
    """A browser profile of its own with a setting for third-party cookies."""

    @contextmanager
    def opened(mode: int) -> Iterator[BrowserContext]:
        home = tmp_path / str(mode)
        (home / "Default").mkdir(parents=True)
        (home / "Default" / "Preferences").write_text(json.dumps({"profile": {"cookie_controls_mode": mode}}))
        context = chromium.browser_type.launch_persistent_context(
            home,
            executable_path=CHROMIUM,
            args=_ARGS,
            locale="en-GB",
        )
        context.set_default_timeout(8_000)
        yield context
        context.close()

    return opened


def _third_party_cookie(page: Page, host: Host) -> str:
    """What a page that may ask anybody gets sent along to another site."""
    page.goto(f"{host.url}lax")
    return str(page.evaluate(_ASK, host.third))


def test_it_works_without_third_party_cookies(profile: Profile, host: Host) -> None:
    """Sign in and post; loaded again, one click signs in, and nothing typed meanwhile is lost."""
    with profile(ALLOW) as context:
        assert _third_party_cookie(context.pages[0], host) == "everywhere=1"
    with profile(BLOCK) as context:
        page = context.pages[0]
        assert _third_party_cookie(page, host) == ""
        faults = watch(page)
        embed(page, host)
        page.locator(FIELD).fill("Said without a cookie of the third kind.")
        window = _window(page)
        _sign_in(window, "Tess Harbin")
        # The provider's policy has cut it off from the page that opened it.
        expect(window.locator("main")).to_contain_text("You can close this window")
        _post(page, "Said without a cookie of the third kind.")
        page.reload()
        expect(page.locator("moot-hall")).to_have_attribute("data-mh-viewer", "signed-out")
        page.locator(FIELD).fill("And said again after a reload.")
        closed(_window(page))
        _post(page, "And said again after a reload.")
        assert (stored(page), faults) == (0, [])


def test_without_windows_and_cookies_the_page_goes_and_comes_back(profile: Profile, host: Host) -> None:
    """Where windows are blocked as well the whole page signs in; the text is there again and is posted."""
    with profile(BLOCK) as context:
        page = context.pages[0]
        page.add_init_script("window.open = () => null")
        embed(page, host)
        page.locator(FIELD).fill("Kept though no window would open.")
        page.get_by_role("button", name="Sign in to post").click()
        _sign_in(page, "Abel Torrance")
        page.set_extra_http_headers({})
        page.locator(f"main a[href^='{host.url}']").click()
        _post(page, "Kept though no window would open.")


def test_a_link_on_the_host_page_signs_nobody_in(profile: Profile, server: Server, host: Host) -> None:
    """Who put it there chose the verifier, and would collect: the yes stays with the reader."""
    with profile(BLOCK) as context:
        page = context.pages[0]
        embed(page, host)
        page.locator(FIELD).fill("To be let in.")
        _sign_in(_window(page), "Una Fairlie")
        expect(page.locator("moot-hall")).to_have_attribute("data-mh-viewer", "signed-in", timeout=10_000)
        link = f"{server.url}/signin?handoff={'A' * 43}"
        with context.expect_page() as opened:
            page.evaluate("url => { open(url) }", link)
        page.evaluate("url => { location.href = url }", link)
        for asked in (opened.value, page):
            expect(asked.locator("form[data-opener] button")).to_have_text("Continue as Una Fairlie")
            asked.wait_for_timeout(500)
            expect(asked.locator("form[data-opener] button")).to_be_visible()


def _window(page: Page) -> Page:
    """The window that the one click opens."""
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Sign in to post").click()
    return opened.value


def _sign_in(page: Page, name: str) -> None:
    """Somebody new comes through an identity provider of the demo, and agrees to be known on the host page."""
    # From an address of their own: the other tests' has few tries to sign in.
    page.set_extra_http_headers({"X-Forwarded-For": "192.0.2.1"})
    page.get_by_role("link", name=re.compile("Continue with")).first.click()
    page.get_by_role("textbox").fill(name)
    page.get_by_role("textbox").press("Enter")
    page.get_by_role("button", name="Continue", exact=True).click()
    page.get_by_role("button", name=f"Continue as {name}").click()


def _post(page: Page, text: str) -> None:
    """What was typed stands in its field; it is posted and stands first."""
    expect(page.locator("moot-hall")).to_have_attribute("data-mh-viewer", "signed-in", timeout=10_000)
    expect(page.locator(FIELD)).to_have_value(text)
    page.locator(FIELD).press("Control+Enter")
    says(page, "Your comment")
    expect(page.locator(f"#c-{roots(page)[0]} .mh-body").first).to_have_text(text)
