"""Where the focus is after what somebody did, and that what others do leaves it alone."""

import json
import re
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Server
from tests.browser.widget import NEW, focused, node, open_story, roots, says, sign_in, someone, watch

pytestmark = pytest.mark.browser
# Every change of what has the focus, and every move of the window, from here on.
_NOTE_MOVES = """() => {
  window.moves = [];
  for (const type of ["focusin", "focusout", "scroll"])
    addEventListener(type, (event) => moves.push(`${type} ${event.target.nodeName}`), true);
}"""


@pytest.fixture(autouse=True)
def clean(page: Page) -> Iterator[None]:
    """No test may leave a script error or a policy violation behind."""
    faults = watch(page)
    yield
    assert faults == []


def _thread(page: Page, server: Server, role: str, answered: int) -> tuple[str, list[str]]:
    """A comment and answers to it, all by the signed-in reader of the page."""
    sign_in(page.context, server, role)
    writer = someone(server, role)
    # What goes leaves a line; the other tests' story stays without.
    story = open_story(page, server, "/city/ferry-to-run-until-midnight")
    first = writer.post(story, f"A thread by the {role} in which something goes.")
    answers = [writer.post(story, f"Answer number {n} of the {role}.", first) for n in range(answered)]
    page.reload()
    expect(page.locator(f"#c-{answers[-1]}")).to_be_attached()
    return first, answers


def _withdraw(page: Page, comment: str) -> None:
    node(page, comment).locator("[data-mh-act=more]").click()
    node(page, comment).locator("[data-mh-act=withdraw]").click()
    page.locator("dialog [type=submit]").click()
    expect(page.locator(f"#c-{comment}")).to_have_count(0)
    says(page, "Your comment is withdrawn.")


def test_a_withdrawal_hands_the_focus_to_who_is_next(page: Page, server: Server) -> None:
    """The next sibling, else the one before, else the parent, and at last the heading."""
    # To a reader the server draws nothing for a comment that is gone; the newsroom would still see it.
    page.route(re.compile("/fragments/comments/"), lambda route: route.fulfill(status=404))
    parent, (first, middle, last) = _thread(page, server, "administrator", 3)
    at = []
    for gone in (middle, last, first):
        _withdraw(page, gone)
        at.append(focused(page))
    assert at == [f"c-{last}", f"c-{first}", f"c-{parent}"]
    page.evaluate(
        "id => document.querySelectorAll('.mh-list > li').forEach((li) => li.id === id || li.remove())",
        f"c-{parent}",
    )
    _withdraw(page, parent)
    assert (roots(page), focused(page)) == ([], "mh-heading")


def test_who_is_on_what_a_moderator_removes_goes_to_its_parent(page: Page, server: Server) -> None:
    """From a control of an answer to the comment above it, and from a thread's first comment to the heading."""
    parent, (answer,) = _thread(page, server, "editor", 1)
    node(page, answer).locator("[data-mh-act=reply]").focus()
    someone(server, "moderator").remove(answer)
    expect(page.locator(f"#c-{answer}")).to_have_attribute("data-mh-state", "removed")
    expect(page.locator(f"#c-{parent} > article")).to_be_focused()
    node(page, parent).locator("[data-mh-act=respect]").focus()
    someone(server, "moderator").remove(parent)
    expect(page.locator("#mh-heading")).to_be_focused()


def test_two_hundred_events_leave_a_control_its_focus(page: Page, server: Server) -> None:
    """New comments, edits and reactions, to the focused comment too: no focus event and no scrolling."""
    lines: list[Route] = []
    page.route(re.compile("/events"), lambda route: lines.append(route))
    open_story(page, server)
    before = roots(page)
    here = before[3]
    button = node(page, here).locator("[data-mh-act=respect]")
    button.focus()
    page.wait_for_timeout(500)
    page.evaluate(_NOTE_MOVES)
    scrolled, shown = page.evaluate("scrollY"), str(button.locator("b").text_content())
    with page.expect_response(re.compile(f"/fragments/comments/{here}")):
        lines[0].fulfill(body=_flood([here, *before[:3]]), content_type="text/event-stream")
    expect(page.locator(NEW)).to_have_text("Show 99+ new comments")
    expect(button.locator("b")).not_to_have_text(shown)
    page.wait_for_timeout(500)
    expect(button).to_be_focused()
    assert (page.evaluate("scrollY"), page.evaluate("moves")) == (scrolled, [])


def _flood(here: list[str]) -> str:
    """Two hundred events, every fourth about comments that are there."""
    seqs = count(100_000)

    def event(change: list[Any]) -> str:
        seq = next(seqs)
        told = {"from": seq if seq > 100_000 else 0, "seq": seq + 1, "count": 1, "open": True, "changes": [change]}
        return f"data: {json.dumps(told)}\n\n"

    kinds: list[list[Any]] = [["reactions", one, 7_001, 7_002] for one in here] + [["edited", one] for one in here]
    return "".join(event(kinds[n // 4 % len(kinds)] if n % 4 == 0 else ["new", f"{n:013}", ""]) for n in range(200))
