"""What a discussion costs a reader's browser: bytes, requests, time to the first comment, CPU, memory, jumps.

`python -m bench.page_weight`.  Needs Chromium and a built widget.  CPU is the main thread's own time
(thread ticks), the median of several loads; "Slow 4G" is the browser's emulation, 1.6 Mbit/s and 150 ms a
request.  Source of the bars: the acceptance items 1 to 7 of the front-end research.
"""

import json
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

import brotli  # type: ignore[import-untyped]
from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from bench.ground import a_database, fill
from bench.measure import folder, report
from moothall.web.i18n import translator
from moothall.web.pages.strings import core_strings, writer_strings
from moothall.web.styles import STATIC, sheet
from tests.browser.conftest import CHROMIUM
from tests.newsroom.ports import free_port

_PATH = "/city/bridge-bcdfgh"
_TURNS = 5
_ARGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
_FIRST = """new Promise(done => { const look = () => { const at = document.querySelector("[data-mh-comment]");
  at ? done(performance.now()) : requestAnimationFrame(look); }; look(); })"""
_SHIFT = """window.shift = 0; new PerformanceObserver(l => { for (const e of l.getEntries())
  if (!e.hadRecentInput) window.shift += e.value; }).observe({type: "layout-shift", buffered: true});"""


def main() -> None:
    """All of it, one line each."""
    if CHROMIUM is None:
        sys.exit("There is no Chromium here; install it or set MOOTHALL_CHROMIUM.")
    bytes_of = _bytes()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=_ARGS)
        with _server(50) as url:
            first = _first_page(browser, url)
            slow = {rate: _slow(browser, url, rate) for rate in (1, 4)}
        with _server(500) as url:
            cpu_500, _ = _loads(browser, url)
        with _server(5_000) as url:
            cpu_5000, size = _loads(browser, url)
        browser.close()
    numbers = {
        **bytes_of,
        **first,
        "first_comment_slow4g_s": slow[1],
        "first_comment_slow4g_cpu4_s": slow[4],
        "cpu_500_ms": cpu_500,
        "cpu_5000_ms": cpu_5000,
        **size,
    }
    report("page_weight", ", ".join(f"{name} {value}" for name, value in numbers.items()), numbers)


def serve(count: int, port: int) -> None:
    """A server whose one page holds `count` comments; runs until it is ended."""
    from moothall.app import enter, join
    from moothall.settings import Settings
    from moothall.web import serve as server
    from moothall.web.pages import fragments

    vars(fragments)["PAGE_COMMENTS"] = count
    with folder() as place, a_database(f"sqlite:///{place}/page.db") as db:
        fill(db, count)
        settings = Settings(data=str(place), port=port)
        server.serve(settings, lambda _: enter(join(settings, db)))


def _bytes() -> dict[str, float]:
    """Brotli 11, in bytes: what a reader gets, and what a writer gets in all."""
    built = json.loads((STATIC / "built" / "manifest.json").read_text())
    style = len(brotli.compress(sheet("moothall.css") or b"", quality=11))
    english = translator("en")
    core, writer = (
        len(brotli.compress(text(english).encode(), quality=11)) for text in (core_strings, writer_strings)
    )
    reader = built["core.js"]["brotli"] + style + core
    return {"reader_bytes": reader, "with_writer_bytes": reader + built["writer.js"]["brotli"] + writer}


@contextmanager
def _server(count: int) -> Iterator[str]:
    port = free_port()
    command = [sys.executable, "-c", f"from bench.page_weight import serve; serve({count}, {port})"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        _wait(url)
        yield url
    finally:
        process.terminate()
        process.wait()


def _wait(url: str) -> None:
    for _ in range(600):
        try:
            with urllib.request.urlopen(f"{url}/readyz", timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    sys.exit("the server did not start")


def _first_page(browser: Browser, url: str) -> dict[str, float]:
    """The first page as it is sent, its requests besides pictures, and how far it jumps."""
    asked = urllib.request.Request(url + _PATH, headers={"Accept-Encoding": "br"})
    with urllib.request.urlopen(asked) as answer:
        html = len(answer.read())
    page = browser.new_page(viewport={"width": 412, "height": 800})
    page.add_init_script(_SHIFT)
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(url + _PATH)
    for _ in range(10):
        page.mouse.wheel(0, 800)
        page.wait_for_timeout(60)
    shift = float(page.evaluate("window.shift"))
    page.close()
    before = next(n for n, asked_for in enumerate(requests) if "/avatars/" in asked_for)
    return {"first_html_bytes": html, "requests_before_avatars": before, "layout_shift": round(shift, 4)}


def _slow(browser: Browser, url: str, cpu_rate: int) -> float:
    """Seconds to the first comment in the document on emulated Slow 4G; the median of several."""
    seen = []
    for _ in range(_TURNS):
        context = browser.new_context(viewport={"width": 412, "height": 800})
        page = context.new_page()
        talk = context.new_cdp_session(page)
        talk.send("Network.enable")
        talk.send(
            "Network.emulateNetworkConditions",
            {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 93_750},
        )
        talk.send("Emulation.setCPUThrottlingRate", {"rate": cpu_rate})
        page.goto(url + _PATH, wait_until="commit")
        seen.append(float(page.evaluate(_FIRST)) / 1000)
        context.close()
    return round(statistics.median(seen), 3)


def _loads(browser: Browser, url: str) -> tuple[float, dict[str, float]]:
    """Milliseconds of main-thread CPU of a whole load; heap and nodes of the last one."""
    times, size = [], {}
    for _ in range(_TURNS):
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        page = context.new_page()
        talk = context.new_cdp_session(page)
        talk.send("Performance.enable", {"timeDomain": "threadTicks"})
        page.goto(url + _PATH, wait_until="load")
        page.wait_for_timeout(500)
        times.append(_metrics(talk)["TaskDuration"] * 1000)
        size = _size(page, talk)
        context.close()
    return round(statistics.median(times), 1), size


def _size(page: Page, talk: CDPSession) -> dict[str, float]:
    talk.send("HeapProfiler.collectGarbage")
    comments = int(page.evaluate("document.querySelectorAll('[data-mh-comment]').length"))
    elements = int(page.evaluate("document.querySelectorAll('[data-mh-comment] *').length"))
    return {
        "comments": comments,
        "heap_mb": round(_metrics(talk)["JSHeapUsedSize"] / 1e6, 2),
        "elements_per_comment": round(elements / comments + 1, 1),
    }


def _metrics(talk: CDPSession) -> dict[str, float]:
    return {one["name"]: one["value"] for one in talk.send("Performance.getMetrics")["metrics"]}


if __name__ == "__main__":
    main()
