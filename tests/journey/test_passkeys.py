"""Staff with passkeys: added, shown instead of a code, copied, removed, given up."""

import json
from base64 import b64decode
from hashlib import sha256

import pytest
from lxml import html
from msgspec.structs import replace

from moothall.kernel.limits import PASSKEY_LIFE_MS, PASSKEYS_EACH
from moothall.store.raw import row, rows
from tests.journey.test_second_factor import HERE, code_of, moderator, set_up
from tests.newsroom.clock import FakeClock
from tests.newsroom.device import PRESENT, Device
from tests.newsroom.shift import text
from tests.newsroom.site import SETTINGS, URL, Browser, Site, site_over

pytestmark = pytest.mark.anyio
PHONE = Device(count=1)
ADD, SHOW, END = "/account/passkeys", "/signin/second", f"{HERE}/end"
CONSOLE = "/console/held"


async def challenge(browser: Browser, path: str) -> str:
    """A fresh one, as the script asks for it."""
    answer = await browser.http.post(f"{path}/begin", headers={"x-moothall": "1", "origin": URL})
    assert answer.status_code == 200, answer.text
    return str(answer.json()["challenge"])


async def add(browser: Browser, device: Device, **typed: str) -> int:
    """The status of adding one on the page."""
    await browser.get(HERE)
    sent = device.make(await challenge(browser, ADD))
    return (await browser.submit(ADD, passkey=sent, **typed)).status_code


async def show(browser: Browser, device: Device, at: str = SHOW) -> int:
    """The status of showing one on the page of the second factor, or on another."""
    await browser.get(f"{SHOW}?next={CONSOLE}" if at == SHOW else HERE)
    sent = device.show(await challenge(browser, SHOW))
    return (await browser.submit(at, passkey=sent)).status_code


async def works_here(browser: Browser) -> bool:
    return (await browser.get(CONSOLE, accept="text/html")).status_code == 200


def listed(browser: Browser) -> list[str]:
    """The lines of the list of passkeys."""
    assert browser.page is not None
    lines = html.fromstring(browser.page.text).xpath("//section[@aria-labelledby='a-passkeys']//li/span")
    return [" ".join(one.itertext()) for one in lines]


async def test_a_passkey_stands_for_a_code(site: Site) -> None:
    """Added with a name, asked for in another browser, counted, and listed with its times."""
    who, first = await moderator(site)
    assert await add(first, PHONE, name="My phone") == 200
    codes = html.fromstring(first.page.text).xpath("//li/code/text()")  # type: ignore[union-attr]
    assert len(set(codes)) == 10
    assert await works_here(first)
    second = await site.signed_in(who)
    assert not await works_here(second)
    assert second.page is not None
    assert second.page.headers["location"] == f"{SHOW}?next={CONSOLE}"
    assert await show(second, PHONE.but(count=2)) == 303
    assert second.page.headers["location"] == CONSOLE
    assert await works_here(second)
    await second.get(HERE)
    assert len(listed(second)) == 1
    assert listed(second)[0].startswith("My phone Added ")
    assert "last used " in listed(second)[0]


async def test_a_recovery_code_helps_who_has_only_a_passkey(site: Site) -> None:
    """Once; wrong ones are counted, and nothing counts as digits of an authenticator that there is not."""
    who, first = await moderator(site)
    await add(first, PHONE)
    codes = html.fromstring(first.page.text).xpath("//li/code/text()")  # type: ignore[union-attr]
    for typed, status in (("000000", 422), (codes[0], 303), (codes[0], 422)):
        second = await site.signed_in(who)
        await second.get(SHOW)
        assert (await second.submit(SHOW, code=typed)).status_code == status
    for _ in range(4):
        await second.submit(SHOW, code="000000")
    assert (await second.submit(SHOW, code=codes[1])).status_code == 429
    assert await show(second, PHONE.but(count=2)) == 303


async def test_a_challenge_is_good_once_and_here_and_now(site: Site) -> None:
    """Not a second time, not in another session, not of another's, not too late, not an invented one."""
    who, first = await moderator(site)
    await add(first, PHONE)
    phone = PHONE.but(count=2)
    other = await site.signed_in(await site.person("Ada Pell"))
    mine, again = [await site.signed_in(who) for _ in range(2)]
    await mine.get(SHOW)
    late = phone.show(await challenge(mine, SHOW))
    site.clock.move(PASSKEY_LIFE_MS)
    assert (await mine.submit(SHOW, passkey=late)).status_code == 422
    for browser in (other, again):
        elsewhere = phone.show(await challenge(browser, SHOW))
        assert (await mine.submit(SHOW, passkey=elsewhere)).status_code == 422
    assert (await mine.submit(SHOW, passkey=phone.show("aW52ZW50ZWQ"))).status_code == 422
    assert not await works_here(mine)
    await mine.get(SHOW)
    right = phone.show(await challenge(mine, SHOW))
    assert (await mine.submit(SHOW, passkey=right)).status_code == 303
    await again.get(SHOW)
    for browser in (mine, again):
        assert (await browser.post(SHOW, again.fields(SHOW) | {"passkey": right})).status_code in {403, 422}
    assert not await works_here(again)


async def test_challenges_are_kept_as_digests(site: Site) -> None:
    """Nothing in the database answers one."""
    _, mo = await moderator(site)
    made = await challenge(mo, ADD)
    query = "SELECT secret_hash, data FROM signin_flow WHERE kind = 'passkey'"
    found = await site.parts.db.read(lambda c: rows(c, query))
    assert len(found) == 1
    assert made not in found[0][1]
    assert b64decode(made + "=", altchars=b"-_") != bytes(found[0][0])


async def test_only_one_s_own_and_verified_passkeys_count(site: Site) -> None:
    """Another's, of another site, and of whoever found the phone."""
    who, first = await moderator(site)
    await add(first, PHONE)
    vera = await site.signed_in(await site.person("Vera Moss"))
    theirs = PHONE.but(number=2)
    await add(vera, theirs)
    mine = await site.signed_in(who)
    evil = "https://evil.example"
    for device in (theirs, PHONE.but(origin=evil), PHONE.but(domain="evil.example"), PHONE.but(flags=PRESENT)):
        assert await show(mine, device.but(count=2)) == 422
        assert "did not work here" in text(mine)
    assert not await works_here(mine)
    assert await show(mine, PHONE.but(count=2)) == 303


async def test_a_copy_is_refused_and_logged(site: Site) -> None:
    """A count that does not rise; the session is not proved by it."""
    who, first = await moderator(site)
    await add(first, PHONE.but(count=8))
    mine = await site.signed_in(who)
    for count in (8, 3, 0):
        assert await show(mine, PHONE.but(count=count)) == 422
        assert "seems to have been copied" in text(mine)
    assert not await works_here(mine)
    assert await show(mine, PHONE.but(count=9)) == 303
    query = "SELECT before, after FROM decision WHERE kind = 'passkey' ORDER BY id"
    logged = await site.parts.db.read(lambda c: [tuple(one) for one in rows(c, query)])
    assert logged == [("", "on"), *[("on", "copied")] * 3]


async def test_who_has_not_shown_one_adds_none(site: Site) -> None:
    """Neither a passkey nor an authenticator, and sees no key: else a stolen mailbox would bring its own."""
    who, first = await moderator(site)
    await add(first, PHONE)
    await first.get(HERE)
    await first.submit(f"{HERE}/begin")
    await first.get(HERE)
    key = html.fromstring(first.page.text).xpath("string(//code)")  # type: ignore[union-attr]
    assert key
    thief = await site.signed_in(who)
    await thief.get(HERE)
    assert thief.page is not None
    assert (thief.page.status_code, thief.page.headers["location"]) == (303, f"{SHOW}?next={HERE}")
    await thief.get(SHOW)
    form = {"csrf": thief.fields(SHOW)["csrf"]}
    sent = PHONE.but(number=2).make(await challenge(thief, ADD))
    refused = [
        await thief.post(ADD, form | {"passkey": sent}),
        await thief.post(f"{HERE}/begin", form),
        await thief.post(HERE, form | {"code": code_of(key, site)}),
        await thief.post(f"{ADD}/remove", form | {"key": _key(PHONE)}),
    ]
    assert [one.status_code for one in refused] == [403] * 4
    assert (await thief.post(SHOW, form | {"code": code_of(key, site)})).status_code == 422
    assert not await works_here(thief)


async def test_the_last_factor_is_given_up_with_a_proof(site: Site) -> None:
    """One of two is removed by a button; the last only with a code or itself, and everything goes with it."""
    who, mo = await moderator(site)
    await add(mo, PHONE)
    await mo.get(HERE)
    last = await mo.submit(f"{ADD}/remove", key=_key(PHONE))
    assert (last.status_code, "only second factor" in text(mo)) == (409, True)
    assert await add(mo, PHONE.but(number=2)) == 303
    await mo.get(HERE)
    assert len(listed(mo)) == 2
    assert (await mo.submit(f"{ADD}/remove", key=_key(PHONE))).status_code == 303
    await mo.get(HERE)
    assert len(listed(mo)) == 1
    assert (await mo.submit(f"{ADD}/remove", key=_key(PHONE))).status_code == 404
    assert await show(mo, PHONE.but(count=2), at=END) == 422
    assert await show(mo, PHONE.but(number=2, count=2), at=END) == 303
    fresh = await site.signed_in(who)
    assert await works_here(fresh)
    left = "SELECT (SELECT count(*) FROM passkey) + (SELECT count(*) FROM recovery_code)"
    assert await site.parts.db.read(lambda c: row(c, left)[0]) == 0  # type: ignore[index]


async def test_passkeys_and_an_authenticator_stand_beside_each_other(site: Site) -> None:
    """Either is enough; the codes that were on paper first stay good, and one of the two may go."""
    who, mo = await moderator(site)
    key, codes = await set_up(mo, site)
    assert await add(mo, PHONE) == 303
    site.clock.move(30_000)
    for proof in ({"code": code_of(key, site)}, {"code": codes[0]}):
        other = await site.signed_in(who)
        await other.get(SHOW)
        assert (await other.submit(SHOW, **proof)).status_code == 303
    other = await site.signed_in(who)
    assert await show(other, PHONE.but(count=2)) == 303
    await other.get(HERE)
    assert (await other.submit(f"{ADD}/remove", key=_key(PHONE))).status_code == 303


async def test_a_passkey_is_of_one_account_and_they_are_few(site: Site) -> None:
    """Refused in words, with nothing changed."""
    _, mo = await moderator(site)
    for number in range(1, PASSKEYS_EACH + 1):
        site.clock.move(60_000)
        assert await add(mo, PHONE.but(number=number)) in {200, 303}
    assert await add(mo, PHONE.but(number=99)) == 409
    assert "as many passkeys" in text(mo)
    vera = await site.signed_in(await site.person("Vera Moss"))
    assert await add(vera, PHONE) == 409
    assert "already known" in text(vera)
    assert listed(vera) == []


async def test_nonsense_is_told_and_answers_are_counted(site: Site) -> None:
    """Whatever is sent instead of an answer; too many of them are refused for a while."""
    _, mo = await moderator(site)
    await mo.get(HERE)
    for sent in ("{}", "[" * 7_000, json.dumps({"credential": 1}), "\N{SNOWMAN}" * 9_000):
        assert (await mo.submit(ADD, passkey=sent)).status_code == 422
        assert "did not work here" in text(mo)
    form = mo.fields(ADD) | {"passkey": "{}"}
    statuses = [(await mo.post(ADD, form)).status_code for _ in range(40)]
    assert 429 in statuses


async def test_no_script_and_no_domain_are_told(db, clock: FakeClock) -> None:
    """What to do without a script; a site at an address of numbers offers none."""
    async with site_over(db, clock) as site:
        who, mo = await moderator(site)
        await add(mo, PHONE)
        other = await site.signed_in(who)
        assert "Without them, type a code." in (await other.get(SHOW)).text
    async with site_over(db, clock, replace(SETTINGS, base_url="https://192.0.2.7")) as site:
        mo, origin = site.browser(), "https://192.0.2.7"
        await mo.get(await site.link(who))
        await mo.post("/signin/link", mo.fields("/signin/link"), origin=origin)
        asked = await mo.http.post(f"{SHOW}/begin", headers={"x-moothall": "1", "origin": origin})
        assert asked.status_code == 404
        vera = await mo.get("/account/second-factor")
        assert vera.headers["location"].startswith(SHOW)


async def test_a_stranger_is_asked_nothing(site: Site) -> None:
    """Without a session there is no challenge."""
    nobody = site.browser()
    for path in (ADD, SHOW):
        answer = await nobody.http.post(f"{path}/begin", headers={"x-moothall": "1", "origin": URL})
        assert answer.status_code == 401


def _key(device: Device) -> str:
    """How forms name a passkey."""
    return sha256(device.name).hexdigest()[:16]
