"""What the widget's tests share: people who write meanwhile, and questions to a page."""

import re
from functools import cache
from html import unescape
from typing import Any
from uuid import uuid4

import httpx
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.conftest import Server

BUSY = "/city/river-bridge-to-close-for-eleven-months"
"""A story with some hundred comments; `server` gives its full address."""
STATUS = "moot-hall [data-mh=status]"
ITEM = "[data-mh-comment]"
NEW = ".mh-show-new"
_COOKIE = "moothall_dev"


class Someone:
    """A signed-in account that writes through the API while a browser looks on."""

    def __init__(self, server: Server, role: str) -> None:
        self._http = httpx.Client(base_url=server.url, headers={"Origin": server.url, "X-Moothall": "1"})
        link = server.link(role)
        fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', unescape(self._http.get(link).text)))
        self._http.post("/signin/link", data=fields)
        self.cookie = self._http.cookies[_COOKIE]

    def post(self, story: str, body: str, parent: str | None = None) -> str:
        """The id of the new comment."""
        key = {"Idempotency-Key": uuid4().hex}
        answer = self._http.post(
            f"/api/v1/stories/{story}/comments", json={"body": body, "parent_id": parent}, headers=key
        )
        assert answer.is_success, answer.text
        made: str = answer.json()["id"]
        return made

    def edit(self, comment: str, body: str) -> None:
        self._call("PATCH", f"/api/v1/comments/{comment}", {"body": body})

    def withdraw(self, comment: str) -> None:
        self._call("DELETE", f"/api/v1/comments/{comment}")

    def remove(self, comment: str) -> None:
        """A moderator's decision, by the form without script."""
        path = f"/c/{comment}/decide"
        hidden = dict(
            re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', unescape(self._http.get(path).text))
        )
        answer = self._http.post(
            path, data=hidden | {"decision": "remove", "rule": "1"}, headers={"X-Moothall": ""}
        )
        assert answer.status_code == 303, answer.text

    def unblock(self, author: str) -> None:
        self._call("DELETE", f"/api/v1/blocks/{author}")

    def comment(self, comment: str) -> dict[str, Any]:
        return dict(self._http.get(f"/api/v1/comments/{comment}").json())

    def _call(self, method: str, path: str, body: dict[str, str] | None = None) -> None:
        answer = self._http.request(method, path, json=body)
        assert answer.is_success, answer.text


@cache
def someone(server: Server, role: str, session: str = "") -> Someone:
    """One of the cast: reader, moderator, editor or administrator; a session that will be ended has a name."""
    return Someone(server, role)


def sign_in(context: BrowserContext, server: Server, role: str = "reader", session: str = "") -> None:
    """Signs the browser in without leaving the page it is on."""
    context.add_cookies([{"name": _COOKIE, "value": someone(server, role, session).cookie, "url": server.url}])


@cache
def story_path(server: Server, start: str = BUSY) -> str:
    """The full path of a story, whose end differs from one seeding to the next."""
    found = re.search(
        rf'href="({start}-\w+)"', unescape(httpx.get(server.url + start.rpartition("/")[0] + "/").text)
    )
    assert found, start
    return found[1]


def open_story(page: Page, server: Server, start: str = BUSY, after: str = "") -> str:
    """Opens a story and waits until its discussion is followed; gives the story's id."""
    with page.expect_request(re.compile("/events|/changes")):
        page.goto(story_path(server, start) + after)
        page.locator("moot-hall").scroll_into_view_if_needed()
    return str(page.get_attribute("moot-hall", "data-mh-story"))


def roots(page: Page) -> list[str]:
    """The ids of the threads on the page, in order."""
    found: list[str] = page.eval_on_selector_all(".mh-list > li", "all => all.map((li) => li.dataset.mhComment)")
    return found


def node(page: Page, comment: str) -> Locator:
    """A comment without its replies."""
    return page.locator(f"#c-{comment} > article, #c-{comment} > details")


def focused(page: Page) -> str:
    """The comment that has the focus, or is around it; the element's id otherwise."""
    js = "(() => { const at = document.activeElement; return at.closest('li[id]')?.id ?? at.id })()"
    return str(page.evaluate(js))


def top(page: Page, comment: str) -> float:
    """How far beneath the window's upper edge a comment stands, in CSS pixels."""
    return float(page.evaluate(f"document.getElementById('c-{comment}').getBoundingClientRect().top"))


def stored(page: Page) -> int:
    """How many things this page keeps on the reader's device, for the tab or beyond it."""
    return int(page.evaluate("Object.keys({...sessionStorage, ...localStorage}).length"))


def until_stored(page: Page, count: int) -> None:
    """Waits until the page keeps so many things; the writer's module may still be on its way."""
    for _ in range(80):
        if stored(page) == count:
            return
        page.wait_for_timeout(100)
    assert stored(page) == count


def says(page: Page, text: str) -> None:
    """The status line says this, now or soon."""
    expect(page.locator(STATUS)).to_contain_text(text)


def watch(page: Page) -> list[str]:
    """Collects script errors and policy violations."""
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))

    def note(message: Any) -> None:
        if message.type == "error" and re.search("Security Policy|Trusted|violat", message.text):
            faults.append(message.text)

    page.on("console", note)
    return faults
