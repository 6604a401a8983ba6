"""The one status line: a message for each act, and hardly any that nobody asked for."""

import json
from collections.abc import Iterator
from itertools import pairwise

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Server
from tests.browser.widget import NEW, focused, node, open_story, roots, says, sign_in, someone, story_path, watch

pytestmark = pytest.mark.browser
WRITER = "editor"
QUIET_MS = 30_000
# All that the status line ever says, with the moment at which it does.
_LISTEN = """() => {
  const line = document.querySelector("[data-mh=status]");
  window.said = [];
  const note = () => said.push([performance.now(), line.textContent]);
  new MutationObserver(note).observe(line, { childList: true, characterData: true, subtree: true });
}"""
# A line that says what the test says.
_STREAM = """window.following = new Promise((done) => {
  window.EventSource = class {
    set onmessage(take) { window.hear = (all) => all.forEach((data) => take({ data })); done(); }
    close() {}
  };
})"""


@pytest.fixture(autouse=True)
def clean(page: Page) -> Iterator[None]:
    """No test may leave a script error or a policy violation behind."""
    faults = watch(page)
    yield
    assert faults == []


def _said(page: Page) -> list[str]:
    return [text for _, text in page.evaluate("said")]


def test_each_act_is_answered_by_one_message(page: Page, context: BrowserContext, server: Server) -> None:
    """Respect, reply, edit, withdraw, report, copy, show new, block: what others do adds the one that is due."""
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    sign_in(context, server, WRITER)
    story = open_story(page, server)
    page.evaluate(_LISTEN)
    other = next(
        one
        for one in roots(page)
        if page.locator(f"#c-{one}[data-mh-state=live] > article [data-mh-act=more]:not([data-mh-may])").count()
    )
    act = {
        name: node(page, other).locator(f"[data-mh-act={name}]")
        for name in ("respect", "more", "report", "copy", "block")
    }
    respected = int(act["respect"].locator("b").text_content() or "")
    act["respect"].click()
    says(page, f"Respect {respected + 1}")
    _reply_edit_withdraw(page, other)
    act["more"].click()
    act["report"].click()
    page.locator("dialog [value=spam]").check()
    page.locator("dialog [type=submit]").click()
    says(page, "A moderator will look at this comment.")
    act["copy"].click()
    says(page, "Link copied")
    someone(server, "moderator").post(story, "One that is new to the editor.")
    says(page, "Show 1 new comment")
    page.locator(NEW).click()
    says(page, "1 comment added")
    act["block"].click()
    page.locator("dialog [type=submit]").click()
    expect(page.locator(f"#c-{other} > .mh-blocked > summary")).to_be_focused()
    page.wait_for_timeout(1_500)
    someone(server, WRITER).unblock(str(page.get_attribute(f"#c-{other}", "data-mh-author")))
    assert _said(page) == [
        f"Respect {respected + 1}",
        "Your comment is published.",
        "Your change is saved.",
        "Your comment is withdrawn.",
        "Thank you. A moderator will look at this comment.",
        "Link copied",
        "Show 1 new comment",
        "1 comment added",
        "You will no longer see this reader’s comments.",
    ]


def _reply_edit_withdraw(page: Page, other: str) -> None:
    node(page, other).locator("[data-mh-act=reply]").click()
    page.locator(f"#reply-{other} textarea").fill("An answer that does not stay.")
    page.locator(f"#reply-{other} [type=submit]").click()
    says(page, "Your comment is published.")
    mine = focused(page).removeprefix("c-")
    node(page, mine).locator("[data-mh-act=more]").click()
    node(page, mine).locator("[data-mh-act=edit]").click()
    page.locator(f"#edit-{mine} textarea").fill("An answer that does not stay as it was.")
    page.locator(f"#edit-{mine} [type=submit]").click()
    says(page, "Your change is saved.")
    node(page, mine).locator("[data-mh-act=more]").click()
    node(page, mine).locator("[data-mh-act=withdraw]").click()
    page.locator("dialog [type=submit]").click()
    says(page, "Your comment is withdrawn.")


def test_fifty_new_comments_a_second_are_told_every_thirty(page: Page, server: Server) -> None:
    """Over 65 seconds: at once, and twice more, never two within thirty seconds."""
    page.clock.install()
    page.add_init_script(_STREAM)
    page.goto(story_path(server))
    page.locator("moot-hall").scroll_into_view_if_needed()
    page.evaluate("following.then(() => 0)")
    page.evaluate(_LISTEN)
    for second in range(65):
        page.evaluate("all => hear(all)", _fifty(1_000_000 + 50 * second))
        page.clock.run_for(1_000)
    expect(page.locator(NEW)).to_have_text("Show 99+ new comments")
    at = [moment for moment, _ in page.evaluate("said")]
    assert len(at) == 3
    # The page's clock has whole milliseconds.
    assert all(later - sooner >= QUIET_MS - 1 for sooner, later in pairwise(at))


def _fifty(seq: int) -> list[str]:
    """Events of fifty new comments."""
    return [
        json.dumps({"from": 0, "seq": n + 1, "count": n, "open": True, "changes": [["new", f"{n:013}", ""]]})
        for n in range(seq, seq + 50)
    ]
