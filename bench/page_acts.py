"""What an act costs the browser of somebody signed in, on a page of 500 comments: reacting, replying, 20 new ones.

`python -m bench.page_acts`.  Needs Chromium and a built widget.  CPU is the main thread's own time (thread
ticks) from the click until the act is done and drawn; the median of several, less what it costs to be asked to do
nothing on the same page (the tool's own way into it).  Source of the bars: item 6 of the front-end research.
"""

import hashlib
import json
import statistics
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import uuid4

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from bench.ground import STORY, a_database, fill
from bench.measure import folder, report
from bench.page_weight import _ARGS, _PATH, _metrics, _wait
from moothall.kernel.clock import system_clock
from moothall.kernel.ids import id_at, to_text
from moothall.kernel.limits import DAY_MS
from moothall.store.raw import run
from moothall.store.tx import Tx
from tests.browser.conftest import CHROMIUM
from tests.newsroom.ports import free_port

_COUNT, _TURNS, _NEW = 500, 7, 20
_BARS_MS = {"react": 15, "reply": 30, "show_new": 40}
_COOKIE = "moothall_dev"
# One who acts, and for each new comment somebody else, so that nobody is told to slow down.
_TOKENS = tuple(f"token-of-reader-{n}" for n in range(_NEW + 1))
_ACCOUNT = (
    "INSERT INTO account (id, display_name, name_key, named, role, made_at_ms) VALUES (?, ?, ?, 1, 'moderator', 0)"
)
_SESSION = (
    "INSERT INTO session (token_hash, account_id, kind, csrf, device, made_at_ms, seen_at_ms, ends_at_ms)"
    " VALUES (?, ?, 'browser', 'c', 'bench', ?, ?, ?)"
)


def main() -> None:
    """Each act several times, each on a page loaded anew."""
    if CHROMIUM is None:
        sys.exit("There is no Chromium here; install it or set MOOTHALL_CHROMIUM.")
    with sync_playwright() as playwright, _server() as url:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=_ARGS)
        own = _median(browser, url, _nothing, "null")
        numbers = {name: round(_median(browser, url, *act) - own, 1) for name, act in _ACTS.items()}
        browser.close()
    text = ", ".join(f"{name} {ms} ms (at most {_BARS_MS[name]})" for name, ms in numbers.items())
    told = f"main-thread CPU at {_COUNT} comments: {text}; to do nothing, left out: {own} ms"
    report("page_acts", told, {f"{k}_ms": v for k, v in numbers.items()} | {"own_ms": own})


def serve(port: int) -> None:
    """A server whose one page holds all comments, with two people signed in; runs until it is ended."""
    from moothall.app import enter, join
    from moothall.settings import Settings
    from moothall.web import serve as server
    from moothall.web.pages import fragments

    vars(fragments)["PAGE_COMMENTS"] = _COUNT
    with folder() as place, a_database(f"sqlite:///{place}/page.db") as db:
        fill(db, _COUNT)
        db.write_now(_sign_in)
        settings = Settings(data=str(place), port=port)
        server.serve(settings, lambda _: enter(join(settings, db)))


def _sign_in(tx: Tx) -> None:
    now_ms = system_clock()
    for n, token in enumerate(_TOKENS):
        who = id_at(1_700_000_000_100 + n)
        run(tx.conn, _ACCOUNT, [who, f"Writer {n}", f"writer {n}"])
        until = now_ms + DAY_MS
        run(tx.conn, _SESSION, [hashlib.sha256(token.encode()).digest(), who, now_ms, now_ms, until])


@contextmanager
def _server() -> Iterator[str]:
    port = free_port()
    command = [sys.executable, "-c", f"from bench.page_acts import serve; serve({port})"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        _wait(url)
        yield url
    finally:
        process.terminate()
        process.wait()


def _median(browser: Browser, url: str, prepare: "_Prepare", act: str) -> float:
    times = []
    for _ in range(_TURNS):
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        context.add_cookies([{"name": _COOKIE, "value": _TOKENS[0], "url": url}])
        page = context.new_page()
        talk = context.new_cdp_session(page)
        page.goto(url + _PATH, wait_until="load")
        page.locator("#discussion").scroll_into_view_if_needed()
        # The writing half is loaded once a reader begins to write; that is counted as bytes, not as an act.
        page.locator("#mh-body").focus()
        page.wait_for_timeout(800)
        prepare(page, url)
        times.append(_cpu_ms(page, talk, act))
        context.close()
    return round(statistics.median(times), 1)


def _cpu_ms(page: Page, talk: CDPSession, act: str) -> float:
    talk.send("Performance.enable", {"timeDomain": "threadTicks"})
    before = _metrics(talk)["TaskDuration"]
    page.evaluate(act)
    page.wait_for_timeout(500)
    return (_metrics(talk)["TaskDuration"] - before) * 1000


def _nothing(page: Page, url: str) -> None:
    """The page is ready as it is."""


def _open_reply(page: Page, _: str) -> None:
    page.locator("[data-mh-act=reply]").nth(4).click()
    page.locator("[id^=reply-] textarea").fill(f"An answer with a number, {uuid4().hex}.")
    page.wait_for_timeout(500)


def _write_new(page: Page, url: str) -> None:
    for token in _TOKENS[1:]:
        _post(url, token)
    page.locator(f"[data-mh-act=show-new][value='{_NEW}']").wait_for()
    page.wait_for_timeout(500)


def _post(url: str, token: str) -> None:
    asked = urllib.request.Request(
        f"{url}/api/v1/stories/{to_text(STORY)}/comments",
        data=json.dumps({"body": f"One more thing, {uuid4().hex}."}).encode(),
        headers={
            "Content-Type": "application/json",
            "Cookie": f"{_COOKIE}={token}",
            "Origin": url,
            "X-Moothall": "1",
            "Idempotency-Key": uuid4().hex,
        },
    )
    with urllib.request.urlopen(asked):
        pass


_Prepare = Callable[[Page, str], None]
_ACTS: dict[str, tuple[_Prepare, str]] = {
    "react": (_nothing, "document.querySelectorAll('[data-mh-act=respect]')[5].click()"),
    "reply": (_open_reply, "document.querySelector('[id^=reply-]').requestSubmit()"),
    "show_new": (_write_new, "document.querySelector('[data-mh-act=show-new]').click()"),
}


if __name__ == "__main__":
    main()
