"""The story page beside the same page with Isso, in one Chromium, in turns: first comment and main-thread CPU.

`MOOTHALL_ISSO=FOLDER python -m bench.page_peer`; FOLDER is a virtual environment with Isso 0.14.0 in it.  Without
one the measurement is skipped, which is not a pass.  Source of the bars: items 3 and 4 of the front-end research.
"""

import os
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from xml.sax.saxutils import escape

from playwright.sync_api import Browser, sync_playwright

from bench.ground import _BODY, _FIRST_MS, _PER_ROOT
from bench.measure import folder, report
from bench.page_weight import _ARGS, _PATH, _metrics, _server
from bench.peer_front import front
from tests.browser.conftest import CHROMIUM
from tests.newsroom.ports import free_port

_VERSION, _TURNS, _SETTLE_MS = "0.14.0", 7, 2_000
_OURS, _ISSO = "[data-mh-comment]", "#isso-root .isso-comment"
_PAINTED = """selector => new Promise(done => { const look = () => document.querySelector(selector)
  ? requestAnimationFrame(() => done(performance.now())) : requestAnimationFrame(look); look(); })"""
_CONFIG = "[general]\ndbpath = {place}/isso.db\nhost = {site}\n[server]\nlisten = http://127.0.0.1:{port}\n"
_HOW = f"""skipped: Isso is not here, so nothing was compared and nothing has passed.
To get it: python3 -m venv bench/out/isso && bench/out/isso/bin/pip install isso=={_VERSION}"""
Sides = dict[str, tuple[str, str]]


def main() -> None:
    """Both items, one report."""
    if CHROMIUM is None:
        sys.exit("There is no Chromium here; install it or set MOOTHALL_CHROMIUM.")
    home = Path(os.environ.get("MOOTHALL_ISSO", "bench/out/isso"))
    if not (home / "bin" / "isso").exists():
        print(_HOW)
        return
    _check_version(home)
    numbers: dict[str, float] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=_ARGS)
        with _sides(home, 50) as sides:
            for rate in (1, 4):
                numbers |= _turns(f"slow4g_cpu{rate}_s", sides, _slow(browser, rate))
        with _sides(home, 500) as sides:
            numbers |= _turns("cpu_500_ms", sides, lambda url, shown: _cpu(browser, url, shown, 500))
        browser.close()
    report("page_peer", ", ".join(f"{name} {value}" for name, value in numbers.items()), dict(numbers))


def _check_version(home: Path) -> None:
    ask = "import importlib.metadata as m; print(m.version('isso'))"
    found = subprocess.run([home / "bin" / "python", "-c", ask], capture_output=True, text=True, check=True)
    if found.stdout.strip() != _VERSION:
        sys.exit(f"This compares with Isso {_VERSION}; there is {found.stdout.strip()}.")


def _turns(name: str, sides: Sides, measure: Callable[[str, str], float]) -> dict[str, float]:
    """Medians of both, taken in turns after one unmeasured round, their ratio, and the range of each."""
    seen: dict[str, list[float]] = {side: [] for side in sides}
    for turn in range(_TURNS + 1):
        for side, (url, shown) in sides.items():
            value = measure(url, shown)
            if turn:
                seen[side].append(value)
    found: dict[str, float] = {}
    for side, values in seen.items():
        middle = round(statistics.median(values), 3)
        found |= {f"{side}_{name}": middle, f"{side}_{name}_min": round(min(values), 3)}
        found[f"{side}_{name}_max"] = round(max(values), 3)
    found[f"ratio_{name}"] = round(found[f"ours_{name}"] / found[f"isso_{name}"], 3)
    return found


def _slow(browser: Browser, rate: int) -> Callable[[str, str], float]:
    """Seconds until the frame after the first comment is there, on emulated Slow 4G."""

    def measure(url: str, shown: str) -> float:
        context = browser.new_context(viewport={"width": 412, "height": 800})
        page = context.new_page()
        talk = context.new_cdp_session(page)
        talk.send("Network.enable")
        slow = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 93_750}
        talk.send("Network.emulateNetworkConditions", slow)
        talk.send("Emulation.setCPUThrottlingRate", {"rate": rate})
        page.goto(url, wait_until="commit")
        taken = float(page.evaluate(_PAINTED, shown)) / 1000
        context.close()
        return taken

    return measure


def _cpu(browser: Browser, url: str, shown: str, count: int) -> float:
    """Milliseconds of the main thread for a whole load; ends the run where a comment is missing."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    talk = context.new_cdp_session(page)
    talk.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.goto(url, wait_until="load")
    page.wait_for_timeout(_SETTLE_MS)
    taken = _metrics(talk)["TaskDuration"] * 1000
    there = int(page.evaluate("s => document.querySelectorAll(s).length", shown))
    context.close()
    if there != count:
        sys.exit(f"{url} shows {there} of {count} comments ({shown})")
    return taken


@contextmanager
def _sides(home: Path, count: int) -> Iterator[Sides]:
    with ExitStack() as stack:
        ours = stack.enter_context(_server(count)) + _PATH
        place = Path(stack.enter_context(folder()))
        port, isso_port = free_port(), free_port()
        site = f"http://127.0.0.1:{port}"
        config = place / "isso.cfg"
        config.write_text(_CONFIG.format(place=place, site=site, port=isso_port))
        (place / "in.xml").write_text(disqus(count))
        isso = [str(home / "bin" / "isso"), "-c", str(config)]
        subprocess.run(
            [*isso, "import", "--empty-id", "-t", "disqus", str(place / "in.xml")], check=True, capture_output=True
        )
        process = subprocess.Popen([*isso, "run"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        stack.callback(process.wait)
        stack.callback(process.terminate)
        _answers(f"http://127.0.0.1:{isso_port}/?uri={_PATH}")
        with urllib.request.urlopen(ours) as answer:
            html = answer.read().decode()
        stack.enter_context(front(html, ours.removesuffix(_PATH), isso_port, port))
        yield {"ours": (ours, _OURS), "isso": (site + _PATH, _ISSO)}


def _answers(url: str) -> None:
    for _ in range(300):
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    sys.exit("Isso did not start")


def disqus(count: int) -> str:
    """The comments of `ground.fill` as Disqus exports them: of Isso's imports the one that keeps replies."""
    posts = "".join(_post(at) for at in range(count))
    thread = f'<thread dsq:id="1"><id>t</id><link>http://story.example{_PATH}</link><title>Bridge</title></thread>'
    names = 'xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals"'
    return f"<?xml version='1.0' encoding='utf-8'?><disqus {names}>{thread}{posts}</disqus>"


def _post(at: int) -> str:
    made = datetime.fromtimestamp((_FIRST_MS + at * 1000) / 1000, UTC)
    parent = f'<parent dsq:id="{at - at % _PER_ROOT + 1}"/>' if at % _PER_ROOT else ""
    return (
        f'<post dsq:id="{at + 1}"><message>{escape(_BODY)}</message>'
        f"<createdAt>{made:%Y-%m-%dT%H:%M:%SZ}</createdAt>"
        f"<isDeleted>false</isDeleted><author><name>Ada</name></author>"
        f'<thread dsq:id="1"/>{parent}</post>'
    )


if __name__ == "__main__":
    main()
