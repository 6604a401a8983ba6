"""Reading with the widget: what happens live, and the shorter ways through a discussion."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.browser.conftest import Server
from tests.browser.widget import (
    ITEM,
    NEW,
    STATUS,
    focused,
    node,
    open_story,
    roots,
    says,
    sign_in,
    someone,
    stored,
    story_path,
    top,
    watch,
)

pytestmark = pytest.mark.browser
_IMPATIENT = (
    "Math.random = () => 0; const set = setTimeout; window.setTimeout = (f, ms, ...a) => set(f, ms / 20, ...a)"
)


@pytest.fixture(autouse=True)
def clean(page: Page) -> Iterator[None]:
    """No test may leave a script error or a policy violation behind."""
    faults = watch(page)
    yield
    assert faults == []


def test_reading_stores_nothing(page: Page, context: BrowserContext, server: Server) -> None:
    """A mere reader gets no cookie and no storage."""
    open_story(page, server)
    assert (stored(page), context.cookies()) == (0, [])


def test_times_are_relative_and_whole_in_the_title(page: Page, server: Server) -> None:
    """How long ago is shown; pointed at, it tells the whole date."""
    open_story(page, server)
    when = page.locator(".mh-when time").first
    expect(when).to_have_text(re.compile("ago|now|yesterday"))
    when.hover()
    expect(when).to_have_attribute("title", re.compile(r"\d{4}.*\d\d:\d\d"))


@pytest.mark.parametrize(
    ("zone", "shown"),
    [("Europe/London", r"^\d+ \w+( \d{4})?, \d\d:\d\d$"), ("Asia/Tokyo", r"^\w+ \d+, \d{4}$")],
)
def test_old_comments_tell_the_readers_date(chromium: Browser, server: Server, zone: str, shown: str) -> None:
    """By the newsroom's clock the server's own text stands; by another one it is the date there."""
    with chromium.new_context(base_url=server.url, timezone_id=zone, locale="en-US") as context:
        page = context.new_page()
        page.clock.set_fixed_time(datetime.now(UTC) + timedelta(days=400))
        open_story(page, server)
        expect(page.locator(".mh-when time").first).to_have_text(re.compile(shown))


@pytest.mark.parametrize("script", [True, False])
def test_avatars_far_down_need_no_script(chromium: Browser, server: Server, script: bool) -> None:
    """With script they are added when their thread comes near."""
    with chromium.new_context(base_url=server.url, java_script_enabled=script) as context:
        page = context.new_page()
        answer = page.goto(story_path(server))
        assert answer
        assert "<noscript><img" in answer.text()
        last = page.locator(".mh-list > li > article").last
        last.scroll_into_view_if_needed()
        expect(last.locator("img.mh-avatar")).to_be_visible()
        expect(last.locator("img.mh-avatar")).to_have_js_property("complete", True)


def test_new_comments_wait_behind_the_button(page: Page, server: Server) -> None:
    """Arrivals raise a count, insert nothing, scroll nothing and take no focus."""
    story = open_story(page, server)
    before = roots(page)
    node(page, before[5]).scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    at, scrolled = top(page, before[5]), page.evaluate("scrollY")
    someone(server, "editor").post(story, "A first new comment.")
    someone(server, "editor").post(story, "An answer to what is there.", before[3])
    expect(page.locator(NEW)).to_have_text("Show 2 new comments")
    assert roots(page) == before
    assert (top(page, before[5]), page.evaluate("scrollY"), focused(page)) == (at, scrolled, "")


def test_show_new_puts_comments_in_place_and_focuses_the_first(page: Page, server: Server) -> None:
    """Threads come first, answers into their thread; Back returns to what was read."""
    story = open_story(page, server)
    before = roots(page)
    thread = someone(server, "administrator").post(story, "A thread of its own.")
    answer = someone(server, "administrator").post(story, "An answer.", before[2])
    expect(page.locator(NEW)).to_have_text("Show 2 new comments")
    node(page, before[4]).scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    at = top(page, before[4])
    page.locator(NEW).evaluate("(button) => button.click()")
    says(page, "2 comments added")
    assert roots(page)[0] == thread
    assert page.locator(f"#c-{before[2]} > .mh-replies > #c-{answer}").count() == 1
    assert focused(page) == f"c-{thread}"
    expect(page.locator(NEW)).to_be_hidden()
    page.go_back()
    expect(page.locator(f"#c-{thread}")).to_be_attached()
    page.wait_for_timeout(300)
    assert abs(top(page, before[4]) - at) < 2


def test_what_comes_later_speaks_the_language_that_was_asked_for(page: Page, server: Server) -> None:
    """New comments, edits and the newest-first list are drawn in it, and their links keep it."""
    story = open_story(page, server, after="?lang=fr")
    author = someone(server, "administrator")
    made = author.post(story, "Une nouvelle.")
    page.locator(NEW).click()
    expect(node(page, made).get_by_role("link", name="Répondre")).to_have_attribute("href", re.compile("lang=fr"))
    with page.expect_response(re.compile(rf"/fragments/comments/{made}\?&lang=fr$")):
        author.edit(made, "Une nouvelle, mise à jour.")
    expect(node(page, made)).to_contain_text("mise à jour")
    expect(node(page, made).locator(".mh-edited")).to_contain_text("modifié")


def test_an_answer_in_a_thread_elsewhere_is_linked(page: Page, server: Server) -> None:
    """An answer whose thread is not on the page is counted apart and reached by its permalink."""
    story = open_story(page, server, after="?sort=oldest")
    oldest = roots(page)[0]
    open_story(page, server)
    assert oldest not in roots(page)
    answer = someone(server, "moderator").post(story, "A late answer.", oldest)
    page.locator(NEW).click()
    says(page, "1 new reply in a thread further down")
    expect(page.locator(".mh-further a")).to_have_attribute("href", f"/c/{answer}")


def test_an_edit_and_a_removal_keep_the_place_and_the_focus(page: Page, server: Server) -> None:
    """What changes above the comment that is read moves it by nothing."""
    editor = someone(server, "editor")
    story = open_story(page, server)
    edited, gone = editor.post(story, "To be changed."), editor.post(story, "To be withdrawn.")
    expect(page.locator(NEW)).to_have_text("Show 2 new comments")
    page.locator(NEW).click()
    expect(page.locator(f"#c-{gone}")).to_be_attached()
    read = roots(page)[4]
    page.locator(f"#c-{read}").evaluate("(item) => item.scrollIntoView()")
    node(page, read).locator("[data-mh-act=reply]").focus()
    page.wait_for_timeout(300)
    at = top(page, read)
    editor.edit(edited, "Changed. " + " ".join(f"Sentence {n} makes it longer." for n in range(30)))
    expect(node(page, edited).locator(".mh-body")).to_contain_text("Changed.")
    editor.withdraw(gone)
    expect(page.locator(f"#c-{gone}")).to_have_attribute("data-mh-state", "removed")
    page.wait_for_timeout(300)
    assert abs(top(page, read) - at) < 2
    assert focused(page) == f"c-{read}"


def test_two_hundred_events_move_nothing(page: Page, server: Server) -> None:
    """Events scroll by nothing, move no focus, and are announced once at most."""
    page.add_init_script(
        "window.said = []; addEventListener('DOMContentLoaded', () => {"
        " const line = document.querySelector('[data-mh=status]');"
        " new MutationObserver(() => said.push(line.textContent)).observe(line, {childList: true}) })"
    )
    lines: list[Route] = []
    page.route(re.compile("/events"), lambda route: lines.append(route))
    open_story(page, server)
    node(page, roots(page)[3]).scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    scrolled = page.evaluate("scrollY")
    lines[0].fulfill(body=_flood(), content_type="text/event-stream")
    expect(page.locator(NEW)).to_have_text("Show 99+ new comments")
    assert (page.evaluate("scrollY"), focused(page)) == (scrolled, "")
    assert len(page.evaluate("said")) == 1


def _flood() -> str:
    event = 'data: {{"from":{0},"seq":{1},"count":1,"open":true,"changes":[["new","{1:013}",""]]}}\n\n'
    return "".join(event.format(n, n + 1) for n in range(100_000, 100_200)).replace('"from":100000', '"from":0')


def test_without_a_stream_the_page_polls(page: Page, server: Server) -> None:
    """A proxy that refuses streams costs seconds, not comments."""
    page.add_init_script(_IMPATIENT)
    page.route(re.compile("/events"), lambda route: route.fulfill(status=503))
    story = open_story(page, server)
    someone(server, "moderator").post(story, "Heard by polling.")
    expect(page.locator(NEW)).to_be_visible(timeout=15_000)


def test_a_gap_is_filled(page: Page, server: Server) -> None:
    """What was missed while the line was down is asked for."""
    lines: list[Route] = []

    def hold(route: Route) -> None:
        if lines:
            route.continue_()
        else:
            lines.append(route)
            route.fulfill(body=":\n\n", content_type="text/event-stream")

    page.add_init_script(_IMPATIENT)
    page.route(re.compile("/events"), hold)
    story = open_story(page, server)
    someone(server, "administrator").post(story, "Said in the gap.")
    expect(page.locator(NEW)).to_be_visible()


def test_order_and_pages_load_in_place_and_back_works(page: Page, server: Server) -> None:
    """Sorting and paging focus the first comment, keep the address, and can be taken back."""
    open_story(page, server)
    first = roots(page)
    page.get_by_role("link", name="Oldest").click()
    says(page, "Order: Oldest")
    oldest = roots(page)
    assert oldest != first
    assert focused(page) == f"c-{oldest[0]}"
    assert "sort=oldest" in page.evaluate("location.href")
    expect(page.locator(".mh-sort [aria-current=true]")).to_have_text("Oldest")
    page.locator(".mh-pages a").click()
    expect(page.locator(f"#c-{oldest[0]}")).to_have_count(0)
    assert focused(page) == f"c-{roots(page)[0]}"
    page.go_back()
    expect(page.locator(f"#c-{oldest[0]}")).to_be_attached()
    page.go_back()
    expect(page.locator(f"#c-{first[0]}")).to_be_attached()
    assert page.get_attribute("moot-hall", "data-mh-sort") == "newest"


def test_folded_replies_open_in_place(page: Page, server: Server) -> None:
    """The further replies take the place of their link, and the first has the focus."""
    open_story(page, server, after="?sort=replies")
    fold = page.locator(".mh-fold a").first
    before = page.locator(ITEM).count()
    parent = fold.evaluate("(link) => link.closest('[data-mh-comment]').id")
    fold.click()
    expect(page.locator(ITEM)).not_to_have_count(before)
    assert page.locator(f"#{parent} #{focused(page)}").count() == 1


def test_a_modified_click_is_the_browsers(page: Page, context: BrowserContext, server: Server) -> None:
    """Ctrl and a click open the order in another tab."""
    open_story(page, server)
    with context.expect_page() as other:
        page.get_by_role("link", name="Oldest").click(modifiers=["Control"])
    assert "sort=oldest" in other.value.url
    assert page.get_attribute("moot-hall", "data-mh-sort") == "newest"


def test_a_link_to_a_comment_focuses_it(page: Page, server: Server) -> None:
    """`#c-ID` leads to the comment; one that is not on the page leads to its own page."""
    open_story(page, server, after="?sort=oldest")
    far = roots(page)[0]
    open_story(page, server)
    near = roots(page)[6]
    page.goto(f"{story_path(server)}#c-{near}")
    page.reload()
    expect(node(page, near)).to_be_focused()
    page.goto(f"{story_path(server)}?sort=newest#c-{far}")
    page.wait_for_url(f"**/c/{far}")


def test_links_are_copied(page: Page, context: BrowserContext, server: Server) -> None:
    """A comment's link and the story's short link go to the clipboard, and both say so."""
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_story(page, server)
    first = roots(page)[0]
    node(page, first).locator("[data-mh-act=more]").click()
    node(page, first).locator("[data-mh-act=copy]").click()
    says(page, "Link copied")
    assert page.evaluate("navigator.clipboard.readText()") == f"{server.url}/c/{first}"
    page.locator("[data-mh-act=copy-field]").click()
    expect(page.locator("[data-mh-act=copy-field]")).to_have_text("Link copied")
    assert "/s/" in page.evaluate("navigator.clipboard.readText()")


def test_the_share_sheet_gets_the_short_link(page: Page, server: Server) -> None:
    """Where the device has a share sheet it is used."""
    page.add_init_script("navigator.share = async (what) => { window.shared = what }")
    open_story(page, server)
    page.locator("[data-mh-act=share]").click()
    assert "/s/" in page.evaluate("shared.url")
    assert page.evaluate("shared.title")


def test_the_clock_is_set_each_minute(page: Page, server: Server) -> None:
    """A page that stays open tells the newsroom's time."""
    page.clock.install()
    page.goto(story_path(server))
    clock = page.locator("[data-mh-clock]")
    before = clock.inner_text()
    page.clock.fast_forward(61_000)
    expect(clock).not_to_have_text(before)
    expect(clock).to_have_text(re.compile(r"\d{4}\D+\d\d:\d\d \w+$"))


def test_unread_comments_are_marked_and_visited_in_turn(
    page: Page, context: BrowserContext, server: Server
) -> None:
    """Others' comments since the last visit are marked, counted, and reached by a button."""
    sign_in(context, server)
    story = open_story(page, server)
    someone(server, "moderator").post(story, "Since your last visit.")
    _visited_before(page, 3)
    page.reload()
    unread = page.locator(".mh-unread")
    expect(page.locator(".mh-since")).to_contain_text("since your last visit")
    first = unread.first.get_attribute("id")
    expect(unread.first.locator(".mh-new").first).to_have_text("New")
    page.get_by_role("button", name="Next new").click()
    assert focused(page) == first


def test_the_key_works_only_where_it_was_switched_on(page: Page, context: BrowserContext, server: Server) -> None:
    """A single key does nothing unless the reader asked for shortcuts."""
    sign_in(context, server)
    open_story(page, server)
    _visited_before(page, 3, keys=False)
    page.reload()
    expect(page.locator(".mh-unread").first).to_be_attached()
    page.keyboard.press("n")
    assert focused(page) == ""
    page.unroute_all()
    _visited_before(page, 3, keys=True)
    page.reload()
    expect(page.locator(".mh-unread").first).to_be_attached()
    page.keyboard.press("n")
    assert focused(page).startswith("c-")
    page.locator("#mh-body").press_sequentially("n")
    expect(page.locator("#mh-body")).to_have_value("n")


def _visited_before(page: Page, thread: int, *, keys: bool = False) -> None:
    """Makes the story's page say that all but its first `thread` threads have been seen."""
    seen = roots(page)[thread]

    def note(route: Route) -> None:
        answer = route.fetch()
        html = re.sub(r' data-mh-seen="\w*"', "", answer.text())
        marks = f'<moot-hall data-mh-seen="{seen}"{" data-mh-keys" if keys else ""} '
        route.fulfill(response=answer, body=html.replace("<moot-hall ", marks, 1))

    page.route(re.compile(r"/city/river"), note)


def test_a_closed_discussion_says_so(page: Page, server: Server) -> None:
    """When a discussion is closed while it is read, the status line tells."""
    event = 'data: {"from":0,"seq":99999999,"count":1,"open":false,"changes":[]}\n\n'
    page.route(re.compile("/events"), lambda route: route.fulfill(body=event, content_type="text/event-stream"))
    page.goto(story_path(server))
    page.locator("moot-hall").scroll_into_view_if_needed()
    says(page, "This discussion is closed")
    expect(page.locator(STATUS)).to_have_attribute("role", "status")
