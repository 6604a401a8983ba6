"""A passkey from a device to the newsroom's door, in Chromium with an authenticator of its own."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, ViewportSize

from tests.process import Site, end_started, populate, token

pytestmark = pytest.mark.browser
_FACTORS = "/account/second-factor"
_DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """At a name: browsers make no passkeys for addresses of numbers."""
    with closing(populate(f"sqlite:///{tmp_path / 'moothall.db'}", 1)):
        pass
    made = Site(tmp_path, host="localhost")
    made.start()
    yield made
    end_started()


def open_profile(chromium: Browser, site: Site, *, scripts: bool = True) -> BrowserContext:
    """A reader's browser, signed in."""
    address = f"http://localhost:{site.port}"
    size: ViewportSize = {"width": 360, "height": 700}
    made = chromium.new_context(base_url=address, viewport=size, java_script_enabled=scripts)
    made.set_default_timeout(8_000)
    made.add_cookies([{"name": "moothall_dev", "value": token(0), "url": address}])
    return made


@pytest.fixture
def signed_in(chromium: Browser, site: Site) -> Iterator[BrowserContext]:
    """With scripts."""
    with closing(open_profile(chromium, site)) as made:
        yield made


class Device:
    """The authenticator of a page's browser."""

    def __init__(self, page: Page) -> None:
        self._cdp: CDPSession = page.context.new_cdp_session(page)
        self._cdp.send("WebAuthn.enable")
        self._id = self._cdp.send("WebAuthn.addVirtualAuthenticator", {"options": _DEVICE})["authenticatorId"]

    def forget(self) -> None:
        """As after a reset."""
        self._cdp.send("WebAuthn.clearCredentials", {"authenticatorId": self._id})

    def keys(self) -> list[dict[str, object]]:
        found: list[dict[str, object]] = self._cdp.send("WebAuthn.getCredentials", {"authenticatorId": self._id})[
            "credentials"
        ]
        return found


def _add(page: Page, name: str) -> None:
    page.goto(_FACTORS)
    page.fill("[name=name]", name)
    page.click("text=Add a passkey")


def test_a_passkey_is_made_shown_and_given_up(signed_in: BrowserContext) -> None:
    """By its owner's device; it is listed by name, and recovery codes come with the first."""
    page = signed_in.new_page()
    device = Device(page)
    _add(page, "Blue phone")
    page.wait_for_selector(".codes")
    assert page.locator(".codes li").count() == 10
    assert len(device.keys()) == 1
    page.goto(_FACTORS)
    assert page.locator(".rows bdi").all_inner_texts() == ["Blue phone"]
    page.goto(f"/signin/second?next={_FACTORS}")
    page.click("text=Use a passkey")
    page.wait_for_url(f"**{_FACTORS}")
    assert "last used" in page.inner_text(".rows")
    page.click("text=Give up with a passkey")
    page.wait_for_selector("text=Add a passkey")
    assert page.locator(".rows").count() == 0


def test_a_device_is_not_asked_twice(signed_in: BrowserContext) -> None:
    """It says that it has one, and the page says that nothing came; a last one is not taken away."""
    page = signed_in.new_page()
    device = Device(page)
    _add(page, "Blue phone")
    page.wait_for_selector(".codes")
    _add(page, "The same phone")
    page.wait_for_selector("[data-failed]:visible")
    assert len(device.keys()) == 1
    page.click(".rows button")
    assert "your only second factor" in page.inner_text(".fielderror:visible")


def test_a_device_without_the_key_says_so(signed_in: BrowserContext) -> None:
    """The page asks for a code instead, and the button has the focus."""
    page = signed_in.new_page()
    device = Device(page)
    _add(page, "Blue phone")
    page.wait_for_selector(".codes")
    device.forget()
    page.goto(f"/signin/second?next={_FACTORS}")
    page.click("text=Use a passkey")
    page.wait_for_selector("[data-failed]:visible")
    assert page.evaluate("document.activeElement.textContent") == "Use a passkey"
    assert page.locator("#code").is_visible()


def test_without_script_the_page_says_what_it_needs(chromium: Browser, site: Site) -> None:
    """And offers an authenticator."""
    with closing(open_profile(chromium, site, scripts=False)) as plain:
        page = plain.new_page()
        page.goto(_FACTORS)
        assert page.locator("text=A passkey needs a current browser").is_visible()
        assert not page.locator("text=Add a passkey").is_visible()
        assert page.locator("text=Set up").is_visible()
