"""The gate in front of every handler: forged writes, rights, rates, headers."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from litestar import Request
from litestar.testing import RequestFactory

from moothall.kernel.errors import MoothallError
from moothall.kernel.ids import to_text
from moothall.people.model import Role
from moothall.people.role import Right
from moothall.web import gate
from moothall.web.application import build_application
from moothall.web.headers import PAGE_CSP
from moothall.web.routes import HANDLERS
from tests.corpora import vectors
from tests.newsroom.cast import Cast
from tests.newsroom.site import URL, Browser, Site, code_in

pytestmark = pytest.mark.anyio
EVIL = "https://evil.example"
FORM = "application/x-www-form-urlencoded"


def unsafe() -> Iterator[tuple[str, str]]:
    """Method and path of every write that takes a cookie."""
    for handler in HANDLERS:
        for method in sorted({str(m.value if hasattr(m, "value") else m) for m in handler.http_methods}):
            if method not in {"GET", "HEAD", "OPTIONS"} and not handler.opt.get(gate.KEYED):
                for path in sorted(handler.paths):
                    yield method, re.sub(r"\{[^}]*\}", to_text(1), path)


FORGERIES: dict[str, tuple[dict[str, str], bytes]] = {
    "a form elsewhere": ({"origin": EVIL, "sec-fetch-site": "cross-site", "content-type": FORM}, b"csrf=TOKEN"),
    "a form in a sandbox": ({"origin": "null", "content-type": FORM}, b"csrf=TOKEN"),
    "a form of a sister host": (
        {"origin": "https://x.courier.example", "sec-fetch-site": "same-site", "content-type": FORM},
        b"csrf=TOKEN",
    ),
    "a form without a token": ({"origin": URL, "sec-fetch-site": "same-origin", "content-type": FORM}, b"a=b"),
    "a form with a wrong token": ({"origin": URL, "content-type": FORM}, b"csrf=wrong"),
    "a form with an empty token": ({"origin": URL, "content-type": FORM}, b"csrf="),
    "plain text as JSON": ({"content-type": "text/plain"}, b'{"csrf": "TOKEN"}'),
    "JSON without the mark": ({"origin": URL, "content-type": "application/json"}, b'{"csrf": "TOKEN"}'),
    "the mark from elsewhere": ({"origin": EVIL, "x-moothall": "1", "content-type": "application/json"}, b"{}"),
    "an empty bearer": ({"origin": EVIL, "authorization": "Bearer ", "content-type": FORM}, b"a=b"),
    "nothing at all": ({}, b""),
}


@pytest.mark.parametrize("forgery", FORGERIES)
async def test_no_write_takes_a_forged_request(site: Site, forgery: str) -> None:
    """Every handler that writes, with a good session's cookie, refuses before it looks at anything."""
    browser = await site.signed_in(await site.person("Ada", Role.ADMINISTRATOR))
    token = (await browser.http.get("/account")).text.partition('name="csrf" value="')[2].partition('"')[0]
    assert len(token) == 43
    headers, body = FORGERIES[forgery]
    took = []
    for method, path in unsafe():
        content = body.replace(b"TOKEN", token.encode())
        answer = await browser.http.request(method, path, content=content, headers=headers)
        if answer.status_code != 403 or not re.search("did not come from this site|forged_request", answer.text):
            took.append((method, path, answer.status_code))
    assert took == []
    assert len(list(unsafe())) > 20
    assert await browser.me()


async def test_the_token_of_another_session_is_wrong(site: Site) -> None:
    """Each session has its own."""
    ada, bea = await site.signed_in(await site.person("Ada")), await site.signed_in(await site.person("Bea"))
    await bea.get("/account")
    form = bea.fields("/signout")
    await ada.post("/signout", form)
    assert ada.page.status_code == 403
    assert await ada.me()


async def test_an_old_browser_without_origin_signs_in_by_the_forms_own_cookie(site: Site) -> None:
    """Where no header says whence a form comes, its token must be the cookie's; without one it is refused."""
    browser, bare = site.browser(), site.browser()
    await browser.get("/signin")
    form = browser.fields("/signin/email") | {"email": "ada@example.org"}
    await bare.post("/signin/email", form, origin="")
    assert bare.page.status_code == 403
    await browser.post("/signin/email", form | {"csrf": "wrong"}, origin="")
    assert browser.page.status_code == 403
    await browser.post("/signin/email", form, origin="")
    assert browser.page.status_code == 303


async def test_a_signed_out_report_needs_no_cookie(site: Site, cast: Cast) -> None:
    """From a page of ours it is taken, and sets none; from elsewhere it is not."""
    comment = await cast.says(cast.person("Bea"), cast.story(), "Who will pay?")
    path = f"/c/{to_text(comment.id)}/report"
    browser = site.browser()
    await browser.post(path, {"reason": "spam"})
    assert browser.page.status_code == 200
    assert "set-cookie" not in browser.page.headers
    await browser.post(path, {"reason": "spam"}, origin=EVIL)
    assert browser.page.status_code == 403


@pytest.fixture
def cast(site: Site) -> Cast:
    return Cast(site.parts.db, site.clock)


async def test_rights_are_asked_by_role(site: Site) -> None:
    """Nobody is told to sign in, a reader that this is not theirs, and a moderator gets through."""
    browsers = [site.browser()]
    for name, role in (("Ada", Role.READER), ("Vera", Role.MODERATOR)):
        browsers.append(await site.signed_in(await site.person(name, role)))
    answers = []
    for browser in browsers:
        try:
            await gate.need(await request_of(site, browser), Right.DECIDE)
            answers.append("yes")
        except MoothallError as refused:
            answers.append(type(refused).__name__)
    assert answers == ["Unauthorised", "Forbidden", "yes"]


async def request_of(site: Site, browser: Browser) -> Request[Any, Any, Any]:
    """A request as the gate sees it."""
    cookies = "; ".join(f"{k}={v}" for k, v in browser.http.cookies.items())
    factory = RequestFactory(app=build_application(site.parts))
    return factory.get("/", headers={"cookie": cookies} if cookies else {})


async def test_a_nameless_account_chooses_a_name_before_it_writes(site: Site) -> None:
    """It is told which step is missing, by its own code."""
    browser = site.browser()
    await browser.get("/signin")
    await browser.submit("/signin/email", email="ada@example.org")
    await browser.follow()
    await browser.submit("/signin/code", code=code_in((await site.mails())[0]))
    answer = await browser.http.get("/api/v1/blocks")
    assert (answer.status_code, answer.json()["code"]) == (403, "name_needed")


async def test_a_rate_is_counted_by_account_and_else_by_address(site: Site) -> None:
    """Two browsers of one account share a count; two addresses do not."""
    ada = await site.person("Ada")
    first, second = await site.signed_in(ada), await site.signed_in(ada, "198.51.100.7")
    marked = {"x-moothall": "1"}
    path = f"/api/v1/blocks/{to_text(await site.person('Bea'))}"
    codes = [(await one.http.put(path, headers=marked)).status_code for one in (first, second) * 40]
    assert codes.count(204) == 60
    refused = await first.http.put(path, headers=marked)
    assert refused.status_code == 429
    assert refused.headers["retry-after"] == str(refused.json()["retry_after"]) == "1"
    other = await site.signed_in(await site.person("Cy"), "198.51.100.7")
    assert (await other.http.put(path, headers=marked)).status_code == 204


async def test_forged_forwarding_headers_are_one_client(site: Site) -> None:
    """A stranger who names a new address each time reaches the limit all the same."""
    browser = site.browser()
    codes = []
    for n in range(30):
        names = ("x-forwarded-for", "forwarded", "x-real-ip", "cf-connecting-ip", "true-client-ip")
        headers = dict.fromkeys(names, f"198.51.100.{n}")
        codes.append((await browser.http.get("/signin/link/x", headers=headers)).status_code)
    assert codes == [400] * 20 + [429] * 10


@pytest.mark.parametrize("path", ["/", "/signin", "/standards", "/nothing-here", "/api/v1/me", "/api/v1/nothing"])
async def test_every_answer_says_what_browsers_may_do_with_it(site: Site, path: str) -> None:
    """Pages, errors and data, found or not."""
    answer = await site.browser().get(path)
    headers = answer.headers
    is_page = headers["content-type"].startswith("text/html")
    policy = headers["content-security-policy"]
    assert policy == PAGE_CSP if is_page else "sandbox" in policy
    assert (headers["x-content-type-options"], headers["x-frame-options"]) == ("nosniff", "DENY")
    assert "strict-transport-security" in headers
    assert headers["cache-control"]
    assert "permissions-policy" in headers
    assert "unsafe" not in policy
    assert all(len(headers.get_list(name)) == 1 for name in set(headers))


async def test_no_parameter_leads_elsewhere(site: Site) -> None:
    """The corpus of open redirects on every `next`: each answer leads to a path of ours."""
    browser, bea = await site.signed_in(await site.person("Ada")), await site.person("Bea")
    await browser.get("/account")
    form = browser.fields("/signout")
    for trick in vectors("open_redirect_patt_dev30")[:150]:
        asked = await browser.http.get("/signin", params={"next": trick})
        named = await browser.post(f"/people/{to_text(bea)}/unblock", form | {"next": trick})
        for answer in (asked, named):
            assert answer.status_code == 303
            to = answer.headers["location"]
            assert re.match(r"/(?![/\\])", to), (trick, to)
        site.clock.move(1_000)
