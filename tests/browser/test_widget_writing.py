"""Writing with the widget: nothing typed is lost, nothing is posted twice, focus goes where it belongs."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from tests.browser.conftest import Server
from tests.browser.widget import (
    NEW,
    focused,
    node,
    open_story,
    roots,
    says,
    sign_in,
    stored,
    until_stored,
    watch,
)

pytestmark = pytest.mark.browser
FIELD = "#mh-body"
POST = re.compile(r"/api/v1/stories/\w+/comments$")


@pytest.fixture(autouse=True)
def clean(page: Page) -> Iterator[None]:
    """No test may leave a script error or a policy violation behind."""
    faults = watch(page)
    yield
    assert faults == []


@pytest.fixture
def story(page: Page, context: BrowserContext, server: Server) -> str:
    """The busy story, opened by its signed-in reader."""
    sign_in(context, server, "moderator")  # a reader of many tests would be held for flooding
    return open_story(page, server)


def error(page: Page) -> Locator:
    return page.locator("#mh-error")


def refuse(page: Page, status: int, body: str = "", times: int = 1) -> None:
    """The server's next answers to a post."""
    kind = "application/problem+json" if body else "text/html"
    page.route(
        POST, lambda route: route.fulfill(status=status, body=body or "<h1>no</h1>", content_type=kind), times=times
    )


def write(page: Page, text: str) -> None:
    page.locator(FIELD).fill(text)
    page.get_by_role("button", name="Post comment").click()


def test_the_first_comment_ends_the_word_that_there_are_none(page: Page, story: str) -> None:
    """The page of a story without comments is this one, emptied."""
    page.evaluate(
        "() => { const list = document.querySelector('[data-mh=list]'); list.textContent = '\\n';"
        " const word = document.createElement('p'); word.dataset.mh = 'empty'; list.before(word) }"
    )
    write(page, "Then I shall be the first to say it.")
    says(page, "Your comment is published.")
    assert len(roots(page)) == 1
    expect(page.locator("[data-mh=empty]")).to_have_count(0)


def test_ones_own_comment_is_never_told_as_a_new_one(page: Page, story: str) -> None:
    """Its event overtakes the answer to the post, and waits for it."""

    def linger(route: Route) -> None:
        answer = route.fetch()
        page.wait_for_timeout(1_500)
        route.fulfill(response=answer)

    page.evaluate(
        f"() => {{ const button = document.querySelector('{NEW}'); window.shown = 0;"
        " new MutationObserver(() => window.shown += !button.hidden).observe(button, { attributes: true }) }"
    )
    page.route(POST, linger)
    write(page, "Do not tell me what I said myself.")
    says(page, "Your comment is published.")
    assert page.evaluate("window.shown") == 0


def test_a_comment_is_posted_once_by_a_double_click(page: Page, story: str) -> None:
    """The new comment stands first and has the focus; the field and the draft are empty again."""
    posts: list[Route] = []

    def count(route: Route) -> None:
        posts.append(route)
        route.continue_()

    page.route(POST, count)
    page.locator(FIELD).fill("I walked across it **this morning**.")
    page.get_by_role("button", name="Post comment").dblclick()
    says(page, "Your comment is published.")
    mine = roots(page)[0]
    expect(node(page, mine).locator("strong")).to_have_text("this morning")
    assert focused(page) == f"c-{mine}"
    expect(page.locator(FIELD)).to_have_value("")
    assert (len(posts), stored(page)) == (1, 0)
    page.wait_for_timeout(1_200)
    expect(page.locator(NEW)).to_be_hidden()


def test_the_keyboard_posts(page: Page, story: str) -> None:
    """Ctrl and Enter send what is typed."""
    page.locator(FIELD).fill("Sent by the keyboard, from the north bank.")
    expect(page.get_by_role("button", name="Preview")).to_be_visible()
    page.locator(FIELD).press("Control+Enter")
    says(page, "Your comment is published.")


def test_a_held_comment_is_shown_to_its_writer(page: Page, context: BrowserContext, server: Server) -> None:
    """Under pre-moderation the writer sees the comment, and that it waits."""
    sign_in(context, server)
    open_story(page, server, "/opinion/what-a-bridge-is-for")
    write(page, "A thought that has to wait.")
    says(page, "waits for a moderator")
    mine = node(page, roots(page)[0])
    expect(mine).to_contain_text("A thought that has to wait.")
    expect(mine.locator(".mh-waiting")).to_be_visible()


def test_what_is_wrong_is_said_at_the_field(page: Page, story: str) -> None:
    """The server's words stand at the field, which has the focus; typing takes them back."""
    refuse(page, 422, '{"code": "body_too_long", "detail": "Three too many.", "field": "body"}')
    write(page, "Something that is refused.")
    expect(error(page)).to_have_text("Three too many.")
    expect(page.locator(FIELD)).to_be_focused()
    expect(page.locator(FIELD)).to_have_attribute("aria-invalid", "true")
    expect(page.locator(FIELD)).to_have_value("Something that is refused.")
    page.locator(FIELD).press_sequentially("!")
    expect(error(page)).to_be_hidden()
    expect(page.locator(FIELD)).not_to_have_attribute("aria-invalid", "true")


def test_a_broken_server_costs_no_text_and_makes_no_double(page: Page, story: str) -> None:
    """After a server error, and after an answer that was lost, the same key makes it one comment."""
    keys: list[str | None] = []

    def lose(route: Route) -> None:
        keys.append(route.request.header_value("Idempotency-Key"))
        if len(keys) == 1:
            route.fulfill(status=500, body="<h1>no</h1>", content_type="text/html")
        elif len(keys) == 2:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route(POST, lose)
    write(page, "Tried three times, told once.")
    expect(error(page)).to_contain_text("Your text is kept")
    for _ in range(2):
        expect(page.get_by_role("form")).to_have_count(0)
        page.get_by_role("button", name="Post comment").click()
        page.wait_for_timeout(300)
    says(page, "Your comment is published.")
    assert (len(keys), len(set(keys))) == (3, 1)
    page.reload()
    expect(page.locator(".mh-body", has_text="Tried three times, told once.")).to_have_count(1)


def test_offline_the_text_waits_and_goes_out_by_itself(page: Page, context: BrowserContext, story: str) -> None:
    """Without a network the state is said; back online the comment is sent."""
    page.locator(FIELD).focus()
    expect(page.get_by_role("button", name="Preview")).to_be_visible()
    context.set_offline(True)
    write(page, "Written in the tunnel under the river.")
    expect(error(page)).to_contain_text("You are offline")
    context.set_offline(False)
    says(page, "Your comment is published.")
    expect(error(page)).to_be_hidden()


def test_a_draft_survives_a_reload(page: Page, story: str) -> None:
    """What is typed signed in is there again."""
    page.locator(FIELD).fill("Half a thought")
    until_stored(page, 1)
    page.reload()
    expect(page.locator(FIELD)).to_have_value("Half a thought")
    page.locator(FIELD).fill("")
    until_stored(page, 0)


def test_an_expired_session_costs_no_text(page: Page, context: BrowserContext, server: Server, story: str) -> None:
    """Signed out while writing: the text stays, the way to sign in is offered, and it is there on return."""
    page.locator(FIELD).fill("Longer than my session.")
    context.clear_cookies()
    page.get_by_role("button", name="Post comment").click()
    page.locator("#mh-error a").click()
    page.wait_for_url("**/signin?**")
    sign_in(context, server, "moderator")
    open_story(page, server)
    expect(page.locator(FIELD)).to_have_value("Longer than my session.")
    expect(page.locator(FIELD)).to_be_focused()


def test_signed_out_nothing_is_stored_until_the_way_to_sign_in(
    page: Page, context: BrowserContext, server: Server
) -> None:
    """A text is kept only when its writer leaves to sign in, and stands in the same field afterwards."""
    open_story(page, server)
    answered = roots(page)[1]
    node(page, answered).locator("[data-mh-act=reply]").click()
    field = page.locator(f"#reply-{answered} textarea")
    field.fill("An answer before I am known.")
    page.wait_for_timeout(100)
    assert stored(page) == 0
    page.locator(f"#reply-{answered} .mh-signin a[href*='/signin?']").click()
    page.wait_for_url("**/signin?**")
    sign_in(context, server, "moderator")
    open_story(page, server)
    expect(field).to_have_value("An answer before I am known.")
    expect(field).to_be_focused()


def test_what_was_posted_signed_out_waits_beyond_the_sign_in(
    page: Page, context: BrowserContext, server: Server
) -> None:
    """The button that says "Sign in to post" takes the text along."""
    open_story(page, server)
    page.locator(FIELD).fill("Typed before signing in.")
    page.get_by_role("button", name="Sign in to post").click()
    expect(page.locator("h1")).to_have_text("Sign in")
    sign_in(context, server, "moderator")
    open_story(page, server)
    expect(page.locator(FIELD)).to_have_value("Typed before signing in.")


def test_an_earlier_text_under_the_same_key_is_told(page: Page, story: str) -> None:
    """When a changed text meets the key of one that had arrived, the writer decides."""
    refuse(page, 422, '{"code": "idempotency_key_reused", "detail": "-"}')
    write(page, "The second version of my text.")
    expect(error(page)).to_contain_text("An earlier version")
    page.get_by_role("button", name="Post comment").click()
    says(page, "Your comment is published.")


def test_the_counter_counts_what_readers_see(page: Page, story: str) -> None:
    """From three hundred left it tells; too much is told by how much, and not sent."""
    counter = page.locator("[data-mh=counter]")
    page.locator(FIELD).fill("a" * 1_699)
    expect(counter).to_have_text("")
    page.locator(FIELD).fill("a" * 1_699 + "👨‍👩‍👧‍👦")
    expect(counter).to_have_text("300 characters left")
    page.locator(FIELD).fill("👨‍👩‍👧‍👦" * 2_001)
    expect(counter).to_have_text("1 character too long")
    page.get_by_role("button", name="Post comment").click()
    expect(error(page)).to_have_text("1 character too long")


def test_a_preview_is_drawn_by_the_server(page: Page, story: str) -> None:
    """It looks as the comment will, and goes when the text changes."""
    page.locator(FIELD).fill("> quoted\n\n<script>alert(1)</script>")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("[data-mh=preview] blockquote")).to_have_text("quoted")
    page.locator(FIELD).press_sequentially("x")
    expect(page.locator("[data-mh=preview]")).to_be_hidden()


def test_pasted_formatting_survives_sensibly(page: Page, story: str) -> None:
    """Emphasis, links and lists become Markdown; the rest is dropped; undo takes it back."""
    page.locator(FIELD).focus()
    expect(page.get_by_role("button", name="Preview")).to_be_visible()
    page.evaluate(
        """() => {
          const clip = new DataTransfer();
          clip.setData("text/html", '<p>One <b>two</b> <a href="https://example.org/x">three</a></p>' +
            '<ul><li>a</li><li>b<script>boom()</script></li></ul><img src=x onerror="boom()">');
          clip.setData("text/plain", "One two three a b");
          const how = {clipboardData: clip, bubbles: true, cancelable: true};
          document.activeElement.dispatchEvent(new ClipboardEvent("paste", how));
        }"""
    )
    expect(page.locator(FIELD)).to_have_value("One **two** [three](https://example.org/x)\n\n- a\n- b")
    page.keyboard.press("Control+z")
    expect(page.locator(FIELD)).to_have_value("")
