"""WCAG 2.2 A and AA by axe, in twelve states and six ways of looking."""

import shutil
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Server
from tests.browser.widget import NEW, node, open_story, roots, sign_in, someone, story_path

pytestmark = pytest.mark.browser
_HERE = Path(__file__).parent / "axe"
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_WAYS = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "320": {"viewport": {"width": 320, "height": 640}},
    "rtl": {"lang": "ar"},
    "forced": {"forced_colors": "active"},
    "calm": {"reduced_motion": "reduce"},
}


@pytest.fixture(scope="session")
def axe() -> str:
    """The rules' source."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("npm is not here: axe-core cannot be installed")
    if not (_HERE / "node_modules").exists():
        subprocess.run([npm, "ci", "--ignore-scripts"], cwd=_HERE, check=True, capture_output=True)
    return (_HERE / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")


def _front(page: Page, server: Server) -> str:
    return "/"


def _section(page: Page, server: Server) -> str:
    return "/city/"


def _story(page: Page, server: Server) -> str:
    return story_path(server)


def _standards(page: Page, server: Server) -> str:
    return "/standards"


def _signin(page: Page, server: Server) -> str:
    return "/signin"


def _permalink(page: Page, server: Server) -> str:
    page.goto(story_path(server, "/business/harbour-wind-farm-vote"))
    return f"/c/{page.get_attribute('[data-mh-comment]', 'data-mh-comment')}"


def _report(page: Page, server: Server) -> str:
    return f"{_permalink(page, server)}/report"


def _missing(page: Page, server: Server) -> str:
    return "/nothing-here"


def _account(page: Page, server: Server) -> str:
    sign_in(page.context, server, "administrator")
    return "/account"


def _console(page: Page, server: Server) -> str:
    sign_in(page.context, server, "administrator")
    return "/console/live"


def _desk(page: Page, server: Server) -> str:
    sign_in(page.context, server, "administrator")
    return "/desk/new"


def _reply(page: Page, server: Server) -> str:
    sign_in(page.context, server, "administrator")
    return f"{_permalink(page, server)}?reply=1"


_STATES = [
    _front, _section, _story, _standards, _signin, _permalink, _report, _missing, _account, _console, _desk, _reply,
]  # fmt: skip


@pytest.mark.parametrize("way", list(_WAYS))
@pytest.mark.parametrize("state", _STATES, ids=lambda one: one.__name__.strip("_"))
def test_axe_finds_nothing(chromium: Browser, server: Server, axe: str, state, way: str) -> None:
    """No violation, nothing wider than the window, and no control smaller than 24 pixels."""
    options = dict(_WAYS[way])
    lang = options.pop("lang", None)
    context = chromium.new_context(base_url=server.url, bypass_csp=False, **options)
    page = context.new_page()
    address = state(page, server)
    if lang:
        address += f"{'&' if '?' in address else '?'}lang={lang}"
    page.goto(address)
    assert _wrong(page, axe) == []
    context.close()


def _menu(page: Page) -> None:
    node(page, roots(page)[2]).locator("[data-mh-act=more]").click()
    expect(node(page, roots(page)[2]).locator("[data-mh-act=copy]")).to_be_visible()


def _answer(page: Page) -> None:
    page.keyboard.press("Escape")
    node(page, roots(page)[1]).locator("[data-mh-act=reply]").click()
    expect(page.locator(f"#reply-{roots(page)[1]} textarea")).to_be_focused()


def _preview(page: Page) -> None:
    page.locator("#mh-body").fill("> quoted\n\n- one\n- [two](https://two.example)\n\n*three*")
    page.locator("#compose [data-mh-act=preview]").click()
    expect(page.locator("[data-mh=preview] blockquote").first).to_be_visible()


def _error(page: Page) -> None:
    page.locator("#mh-body").fill("word " * 500)
    page.locator("#compose [type=submit]").click()
    expect(page.locator("#mh-body")).to_have_attribute("aria-invalid", "true")


def _dialog(page: Page) -> None:
    other = node(page, roots(page)[3])
    other.locator("[data-mh-act=more]").click()
    other.locator("[data-mh-act=report]").click()
    expect(page.locator("dialog")).to_be_visible()


_OPENED = (_menu, _answer, _preview, _error, _dialog)


@pytest.mark.parametrize("way", list(_WAYS))
def test_axe_finds_nothing_in_what_opens(chromium: Browser, server: Server, axe: str, way: str) -> None:
    """One after the other on a story's page: news, a menu, a reply, a preview, an error, a dialog."""
    options = dict(_WAYS[way])
    lang = options.pop("lang", "en")
    context = chromium.new_context(base_url=server.url, **options)
    sign_in(context, server)
    page = context.new_page()
    story = open_story(page, server, after=f"?lang={lang}")
    someone(server, "moderator").post(story, f"News while somebody reads by {way}.")
    expect(page.locator(NEW)).to_be_visible()
    wrong = {"news": _wrong(page, axe, covered=True)}
    for opens in _OPENED:
        opens(page)
        wrong[opens.__name__] = _wrong(page, axe, covered=True)
    context.close()
    assert not any(wrong.values()), wrong


def _wrong(page: Page, axe: str, *, covered: bool = False) -> list[str]:
    """What axe finds; what is wider than the window; controls that are too small.

    Args:
        covered: what has opened lies over other controls; axe would measure what is left of them.
    """
    # What `content-visibility` has not drawn yet has no size for axe to judge.
    page.evaluate("document.querySelectorAll('*').forEach(e => e.style.contentVisibility = 'visible')")
    page.wait_for_timeout(200)
    session = page.context.new_cdp_session(page)
    session.send("Runtime.evaluate", {"expression": axe})
    session.detach()
    found = page.evaluate(
        "([runOnly, enabled]) => axe.run(document, {runOnly, rules: {'target-size': {enabled}}})",
        [_TAGS, not covered],
    )
    told = [f"{v['id']}: {[n['html'][:160] for n in v['nodes'][:3]]}" for v in found["violations"]]
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        told.append("wider than the window")
    return told + _small(page)


@pytest.mark.parametrize("state", _STATES, ids=lambda one: one.__name__.strip("_"))
def test_fingers_find_every_control(chromium: Browser, server: Server, state) -> None:
    """At least 44 by 44 pixels under a coarse pointer, but for links within text and beside it."""
    context = chromium.new_context(
        base_url=server.url, viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True
    )
    page = context.new_page()
    page.goto(state(page, server))
    assert page.evaluate("matchMedia('(pointer: coarse)').matches")
    page.wait_for_timeout(200)
    small = _small(page, 44)
    print("\n".join(small))
    assert small == []
    context.close()


def _small(page: Page, least: int = 24) -> list[str]:
    """Controls under so many pixels either way, but for links within a line of text.  Source: WCAG 2.2, 2.5.8."""
    return page.evaluate(
        """least => [...document.querySelectorAll(
               "button, select, input:not([type=hidden]), textarea, summary, nav a, .mh-actions a")]
             .map(e => e.matches("[type=radio], [type=checkbox]") && e.closest("label") || e)
             .filter(e => e.checkVisibility() && !e.closest(".skip, .unseen"))
             .map(e => [e.getBoundingClientRect(), e])
             .filter(([r, e]) => r.width && (r.height < least - .5 || r.width < least - .5))
             .map(([r, e]) => `${e.outerHTML.slice(0, 120)} ${Math.round(r.width)}x${Math.round(r.height)}`)""",
        least,
    )
