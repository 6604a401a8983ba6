"""A page by the Tab key alone, once around."""

from playwright.sync_api import Page

# Where the focus is, whether it can be seen, and whether something lies over it.
_STOP = """() => { const e = document.activeElement; if (e === document.body) return null;
  const r = e.getBoundingClientRect(), s = getComputedStyle(e);
  const at = document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2);
  const ringed = s.outlineStyle !== "none" || s.boxShadow !== "none";
  const known = (window.stopsOfWalk ??= new Map());
  if (!known.has(e)) known.set(e, known.size);
  return { number: known.get(e), seen: ringed && r.width > 0,
           covered: Boolean(at) && !e.contains(at) && !at.contains(e), html: e.outerHTML.slice(0, 120) }; }"""
_MOUSE_ONLY = """() =>
  [...document.querySelectorAll("main :is([onclick], [data-mh-act], [data-act], [role=button])")]
  .filter((e) => e.tabIndex < 0 && e.checkVisibility()).map((e) => e.outerHTML.slice(0, 120))"""
MOST = 400


def walk(page: Page, *, most: int = MOST) -> int:
    """How many stops there are.  Each is seen and uncovered, none comes twice, and nothing needs a mouse."""
    stops: list[dict[str, str | int | bool]] = []
    for _ in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate(_STOP)
        if stop is None:
            continue  # the browser's own controls
        if stops and stop["number"] == stops[0]["number"]:
            break
        stops.append(stop)
    else:
        raise AssertionError(f"no end after {most} Tabs, the last at {stops[-1]}")
    numbers = [stop["number"] for stop in stops]
    wrong = {
        "no visible focus": [stop["html"] for stop in stops if not stop["seen"]],
        "covered": [stop["html"] for stop in stops if stop["covered"]],
        "twice": [stop["html"] for n, stop in enumerate(stops) if stop["number"] in numbers[:n]],
        "mouse only": page.evaluate(_MOUSE_ONLY),
    }
    assert not any(wrong.values()), wrong
    return len(stops)
