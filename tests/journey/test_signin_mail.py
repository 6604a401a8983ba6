"""Signing in by mail, as readers, their mail programs and strangers do it."""

import statistics
import time

import pytest
from lxml import html

from moothall.kernel.limits import HOUR_MS, SIGNIN_CODE_LIFE_MS
from moothall.people.model import Identity, Role
from tests.newsroom.site import Browser, Site, code_in, link_in

pytestmark = pytest.mark.anyio
ADA = "ada@example.org"


async def ask(browser: Browser, email: str = ADA, next_path: str = "/standards") -> None:
    await browser.get(f"/signin?next={next_path}")
    await browser.submit("/signin/email", email=email)
    await browser.follow()


async def test_the_code_signs_in_and_a_name_is_asked_for(site: Site) -> None:
    """A new reader types the code, chooses a name, and is back where they were."""
    browser = site.browser()
    await ask(browser)
    assert ADA in browser.page.text
    await browser.submit("/signin/code", code=code_in((await site.mails(ADA))[0]))
    assert "/signin/name" in browser.page.headers["location"]
    await browser.follow()
    await browser.submit("/signin/name", display_name="Ada Byrne")
    assert browser.page.headers["location"] == "/standards"
    me = await browser.me()
    assert (me["display_name"], me["role"]) == ("Ada Byrne", "reader")


async def test_the_link_shows_a_button_and_only_the_button_signs_in(site: Site) -> None:
    """A program that opens the link, even often, neither signs in nor spends it."""
    browser, scanner = site.browser(), site.browser()
    await ask(browser)
    link = link_in((await site.mails(ADA))[0])
    for _ in range(3):
        assert (await scanner.get(link)).status_code == 200
    assert await scanner.me() is None
    await browser.get(link)
    assert await browser.me() is None
    await browser.submit("/signin/mail")
    assert await browser.me()


async def test_another_browser_needs_the_code(site: Site) -> None:
    """The link alone signs nobody in who did not ask for it; with its code it does."""
    asking, other = site.browser(), site.browser()
    await ask(asking)
    mail = (await site.mails(ADA))[0]
    link = link_in(mail)
    await other.get(link)
    await other.post("/signin/mail", {"link": link.rpartition("/")[2]})
    assert other.page.status_code == 400
    assert await other.me() is None
    await other.get(link)
    await other.submit("/signin/code", code=code_in(mail))
    assert await other.me()


async def test_the_codes_form_belongs_to_the_browser_that_asked(site: Site) -> None:
    """Whoever knows only the name of an attempt cannot type codes for it."""
    asking, other = site.browser(), site.browser()
    await ask(asking)
    fields = asking.fields("/signin/code")
    await other.post("/signin/code", {"flow": fields["flow"], "code": code_in((await site.mails(ADA))[0])})
    assert other.page.status_code == 400
    assert await other.me() is None


async def test_a_mail_is_good_once(site: Site) -> None:
    """After the link was used, neither link nor code does anything."""
    browser = site.browser()
    await ask(browser)
    form = browser.fields("/signin/code")
    mail = (await site.mails(ADA))[0]
    await browser.get(link_in(mail))
    await browser.submit("/signin/mail")
    await browser.post("/signout", browser_csrf(await browser.get("/account")))
    assert (await browser.get(link_in(mail))).status_code == 400
    await browser.post("/signin/code", form | {"code": code_in(mail)})
    assert browser.page.status_code == 400
    assert await browser.me() is None


async def test_a_mail_is_good_for_ten_minutes(site: Site, clock) -> None:
    """A moment before it works, a moment after it does not."""
    late, early = site.browser(), site.browser("192.0.2.2")
    await ask(late)
    late_code = code_in((await site.mails(ADA))[0])
    clock.move(1)
    await ask(early, "bea@example.org")
    early_code = code_in((await site.mails("bea@example.org"))[0])
    clock.move(SIGNIN_CODE_LIFE_MS - 1)
    await late.submit("/signin/code", code=late_code)
    await early.submit("/signin/code", code=early_code)
    assert (await late.me(), (await early.me()) is not None) == (None, True)


async def test_five_wrong_codes_end_the_attempt(site: Site) -> None:
    """The tries left are told; after the fifth the right code is refused as well."""
    browser = site.browser()
    await ask(browser)
    form = browser.fields("/signin/code")
    right = code_in((await site.mails(ADA))[0])
    wrong = "000000" if right != "000000" else "111111"
    for left in (4, 3, 2, 1):
        await browser.post("/signin/code", form | {"code": wrong})
        assert browser.page.status_code == 422
        assert (f"{left} tries are" if left > 1 else "1 try is") in browser.page.text
    await browser.post("/signin/code", form | {"code": wrong})
    assert browser.page.status_code == 400
    await browser.post("/signin/code", form | {"code": right})
    assert browser.page.status_code == 400
    assert await browser.me() is None


async def test_five_mails_an_hour_an_address(site: Site, clock) -> None:
    """However many browsers and spellings ask, a mailbox gets five; an hour later it may get another."""
    spellings = ["ada@example.org", "ADA@example.org", "ada＠example.org", " ada@EXAMPLE.org", "ada@example.org"]
    for number, spelling in enumerate([*spellings, *spellings]):
        await site.browser(f"192.0.2.{number}").post("/signin/email", {"email": spelling})
    assert len(await site.mails(ADA)) == 5
    clock.move(HOUR_MS)
    await site.browser("192.0.2.99").post("/signin/email", {"email": ADA})
    assert len(await site.mails(ADA)) == 6


async def test_one_client_cannot_write_to_many(site: Site) -> None:
    """A client that asks for many addresses is slowed down."""
    browser = site.browser()
    answers = [
        (await browser.post("/signin/email", {"email": f"reader{n}@example.org"})).status_code for n in range(20)
    ]
    assert answers == [303] * 10 + [429] * 10
    assert browser.page.headers["retry-after"] == "120"


async def test_known_and_unknown_addresses_are_answered_alike(site: Site) -> None:
    """Same status, same kind of place, same headers, and no slower for either."""
    first = site.browser()
    await ask(first)
    await first.submit("/signin/code", code=code_in((await site.mails(ADA))[0]))
    times: dict[str, list[float]] = {"known": [], "unknown": []}
    shapes = set()
    for n in range(4):
        for kind, email in (("known", ADA), ("unknown", f"nobody{n}@example.org")):
            began = time.perf_counter()
            answer = await site.browser(f"198.51.100.{n}").post("/signin/email", {"email": email})
            times[kind].append(time.perf_counter() - began)
            place = answer.headers["location"].partition("=")[0]
            shapes.add((answer.status_code, place, answer.text, tuple(sorted(answer.headers))))
    assert len(shapes) == 1
    known, unknown = (statistics.median(found) for found in times.values())
    assert abs(known - unknown) < max(0.02, 0.5 * max(known, unknown))


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "ada",
        "ada@",
        "@example.org",
        "a@b@example.org",
        "ada@localhost",
        "ada@example.org\r\nBcc: b@c.example",
        '"ada"@example.org',
        "ada@[192.0.2.1]",
        "a" * 65 + "@example.org",
        "ada@" + "e" * 250 + ".org",
    ],
)
async def test_what_is_no_address_is_refused_by_name(site: Site, typed: str) -> None:
    """The form comes back with what was typed and says why; nothing is mailed."""
    browser = site.browser()
    await browser.get("/signin")
    await browser.submit("/signin/email", email=typed)
    assert browser.page.status_code == 422
    assert "does not look like an e-mail address" in browser.page.text
    assert await site.mails() == []


async def test_an_address_is_an_identity_and_not_an_account_field(site: Site) -> None:
    """A staff account that merely names an address is not entered by proving that address."""
    editor = await site.person("Vera Lind", Role.EDITOR)
    browser = site.browser()
    await ask(browser, "vera@courier.example")
    await browser.submit("/signin/code", code=code_in((await site.mails())[0]))
    me = await browser.me()
    assert me["role"] == "reader"
    assert (await site.parts.people.account(editor)).role is Role.EDITOR


async def test_the_second_sign_in_is_the_same_account(site: Site) -> None:
    """An address leads to the one account it made."""
    ids = []
    for n in (1, 2):
        browser = site.browser(f"192.0.2.{n}")
        await ask(browser, "ADA@example.ORG" if n == 2 else ADA)
        await browser.submit("/signin/code", code=code_in((await site.mails(ADA))[0]))
        ids.append((await browser.me())["id"])
    assert ids[0] == ids[1]


async def test_the_mailbox_page_shows_mail_only_where_nothing_is_sent(site: Site) -> None:
    """It is there in a trial, for the site's own name, and nowhere else."""
    browser = site.browser()
    await ask(browser)
    page = await browser.get("/mailbox")
    assert page.status_code == 200
    assert code_in((await site.mails())[0]) in page.text
    assert page.headers["cache-control"] == "private, no-store"
    assert (await browser.get("/mailbox", host="rebound.example")).status_code == 404


def browser_csrf(page: object) -> dict[str, str]:
    """The token of the open account page."""
    found = html.fromstring(page.text).xpath("//form[@action='/signout']//input[@name='csrf']")
    return {"csrf": found[0].get("value")}


async def test_an_address_is_added_to_an_account_by_its_code(site: Site) -> None:
    """Signed in, a code typed here adds it; then it signs in to the same account."""
    ada = await site.person("Ada Byrne")
    browser, other = await site.signed_in(ada), site.browser("198.51.100.7")
    await browser.get("/account")
    await browser.submit("/account/identities/email", email="Ada@example.org")
    await browser.follow()
    await browser.submit("/signin/code", code=code_in((await site.mails(ADA))[0]))
    assert browser.page.headers["location"] == "/account"
    assert ADA in (await browser.get("/account")).text
    await ask(other)
    await other.submit("/signin/code", code=code_in((await site.mails(ADA))[0]))
    assert (await other.me())["display_name"] == "Ada Byrne"


async def test_an_address_is_added_to_nobody_else(site: Site) -> None:
    """Whoever gets such a mail and opens it elsewhere, signed in or not, adds nothing."""
    eve, ada = await site.signed_in(await site.person("Eve")), await site.signed_in(await site.person("Ada"))
    for victim in (ada, site.browser()):
        await eve.get("/account")
        await eve.submit("/account/identities/email", email=ADA)
        mail = (await site.mails(ADA))[0]
        await victim.get(link_in(mail))
        await victim.submit("/signin/code", code=code_in(mail))
        assert victim.page.status_code in {400, 401}
        site.clock.move(1)
    assert await site.parts.people.find(Identity("mailto:", ADA)) is None


async def test_another_language_keeps_the_way(site: Site) -> None:
    """Changing it on the way loses neither the attempt nor where one was, and is not forgotten."""
    browser = site.browser()
    await ask(browser)
    links = html.fromstring(browser.page.text).xpath("//footer//a[@hreflang='de']/@href")
    await browser.get(f"/signin/code{links[0]}")
    assert "Code aus der" in browser.page.text
    await browser.submit("/signin/code?lang=de", code=code_in((await site.mails(ADA))[0]))
    await browser.follow()
    await browser.submit("/signin/name?lang=de", display_name="Ada Byrne")
    assert browser.page.headers["location"] == "/standards?lang=de"
