"""What every reader can count on: no script needed, nobody else asked, nothing stored, nothing jumps."""

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import Server
from tests.browser.walk import walk
from tests.browser.widget import story_path

pytestmark = pytest.mark.browser


def test_everything_works_with_script_off(chromium: Browser, server: Server) -> None:
    """Sign in, read, sort, page, comment, reply, react, report and sign out without a line of script."""
    context = chromium.new_context(base_url=server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(server.link("reader"))
    page.click("main button")
    page.goto(story_path(server, "/business/harbour-wind-farm-vote"))
    expect(page.locator("[data-mh-comment]")).not_to_have_count(0)
    page.click("text=Oldest")
    page.click("a[rel=next]")
    page.fill("#compose textarea", "Written without script.")
    page.click("#compose button[type=submit]")
    expect(page.locator("main")).to_contain_text("Written without script.")
    page.goto(story_path(server, "/business/harbour-wind-farm-vote"))
    other = page.locator("[data-mh-comment]", has_not_text="Written without script.").first
    other.locator("[data-mh-act=respect]").first.click()
    page.locator("button[value=respect]").click()
    expect(page.locator("button[value=respect][aria-pressed=true]").first).to_be_visible()
    page.click("text=Reply >> nth=0")
    page.fill("#reply textarea", "An answer without script.")
    page.click("#reply button[type=submit]")
    expect(page.locator("main")).to_contain_text("An answer without script.")
    page.goto(story_path(server, "/business/harbour-wind-farm-vote"))
    more = (
        page.locator("[data-mh-comment]", has_not_text="without script").first.locator("[data-mh-act=more]").first
    )
    more.click()
    page.locator("a[href$='/report']:visible").first.click()
    page.check("input[value=spam]")
    page.click("main button[type=submit]")
    expect(page.locator("main h1")).to_be_visible()
    context.close()


def test_a_mere_reader_leaves_no_trace(context: BrowserContext, server: Server) -> None:
    """Reading, sorting and paging asks no other host, and leaves no cookie and no storage."""
    page, hosts = context.new_page(), set()
    page.on("request", lambda request: hosts.add(re.sub(r"^(\w+://[^/]+).*", r"\1", request.url)))
    for address in ("/", "/city/", story_path(server), f"{story_path(server)}?sort=oldest", "/standards"):
        page.goto(address)
        page.mouse.wheel(0, 4000)
        page.wait_for_timeout(200)
    assert hosts == {server.url}
    assert context.cookies() == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_jumps(chromium: Browser, server: Server, width: int) -> None:
    """Layout shift of front and story pages, scrolled through, stays within 0.01."""
    context = chromium.new_context(base_url=server.url, viewport={"width": width, "height": 800})
    context.add_init_script(
        """window.shift = 0; new PerformanceObserver(l => { for (const e of l.getEntries())
           if (!e.hadRecentInput) window.shift += e.value; }).observe({type: "layout-shift", buffered: true});"""
    )
    page = context.new_page()
    for address in ("/", story_path(server)):
        page.goto(address)
        for _ in range(8):
            page.mouse.wheel(0, 700)
            page.wait_for_timeout(60)
        assert page.evaluate("window.shift") <= 0.01
    context.close()


def test_the_keyboard_goes_everywhere(page: Page, server: Server) -> None:
    """Tab reaches the end of a story page, every stop is visible, ringed and uncovered, none is twice."""
    page.goto(story_path(server, "/business/bakery-that-weighs-its-bread"))
    assert walk(page) > 40


def test_every_language_reads_in_its_direction(page: Page) -> None:
    """Six languages answer `?lang=`, Arabic from the right, and none leaves English words in the masthead."""
    said = {}
    for lang in ("en", "de", "fr", "es", "ar", "ru"):
        page.goto(f"/standards?lang={lang}")
        assert page.get_attribute("html", "lang") == lang
        assert page.get_attribute("html", "dir") == ("rtl" if lang == "ar" else "ltr")
        said[lang] = page.locator("main h1").inner_text()
    assert len(set(said.values())) == 6, said


def test_wide_text_still_fits_a_small_window(chromium: Browser, server: Server) -> None:
    """With the spacing that a reader may set, nothing is wider than 320 pixels.  Source: WCAG 2.2, 1.4.12."""
    context = chromium.new_context(base_url=server.url, viewport={"width": 320, "height": 640})
    page = context.new_page()
    for lang in ("en", "de", "ar"):
        page.goto(f"{story_path(server)}?lang={lang}")
        # A sheet made by script: the page's own policy allows no inline one.
        page.evaluate(
            """() => { const sheet = new CSSStyleSheet();
               sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: .12em !important;"
                 + " word-spacing: .16em !important; content-visibility: visible !important }");
               document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]; }"""
        )
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, lang
    context.close()
