"""The discussion on a page of another origin, under that page's own strict policy."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Server
from tests.browser.host import FIELD, Host, closed, embed, hosting
from tests.browser.widget import ITEM, NEW, roots, says, sign_in, someone, stored, watch

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def host(server: Server) -> Iterator[Host]:
    """A page on another origin."""
    with hosting(server) as made:
        yield made


@pytest.fixture(autouse=True)
def clean(page: Page) -> Iterator[None]:
    """No test may leave a script error or a policy violation behind, the host page's included."""
    faults = watch(page)
    yield
    assert faults == []


def test_a_host_page_shows_the_discussion(page: Page, context: BrowserContext, server: Server, host: Host) -> None:
    """Everything leads back to our own site, nothing is stored, and no cookie is set."""
    embed(page, host)
    for selector, name in ((".mh-avatar", "src"), (".mh-when", "href"), ("[data-mh-act=reply]", "href")):
        assert str(page.locator(selector).first.get_attribute(name)).startswith(server.url)
    assert (stored(page), context.cookies()) == (0, [])


def test_counts_are_filled_in_one_request(page: Page, host: Host) -> None:
    """The number on the host page is that of the discussion."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/counts" in request.url else None)
    embed(page, host)
    expect(page.locator("[data-moothall-count]")).to_have_text(re.compile(r"^[\d,]+$"))
    assert len(asked) == 1


def test_it_waits_until_it_is_near(page: Page, host: Host) -> None:
    """A discussion far down is fetched only when its reader comes near."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/embed/" in request.url else None)
    page.goto(host.url + "far")
    page.wait_for_timeout(500)
    assert asked == []
    page.locator("#foot").scroll_into_view_if_needed()
    expect(page.locator(f"moot-hall {ITEM}").first).to_be_attached()


def test_new_comments_arrive_and_orders_change(page: Page, server: Server, host: Host) -> None:
    """Live and in place, without touching the host page's address or history."""
    story = embed(page, host)
    page.wait_for_timeout(300)
    made = someone(server, "editor").post(story, "Heard on the other site as well.")
    page.locator(NEW).click()
    expect(page.locator(f"#c-{made}")).to_be_visible()
    entries = page.evaluate("history.length")
    page.get_by_role("link", name="Oldest").click()
    expect(page.locator("moot-hall")).to_have_attribute("data-mh-sort", "oldest")
    assert (page.evaluate("location.href"), page.evaluate("history.length")) == (host.url, entries)
    assert str(page.locator(".mh-when").first.get_attribute("href")).startswith(server.url)


def test_the_element_asks_for_its_language(page: Page, host: Host) -> None:
    """`lang` on the element chooses the words, times included."""
    embed(page, host, "german")
    expect(page.locator("#mh-heading")).to_contain_text("Diskussion")
    expect(page.locator(".mh-when time").first).to_have_text(re.compile("^(vor|jetzt|gestern)"))


def test_two_on_a_page_share_no_ids(page: Page, host: Host) -> None:
    """Each has its own heading and field."""
    page.goto(host.url + "two")
    expect(page.locator("moot-hall section")).to_have_count(2)
    doubled = (
        "[...document.querySelectorAll('[id]')].map((e) => e.id).filter((id, i, all) => all.indexOf(id) !== i)"
    )
    assert page.evaluate(doubled) == []


def test_single_page_sites_mount_and_unmount_it(page: Page, host: Host) -> None:
    """Another address loads another discussion; an element that is gone listens to nothing."""
    story = embed(page, host)
    page.evaluate("(url) => document.querySelector('moot-hall').setAttribute('url', url)", host.other)
    expect(page.locator("moot-hall")).not_to_have_attribute("data-mh-story", story)
    page.evaluate("() => { window.hall = document.querySelector('moot-hall'); hall.remove() }")
    assert page.evaluate("hall.alive.signal.aborted") is True
    page.evaluate("document.querySelector('#foot').before(hall)")
    assert page.evaluate("hall.alive.signal.aborted") is False
    page.evaluate(
        """(url) => {
          hall.remove();
          const other = document.createElement("moot-hall");
          other.setAttribute("url", url);
          document.querySelector("#foot").before(other);
        }""",
        host.story,
    )
    expect(page.locator(f"moot-hall {ITEM}").first).to_be_visible()
    assert page.get_attribute("moot-hall", "data-mh-story") == story


def test_signing_in_by_a_window_keeps_the_text(
    page: Page, context: BrowserContext, server: Server, host: Host
) -> None:
    """The window signs in on our site; the comment goes out from the host page, signed by a token in memory."""
    sign_in(context, server)
    embed(page, host)
    page.locator(FIELD).fill("Written on the other site.")
    with context.expect_page() as opened:
        page.get_by_role("button", name="Sign in to post").click()
    window = opened.value
    window.get_by_role("button", name=re.compile("Continue as")).click()
    expect(page.locator("moot-hall")).to_have_attribute("data-mh-viewer", "signed-in", timeout=10_000)
    closed(window)
    expect(page.locator(FIELD)).to_have_value("Written on the other site.")
    expect(page.locator(FIELD)).to_be_focused()
    page.locator(FIELD).press("Control+Enter")
    says(page, "Your comment is published.")
    assert stored(page) == 0
    button = page.locator(f"#c-{roots(page)[1]} [data-mh-act=respect]").first
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    page.locator(f"#c-{roots(page)[1]} [data-mh-act=more]").first.click()
    page.locator(f"#c-{roots(page)[1]} [data-mh-act=report]").first.click()
    expect(page.locator("dialog")).to_be_visible()


def test_where_windows_are_blocked_the_page_goes_and_comes_back(
    page: Page, context: BrowserContext, server: Server, host: Host
) -> None:
    """Without a window the whole page signs in; the draft waits and the reader is signed in on return."""
    sign_in(context, server, "moderator")  # who has not yet agreed to be known there
    page.add_init_script("window.open = () => null")
    embed(page, host)
    page.locator(FIELD).fill("Kept while I was away.")
    page.get_by_role("button", name="Sign in to post").click()
    page.get_by_role("button", name=re.compile("Continue as")).click()
    page.wait_for_timeout(500)
    if not page.url.startswith(host.url):
        page.goto(host.url)
    expect(page.locator("moot-hall")).to_have_attribute("data-mh-viewer", "signed-in", timeout=10_000)
    expect(page.locator(FIELD)).to_have_value("Kept while I was away.")


def test_a_host_page_survives_our_absence(page: Page, host: Host) -> None:
    """When the discussion can't be had, a link to our site stands in its place."""
    page.route(re.compile("/embed/discussion"), lambda route: route.abort())
    page.goto(host.url)
    expect(page.locator("moot-hall a")).to_have_attribute("href", re.compile(host.ours))


def test_the_lazy_element_shifts_little(page: Page, host: Host) -> None:
    """What follows on the host page hardly jumps when the discussion comes."""
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver((list) => { for (const entry of list.getEntries())"
        " if (!entry.hadRecentInput) shift += entry.value }).observe({type: 'layout-shift', buffered: true})"
    )
    embed(page, host)
    page.wait_for_timeout(1_000)
    assert page.evaluate("shift") <= 0.02
