"""Whatever happens to a post, its text is kept until it is told, and it is told exactly once."""

import contextlib
import re
from collections.abc import Callable, Iterator
from itertools import cycle

import httpx
import pytest
from playwright.sync_api import BrowserContext, Error, Page, Route, expect

from tests.browser.conftest import Server
from tests.browser.widget import STATUS, open_story, sign_in, stored, until_stored, watch

pytestmark = pytest.mark.browser
FIELD = "#mh-body"
POST = re.compile(r"/api/v1/stories/\w+/comments$")
_ANSWERED = re.compile("Your comment is published|a little fast")


@pytest.fixture(autouse=True)
def clean(page: Page) -> Iterator[None]:
    """No fault may leave a script error or a policy violation behind."""
    faults = watch(page)
    yield
    assert faults == []


def _kill(page: Page) -> None:
    """Ends the tab's process, as a browser does that runs out of memory."""
    with page.expect_event("crash"), contextlib.suppress(Error):
        page.goto("chrome://crash")
    page.close()


def _killed(page: Page, server: Server) -> Page:
    """The tab dies while somebody types, and the story is opened in another one."""
    until_stored(page, 1)
    _kill(page)
    other = page.context.new_page()
    open_story(other, server)
    return other


def _expired(page: Page, server: Server) -> Page:
    """The session ends; the writer follows the way to sign in and comes back."""
    session = page.context.cookies()
    page.context.clear_cookies()
    _post(page)
    page.locator("#mh-error a").click()
    page.wait_for_url("**/signin?**")
    page.context.add_cookies(session)
    open_story(page, server)
    return page


def _broken(page: Page, server: Server) -> Page:
    """The server says that it is broken, and the page is loaded again."""
    page.route(POST, lambda route: route.fulfill(status=500, body="<h1>no</h1>", content_type="text/html"), times=1)
    _post(page)
    expect(page.locator("#mh-error")).to_contain_text("Your text is kept")
    page.reload()
    return page


def _cut_off(page: Page, server: Server) -> Page:
    """The server takes the comment, its answer never arrives, and the page is loaded again."""

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route(POST, lose, times=1)
    _post(page)
    expect(page.locator("#mh-error")).to_contain_text("Your text is kept")
    page.reload()
    return page


def _offline(page: Page, server: Server) -> Page:
    """The network goes while posting, and the tab dies before it is back."""
    expect(page.get_by_role("button", name="Preview")).to_be_visible()
    page.context.set_offline(True)
    _post(page)
    expect(page.locator("#mh-error")).to_contain_text("You are offline")
    _kill(page)
    page.context.set_offline(False)
    other = page.context.new_page()
    open_story(other, server)
    return other


def _nothing(page: Page, server: Server) -> Page:
    """Nothing happens to it."""
    return page


_FATES = (_killed, _expired, _broken, _cut_off, _offline, _nothing)


# By turns, because nobody may post as fast as one test follows another.
@pytest.mark.parametrize(
    ("fate", "role"),
    list(zip(_FATES, cycle(("administrator", "moderator")), strict=False)),
    ids=[one.__name__.strip("_") for one in _FATES],
)
def test_a_text_outlives_what_befalls_it_and_is_told_once(
    page: Page, server: Server, fate: Callable[[Page, Server], Page], role: str
) -> None:
    """The field has the text again; a double click then makes one comment of it, and nothing is left in store."""
    sign_in(page.context, server, role)
    story = open_story(page, server)
    text = f"Whatever befalls it{fate.__name__}: {'nobody loses a word of this. ' * 3}".strip()
    page.locator(FIELD).fill(text)
    after = fate(page, server)
    expect(after.locator(FIELD)).to_have_value(text)
    _post_twice(after)
    assert _told(server, story, text) == 1
    expect(after.locator(FIELD)).to_have_value("")
    assert stored(after) == 0


def test_signing_out_leaves_no_text_behind(page: Page, context: BrowserContext, server: Server) -> None:
    """The next person at the same computer finds nothing of what was typed, in no tab."""
    sign_in(context, server, "administrator", session="to be ended")
    open_story(page, server)
    page.locator(FIELD).fill("Not meant for whoever sits here next.")
    until_stored(page, 1)
    page.goto("/account")
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.wait_for_url(lambda url: "/account" not in url)
    sign_in(context, server, "moderator")
    for one in (page, context.new_page()):
        open_story(one, server)
        assert stored(one) == 0
        expect(one.locator(FIELD)).to_have_value("")


def test_a_session_that_ended_leaves_its_text_to_its_writer_alone(
    page: Page, context: BrowserContext, server: Server
) -> None:
    """Neither whoever reads signed out nor the next one to sign in is shown it; its writer is, again."""
    sign_in(context, server, "administrator")
    open_story(page, server)
    page.locator(FIELD).fill("Half a thought, of one person.")
    until_stored(page, 1)
    context.clear_cookies()
    _shows(page, server, "")
    sign_in(context, server, "moderator")
    _shows(page, server, "")
    sign_in(context, server, "administrator")
    _shows(page, server, "Half a thought, of one person.")


def _shows(page: Page, server: Server, text: str) -> None:
    open_story(page, server)
    expect(page.locator(f"moot-hall:not([data-mh-viewer=unknown]) {FIELD}")).to_have_value(text)


def _post_twice(page: Page) -> None:
    """By a double click; again where the tests before have posted so much that this account has to wait."""
    for _ in range(20):
        page.get_by_role("button", name="Post comment").dblclick()
        expect(page.locator(STATUS)).to_have_text(_ANSWERED)
        if "published" in page.locator(STATUS).inner_text():
            return
        page.wait_for_timeout(1_500)
    raise AssertionError("the account was never let post again")


def _told(server: Server, story: str, text: str) -> int:
    """How many comments of the story say this."""
    answer = httpx.get(f"{server.url}/api/v1/stories/{story}/comments", params={"sort": "newest", "limit": 50})
    return answer.text.count(text)


def _post(page: Page) -> None:
    page.get_by_role("button", name="Post comment").click()
