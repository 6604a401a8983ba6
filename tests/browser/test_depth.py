"""A conversation twelve deep, where there is little room for it.  Source: WCAG 2.2, 1.4.4, 1.4.10, 1.4.12."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page

from moothall.store.raw import run
from tests.process import COMMENTS_PATH, STORY_PATH, Site, populate, token

pytestmark = pytest.mark.browser
DEPTH = 12
# In CSS pixels, of a line of text: some fifteen letters, as in a narrow newspaper's column.
LEAST_PX = 150
_PHONE = {"width": 360, "height": 740}
_NARROW = {"width": 320, "height": 640}
_WAYS: dict[str, dict[str, Any]] = {
    "320": {"viewport": _NARROW},
    "360": {"viewport": _PHONE},
    # 1280 by 1024 at 400 %.
    "zoom": {"viewport": {"width": 320, "height": 256}, "device_scale_factor": 4},
    "spaced": {"viewport": _NARROW, "spaced": True},
    "rtl": {"viewport": _NARROW, "lang": "ar"},
    "forced": {"viewport": _NARROW, "forced_colors": "active"},
}
_BODY = (
    "Turn {n}: *Brückenunterhaltungsgebührenverordnung*, see https://harbour.example/plans/{n}/appendix-b.pdf\n\n"
    "> a quoted line of some length, so that it has to be broken\n\n"
    "- first\n- second, which is a little longer than the first"
)
# A sheet made by script: the page's own policy allows no inline one.
_SPACED = """() => { const sheet = new CSSStyleSheet();
  sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: .12em !important;"
    + " word-spacing: .16em !important } p { margin-block-end: 2em !important }");
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]; }"""
_DRAWN = "document.querySelectorAll('*').forEach((e) => (e.style.contentVisibility = 'visible'))"
# Whatever holds words itself: out of the window sideways, or cut off by a box that hides what is too much.
_CLIPPED = """() => [...document.querySelectorAll("moot-hall *")].filter((e) => {
    const words = [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
    if (!words || !e.checkVisibility({ opacityProperty: true }) || e.closest(".vh")) return false;
    const box = e.getBoundingClientRect(), hides = getComputedStyle(e).overflowX !== "visible";
    if (box.width <= 1 || box.height <= 1) return false;
    return box.left < -0.5 || box.right > innerWidth + 0.5
      || (hides && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1));
  }).map((e) => e.outerHTML.slice(0, 140))"""
_COLUMNS = """() => [...document.querySelectorAll("[data-mh-comment]")].map((e) =>
    e.querySelector(":scope > article .mh-body, :scope > details .mh-body").getBoundingClientRect().width)"""
# Words of one comment that lie on other words; what makes targets larger may reach over.
_OVERLAPS = """() => { const found = [];
  for (const comment of document.querySelectorAll("article")) {
    const boxes = [], walker = document.createTreeWalker(comment, NodeFilter.SHOW_TEXT);
    for (let n = walker.nextNode(); n; n = walker.nextNode()) {
      if (!n.data.trim() || !n.parentElement.checkVisibility() || n.parentElement.closest(".vh")) continue;
      const range = document.createRange();
      range.selectNodeContents(n);
      // Lines are set closer than their letters' boxes are high.
      for (const { left, right, top, bottom, height } of range.getClientRects())
        boxes.push([n, left + 1, right - 1, top + height / 3, bottom - height / 3]);
    }
    for (const [n, l, r, t, b] of boxes) for (const [m, k, q, s, c] of boxes)
      if (n !== m && l < q && k < r && t < c && s < b) found.push([n.data.slice(0, 40), m.data.slice(0, 40)]);
  } return found; }"""


@pytest.fixture(scope="module")
def deep(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, str]]:
    """Two readers who answer each other to and fro, and the last answer's id."""
    folder: Path = tmp_path_factory.mktemp("deep")
    with closing(populate(f"sqlite:///{folder / 'moothall.db'}", 2)) as db:
        # What the newsroom writes is not held for being alike.
        db.write_now(lambda tx: run(tx.conn, "UPDATE account SET role = 'moderator'", []))
    with Site(folder) as site:
        yield site, _converse(site)


def _converse(site: Site) -> str:
    parent = ""
    for n in range(DEPTH + 1):
        headers = {"X-Moothall": "1", "Cookie": f"moothall_dev={token(n % 2)}", "Idempotency-Key": f"turn-{n}"}
        sent = {"body": _BODY.format(n=n), "parent_id": parent or None}
        answer = httpx.post(site.url + COMMENTS_PATH, json=sent, headers=headers)
        assert answer.status_code == 201, answer.text
        parent = answer.json()["id"]
    return parent


@pytest.mark.parametrize("way", list(_WAYS))
def test_twelve_deep_fits_and_reads(chromium: Browser, deep: tuple[Site, str], way: str) -> None:
    """On the story's page, opened to its end, and on the last answer's own: no sideways scroll, nothing cut off."""
    site, last = deep
    options = dict(_WAYS[way])
    lang, spaced = options.pop("lang", "en"), options.pop("spaced", False)
    context = chromium.new_context(base_url=site.url, **options)
    page = context.new_page()
    for address in (STORY_PATH, f"/c/{last}"):
        page.goto(f"{address}?lang={lang}")
        page.evaluate(_DRAWN)
        if address == STORY_PATH:
            _unfold(page, last)
        if spaced:
            page.evaluate(_SPACED)
        page.evaluate(_DRAWN)
        assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]  # type: ignore[index]
        assert page.evaluate(_CLIPPED) == []
        assert page.evaluate(_OVERLAPS) == []
        columns = page.evaluate(_COLUMNS)
        assert len(columns) >= (DEPTH + 1 if address == STORY_PATH else 2)
        assert min(columns) >= LEAST_PX, columns
    context.close()


def _unfold(page: Page, last: str) -> None:
    """Opens what is folded until the last answer is there."""
    page.locator("moot-hall").scroll_into_view_if_needed()
    for _ in range(DEPTH):
        if page.locator(f"#c-{last}").count():
            return
        count = page.locator("[data-mh-comment]").count()
        page.locator(".mh-fold a").last.click()
        page.wait_for_function("n => document.querySelectorAll('[data-mh-comment]').length > n", arg=count)
    assert page.locator(f"#c-{last}").count()
