"""What is done to a comment with the widget: in place, with the focus where it belongs afterwards."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Server
from tests.browser.widget import (
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
    until_stored,
    watch,
)

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def clean(page: Page) -> Iterator[None]:
    """No test may leave a script error or a policy violation behind."""
    faults = watch(page)
    yield
    assert faults == []


@pytest.fixture
def story(page: Page, context: BrowserContext, server: Server) -> str:
    """The busy story, opened by its signed-in reader."""
    sign_in(context, server)
    return open_story(page, server)


def test_a_reply_opens_beneath_and_gives_the_focus_back(page: Page, story: str) -> None:
    """The form stands under its comment; cancelled, its link has the focus and no draft remains."""
    answered = roots(page)[2]
    link = node(page, answered).locator("[data-mh-act=reply]")
    link.click()
    form = page.locator(f"#reply-{answered}")
    expect(form.locator("textarea")).to_be_focused()
    expect(link).to_have_attribute("aria-expanded", "true")
    expect(form.locator("label")).to_contain_text("Your reply to")
    doubled = (
        "[...document.querySelectorAll('[id]')].map((e) => e.id).filter((id, i, all) => all.indexOf(id) !== i)"
    )
    assert page.evaluate(doubled) == []
    page.keyboard.type("Never mind.")
    form.get_by_role("button", name="Cancel").click()
    expect(link).to_be_focused()
    expect(form).to_have_count(0)
    assert stored(page) == 0


def test_a_reply_survives_a_reload_and_lands_in_its_thread(page: Page, story: str) -> None:
    """A reply's draft opens its form again; posted, it stands beneath what it answers."""
    answered = roots(page)[1]
    node(page, answered).locator("[data-mh-act=reply]").click()
    expect(page.locator(f"#reply-{answered} textarea")).to_be_focused()
    page.keyboard.type("Seen from the other bank it looks shorter.")
    until_stored(page, 1)
    page.reload()
    field = page.locator(f"#reply-{answered} textarea")
    expect(field).to_have_value("Seen from the other bank it looks shorter.")
    field.press("Control+Enter")
    says(page, "Your comment is published.")
    assert page.locator(f"#c-{answered} > .mh-replies #{focused(page)}").count() == 1


def test_an_edit_is_made_in_place_and_a_withdrawal_is_confirmed(page: Page, story: str) -> None:
    """Both open where one is; cancelling returns to what opened them; afterwards focus stays near."""
    page.locator("#mh-body").fill("To be changed and taken back.")
    page.get_by_role("button", name="Post comment").click()
    says(page, "Your comment is published.")
    mine = roots(page)[0]
    more = node(page, mine).locator("[data-mh-act=more]")
    more.click()
    node(page, mine).locator("[data-mh-act=edit]").click()
    form = page.locator(f"#edit-{mine}")
    expect(form.locator("textarea")).to_be_focused()
    expect(form.locator("textarea")).to_have_value("To be changed and taken back.")
    form.get_by_text("Cancel").click()
    expect(node(page, mine).locator("[data-mh-act=edit]")).to_be_focused()
    expect(node(page, mine).locator(".mh-body").first).to_be_visible()
    node(page, mine).locator("[data-mh-act=edit]").click()
    form.locator("textarea").fill("Changed, and better for it.")
    form.locator("[type=submit]").click()
    says(page, "Your change is saved.")
    expect(node(page, mine).locator(".mh-body")).to_have_text("Changed, and better for it.")
    expect(node(page, mine).locator(".mh-edited")).to_be_visible()
    more.click()
    node(page, mine).locator("[data-mh-act=withdraw]").click()
    expect(page.locator("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(node(page, mine).locator("[data-mh-act=withdraw]")).to_be_focused()
    node(page, mine).locator("[data-mh-act=withdraw]").click()
    page.locator("dialog [type=submit]").click()
    says(page, "Your comment is withdrawn.")
    expect(page.locator(f"#c-{mine}")).to_have_count(0)
    assert focused(page) == f"c-{roots(page)[0]}"


def test_a_reaction_shows_at_once_and_is_taken_back_when_refused(page: Page, story: str) -> None:
    """The pressed state follows the click, then the server."""
    unpressed = "footer:not(:has([aria-pressed=true], [data-mh-may*=withdraw])) [data-mh-act=respect]"
    other = next(one for one in roots(page) if node(page, one).locator(unpressed).count())
    button = node(page, other).locator("[data-mh-act=respect]")
    before = int(button.locator("b").text_content() or "")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(button.locator("b")).to_have_text(str(before + 1))
    page.wait_for_timeout(1_000)
    refusal = '{"code": "unavailable", "detail": "Not at this moment."}'
    page.route(re.compile("/reaction$"), lambda route: route.fulfill(status=503, body=refusal))
    button.click()
    says(page, "Not at this moment.")
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(button.locator("b")).to_have_text(str(before + 1))
    page.unroute_all()
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    expect(button.locator("b")).to_have_text(str(before))


def test_a_report_is_a_dialog_that_gives_the_focus_back(page: Page, server: Server) -> None:
    """Reasons are asked for, thanks are said, and also a signed-out reader may report."""
    open_story(page, server)
    other = roots(page)[3]
    node(page, other).locator("[data-mh-act=more]").click()
    link = node(page, other).locator("[data-mh-act=report]")
    link.click()
    dialog = page.locator("dialog")
    expect(dialog).to_be_visible()
    assert page.evaluate("document.querySelector('dialog').contains(document.activeElement)")
    dialog.get_by_text("Cancel").click()
    expect(link).to_be_focused()
    link.click()
    dialog.locator("[value=spam]").check()
    dialog.locator("[type=submit]").click()
    says(page, "A moderator will look at this comment.")
    expect(dialog).to_have_count(0)
    expect(link).to_be_focused()


def test_a_blocked_readers_comments_fold_at_once(page: Page, context: BrowserContext, server: Server) -> None:
    """All of theirs on the page fold; unblocking unfolds them."""
    sign_in(context, server, "moderator")
    open_story(page, server)
    other = next(
        one for one in roots(page) if node(page, one).locator("[data-mh-act=more]:not([data-mh-may])").count()
    )
    author = page.get_attribute(f"#c-{other}", "data-mh-author")
    node(page, other).locator("[data-mh-act=more]").click()
    node(page, other).locator("[data-mh-act=block]").click()
    page.locator("dialog [type=submit]").click()
    expect(page.locator(".mh-blocked")).to_have_count(page.locator(f"[data-mh-author='{author}']").count())
    expect(page.locator(f"#c-{other} > .mh-blocked > summary")).to_be_focused()
    page.keyboard.press("Enter")
    page.locator(f"#c-{other} [data-mh-act=more]").first.click()
    page.locator(f"#c-{other} [data-mh-act=unblock]").first.click()
    page.locator("dialog [type=submit]").click()
    expect(page.locator(".mh-blocked")).to_have_count(0)


def test_without_the_writer_the_plain_ways_still_work(page: Page, context: BrowserContext, server: Server) -> None:
    """Where the writer module can't be loaded, links lead to their pages and forms are sent."""
    page.route(re.compile("/writer-"), lambda route: route.abort())
    sign_in(context, server)
    open_story(page, server)
    answered = roots(page)[1]
    node(page, answered).locator("[data-mh-act=reply]").click()
    page.wait_for_url(f"**/c/{answered}?reply=1#reply")
    expect(page.locator(STATUS)).to_be_attached()


def test_own_comments_of_another_tab_are_no_news_twice(page: Page, server: Server, story: str) -> None:
    """A comment of one's own that arrives by the stream waits like any other."""
    someone(server, "reader").post(story, "From my other window.")
    expect(page.locator(NEW)).to_have_text("Show 1 new comment")
    page.locator(NEW).click()
    expect(page.locator(NEW)).to_be_hidden()
    expect(page.locator(".mh-unread")).to_have_count(0)
    assert page.url.startswith(server.url + story_path(server))
