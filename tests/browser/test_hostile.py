"""Hostile text in every field that people can fill, then every page in a real browser: nothing runs."""

import hashlib
import json
import re
from html import unescape
from urllib.parse import quote

import httpx
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Server
from tests.browser.widget import Someone, sign_in, someone, story_path
from tests.corpora import vectors
from tests.newsroom.pictures import photo

pytestmark = pytest.mark.browser
# As many vectors as three accounts may post at once, packed into comments; all of them run against the
# sanitiser in tests/unit/discussion/test_body.py.
_COMMENTS, _LONGEST = 24, 1_900
_SETS = ("xss_dompurify_fixtures", "xss_bleach_data", "xss_payloadbox_dev30", "naughty_strings_blns")
# Set by anything that runs: alert, prompt and confirm are what the vectors call.
_TRIPWIRE = """
window.ran = [];
for (const name of ["alert", "prompt", "confirm", "print"])
  window[name] = (...a) => { window.ran.push(name + a); };
addEventListener("securitypolicyviolation",
  (e) => window.ran.push("csp " + e.violatedDirective + " " + e.blockedURI));
"""
_SCRIPT = "<script>alert(9)</script><img src=x onerror=alert(9)>"
# As much as a name may hold: no more than 40 characters, none of them invisible.
_NAME = "\"'><img src=x onerror=alert(8)>"
_DESCRIPTION, _ARTIST = 0x010E, 0x013B
_MARK = "\"'><img src=x onerror=alert(1)><script>alert(2)</script>{{7*7}}${7*7}\u202e javascript:alert(3)"


@pytest.fixture(scope="module")
def poisoned(server: Server) -> list[str]:
    """Addresses of every kind of page, after hostile text went into every field."""
    reader, mod, editor = (someone(server, role) for role in ("reader", "moderator", "administrator"))
    story_page = story_path(server, "/culture/the-choir-that-sings-once")
    story = re.search(r'data-mh-story="(\w+)"', httpx.get(server.url + story_page).text)[1]
    writers = (mod, editor, someone(server, "editor"))
    comments = [_comment(writers[n % 3], story, text) for n, text in enumerate([_MARK, *_packed()])]
    first = comments[0]
    _form(reader, f"/c/{first}/report", f"/c/{first}/report", reason="other", text=_MARK)
    _form(reader, "/account", "/account/name", display_name=_MARK)
    lines = ("headline", "standfirst", "byline", "dateline_place", "dateline_agency", "body")
    marked = dict.fromkeys((*lines, "photo_alt", "photo_caption", "photo_credit"), _MARK)
    chosen = {"section": "city", "lang": "en", "published": "1", "discussion": "open", "moderation": "post"}
    keywords = '<img src=x onerror=alert(4)>, "><script>alert(5)</script>'
    made = _form(editor, "/desk/new", "/desk/new", _picture(), **marked, **chosen, keywords=keywords)
    assert made.status_code == 303, re.findall(r"fielderror.*", made.text)
    desk = made.headers["location"].split("?")[0]
    _form(editor, desk, f"{desk}/correction", correction=_MARK)
    stranger, named = _stranger(server)
    _comment(stranger, story, "A word from somebody with a name.")
    stranger._http.close()
    _form(editor, f"/people/{named}/block", f"/people/{named}/block")
    _form(editor, "/account", "/account/sessions/end", session=_MARK)
    hostile_story = unescape(re.search(r'<a href="([^"]+)">Read it', editor._http.get(desk).text)[1])
    evil = quote(_MARK)
    return [
        story_page, f"{story_page}?sort=oldest", f"/c/{first}", f"/c/{first}?reply=1", f"/c/{first}/report",
        f"/c/{first}/decide", f"/fragments/stories/{story}/comments", hostile_story, desk, "/", "/city/", "/desk/",
        "/console/held", "/console/reported", "/console/live", "/account", "/standards", "/mailbox",
        f"/signin?next={evil}", f"/oembed?url={evil}", f"/{evil}", f"/topics/{evil}", f"/c/{evil}",
        f"/people/{named}/block", f"/people/{named}/sanctions", f"/console/people?q={quote(_NAME)}",
        f"/account?before={evil}", f"/people/{evil}/block", f"/console/search?text={evil}&author={evil}",
        f"{story_page}?sort={evil}", f"{story_page}?cursor={evil}", f"/?lang={evil}",
    ]  # fmt: skip


def _picture() -> tuple[str, bytes]:
    """A photo whose name and whose notes of every kind are hostile."""
    about = Image.Exif()
    about[_DESCRIPTION] = about[_ARTIST] = _SCRIPT
    return f"{_SCRIPT}.jpg", photo(1200, 800, exif=about, xmp=_SCRIPT.encode(), comment=_SCRIPT)


def _stranger(server: Server) -> tuple[Someone, str]:
    """Somebody new with a hostile name and a hostile browser, and the id of their account."""
    who = Someone.__new__(Someone)
    who._http = httpx.Client(
        base_url=server.url, headers={"Origin": server.url, "X-Moothall": "1", "User-Agent": _SCRIPT}
    )
    sent = _form(who, "/signin", "/signin/email", email="stranger@courier.example")
    code = re.search(r"[^#\w](\d{6})\b", who._http.get("/mailbox").text)[1]
    _form(who, sent.headers["location"], "/signin/code", code=code)
    named = _form(who, "/signin/name", "/signin/name", display_name=_NAME)
    assert named.status_code == 303, named.text
    return who, str(who._http.get("/api/v1/me").json()["account"]["id"])


def _packed() -> list[str]:
    """Vectors of all sets in turn, as many to a comment as fit."""
    sets = [[v for v in vectors(name) if len(v) < 500] for name in _SETS]
    most = max(map(len, sets))
    mixed = [one[n * len(one) // most] for n in range(0, most, most // 200) for one in sets]
    texts, text = [], ""
    for vector in mixed:
        if len(text) + len(vector) + 2 > _LONGEST:
            texts.append(text)
            text = ""
        text += f"{vector}\n\n"
    return texts[: _COMMENTS - 1]


def _comment(who: Someone, story: str, text: str) -> str:
    """The id of a posted comment."""
    answer = who._http.post(
        f"/api/v1/stories/{story}/comments",
        content=json.dumps({"body": text}),
        headers={"Idempotency-Key": hashlib.sha256(text.encode("utf-8", "replace")).hexdigest(),
                 "Content-Type": "application/json"},
    )  # fmt: skip
    assert answer.status_code in {201, 202}, (text, answer.text)
    return str(answer.json()["id"])


def _form(
    who: Someone, page: str, action: str, photo_file: tuple[str, bytes] | None = None, **typed: str
) -> httpx.Response:
    """Sends the form of a page with everything hidden in it."""
    text = unescape(who._http.get(page).text)
    hidden = dict(re.findall(r'name="(csrf|flow)" value="([^"]*)"', text))
    files = {"photo_file": photo_file} if photo_file else None
    answer = who._http.post(action, data=hidden | typed, files=files, headers={"X-Moothall": ""})
    assert answer.status_code < 500, answer.text
    return answer


def test_nothing_runs_on_any_page(chromium: Browser, server: Server, poisoned: list[str]) -> None:
    """As a moderator, with script on, no vector runs and no policy is broken on any page."""
    context = chromium.new_context(base_url=server.url)
    sign_in(context, server, "administrator")
    context.add_init_script(_TRIPWIRE)
    page = context.new_page()
    dialogs: list[str] = []
    page.on("dialog", lambda d: (dialogs.append(d.message), d.dismiss()))
    for address in poisoned:
        page.goto(address)
        page.wait_for_timeout(150)
        _touch(page)
        assert page.evaluate("window.ran") == [], address
        assert _alien(page) == [], address
    assert dialogs == []
    context.close()


def test_feeds_and_documents_are_well_formed(server: Server, poisoned: list[str]) -> None:
    """Feeds with hostile text in them parse, and structured data is JSON that ends where it should."""
    from lxml import etree, html

    for path in ("/feed.xml", "/city/feed.xml", f"{poisoned[0]}/feed.xml", "/sitemap-news.xml"):
        etree.fromstring(httpx.get(server.url + path).content)
    for address in (poisoned[0], poisoned[7]):
        page = html.fromstring(httpx.get(server.url + address).text)
        for data in page.xpath("//script[@type='application/ld+json']"):
            assert json.loads(data.text)["@type"] == "NewsArticle"


def test_a_photo_carries_nothing_but_pixels(server: Server, poisoned: list[str]) -> None:
    """Neither its name nor what was written inside is served, at any width."""
    text = httpx.get(server.url + poisoned[7]).text
    served = set(re.findall(r"/media/\w+/\d+\.jpg", text))
    assert len(served) > 1
    for address in served:
        answer = httpx.get(server.url + address)
        assert (answer.headers["content-type"], b"alert" in answer.content) == ("image/jpeg", False)
        assert "alert" not in answer.headers.get("content-disposition", "")


def _touch(page: Page) -> None:
    """Moves over and focuses what can be: event handlers that a vector smuggled in would run."""
    page.evaluate(
        """() => { for (const e of document.querySelectorAll("main *")) {
             for (const t of ["mouseover", "focus", "click-not", "pointerenter", "error", "load", "toggle"])
               e.dispatchEvent(new Event(t)); } }"""
    )


def _alien(page: Page) -> list[str]:
    """Elements and attributes that our templates never make."""
    return page.evaluate(
        """() => [...document.querySelectorAll(
             "main :is(svg, math, iframe, object, embed, style, base, [style], form form)")]
             .map(e => e.outerHTML.slice(0, 200))
             .concat([...document.querySelectorAll("*")].flatMap(e => [...e.attributes])
               .filter(a => /^on/.test(a.name) || /^\\s*javascript:/i.test(a.value) && a.name === "href")
               .map(a => a.name + "=" + a.value))"""
    )
