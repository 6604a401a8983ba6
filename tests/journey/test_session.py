"""Sessions: their cookies, their ends, and what a ban or a new role does to them."""

import pytest
from sqlalchemy import select

from moothall.kernel.limits import (
    DAY_MS,
    HOUR_MS,
    SESSION_ABSOLUTE_MS,
    SESSION_IDLE_MS,
    STAFF_SESSION_IDLE_MS,
)
from moothall.kernel.secret import digest
from moothall.moderation.sanction import Ban
from moothall.people.appoint import Appointment
from moothall.people.model import Role
from moothall.settings import Settings
from moothall.store.tables import session
from tests.newsroom.site import SETTINGS, Site, site_over

pytestmark = pytest.mark.anyio
NAME = "__Host-moothall"


async def test_the_cookie_is_bound_to_this_host_and_hidden_from_script(site: Site) -> None:
    """One cookie with every guard that browsers have; the store holds only its hash."""
    browser = site.browser()
    await browser.get(await site.link(await site.person("Ada")))
    answer = await browser.submit("/signin/link")
    (line,) = [v for v in answer.headers.get_list("set-cookie") if v.startswith(f"{NAME}=")]
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=lax"} <= set(line.split("; "))
    assert "Domain" not in line
    token = browser.cookie(NAME)
    assert len(token) == 43
    rows = site.parts.db.read_now(lambda c: c.execute(select(session)).all())
    assert [row.token_hash for row in rows] == [digest(token)]
    assert token not in str(rows)


async def test_no_cookie_before_signing_in(site: Site) -> None:
    """Reading sets none; the sign-in page sets the one that signing in needs."""
    browser = site.browser()
    for path in ("/", "/standards", "/api/v1/me"):
        assert "set-cookie" not in (await browser.get(path)).headers
    assert "__Host-moothall-start" in (await browser.get("/signin")).headers["set-cookie"]


async def test_plain_http_sets_a_cookie_that_every_client_keeps(db, clock) -> None:
    """On http://127.0.0.1 a client that refuses Secure there is signed in by the second cookie."""
    settings = Settings(site_name=SETTINGS.site_name, port=8123)
    async with site_over(db, clock, settings) as site:
        browser = site.browser(origin=settings.public_url)
        await browser.get(await site.link(await site.person("Ada")))
        await browser.post("/signin/link", browser.fields("/signin/link"), origin=settings.public_url)
        assert await browser.me()
        assert browser.page.headers["set-cookie"].startswith("__Host-moothall=")


async def test_a_sign_in_ends_the_session_that_was_there(site: Site) -> None:
    """A token planted or copied before a sign-in is worth nothing after it."""
    ada = await site.person("Ada")
    browser = await site.signed_in(ada)
    before = browser.cookie(NAME)
    await browser.get(await site.link(ada))
    await browser.submit("/signin/link")
    assert browser.cookie(NAME) != before
    thief = site.browser()
    thief.http.cookies.set(NAME, before, domain="courier.example")
    assert await thief.me() is None


@pytest.mark.parametrize(
    ("role", "unused_ms"), [(Role.READER, SESSION_IDLE_MS), (Role.MODERATOR, STAFF_SESSION_IDLE_MS)]
)
async def test_an_unused_session_ends(site: Site, clock, role: Role, unused_ms: int) -> None:
    """Readers after thirty days, staff after twelve hours; a moment before it is still good."""
    person = await site.person("Ada", role)
    used, unused = await site.signed_in(person), await site.signed_in(person)
    clock.move(unused_ms - 1)
    assert await used.me()
    clock.move(1)
    assert (await used.me() is not None, await unused.me()) == (True, None)


async def test_no_session_outlives_its_absolute_end(site: Site, clock) -> None:
    """However often it is used."""
    browser = await site.signed_in(await site.person("Ada"))
    for _ in range(SESSION_ABSOLUTE_MS // (20 * DAY_MS) - 1):
        clock.move(20 * DAY_MS)
        assert await browser.me()
    clock.move(20 * DAY_MS)
    assert await browser.me() is None


async def test_a_clock_that_jumps_back_lets_nobody_in(site: Site, clock) -> None:
    """A session that was ended stays ended, and a live one lives on."""
    ada = await site.person("Ada")
    ended, live = await site.signed_in(ada), await site.signed_in(ada)
    await ended.get("/account")
    await ended.submit("/signout")
    clock.move(-2 * HOUR_MS)
    assert (await ended.me(), await live.me() is not None) == (None, True)


async def test_a_ban_and_a_new_role_count_at_once(site: Site) -> None:
    """The very next request of an open session knows; lifting a ban does too."""
    ada = await site.person("Ada", Role.MODERATOR)
    browser = await site.signed_in(ada)
    await site.parts.people.appoint(Appointment(site.parts.new_id(), ada, None, Role.READER, site.clock()))
    assert (await browser.me())["role"] == "reader"
    mo = await site.person("Mo", Role.MODERATOR)
    until_ms, now_ms = site.clock() + HOUR_MS, site.clock()
    await site.parts.moderation.ban(Ban(site.parts.new_id(), ada, mo, until_ms, "Insults", now_ms))
    refused = await browser.http.get("/api/v1/blocks")
    assert (refused.status_code, refused.json()["code"]) == (403, "banned")
    assert "Insults" in refused.json()["detail"]
    await site.parts.moderation.ban(Ban(site.parts.new_id(), ada, mo, None, "", now_ms))
    assert (await browser.http.get("/api/v1/blocks")).status_code == 200


async def test_sessions_are_listed_and_can_be_ended(site: Site) -> None:
    """One by one, all others at once, and one's own; nobody else's."""
    ada, bea = await site.person("Ada"), await site.person("Bea")
    here, there, third = [await site.signed_in(ada) for _ in range(3)]
    stranger = await site.signed_in(bea)
    page = await here.get("/account")
    assert page.headers["cache-control"] == "private, no-store"
    assert "This browser" in page.text
    key = digest(there.cookie(NAME)).hex()[:16]
    strangers = digest(stranger.cookie(NAME)).hex()[:16]
    form = here.fields("/account/sessions/end")
    await here.post("/account/sessions/end", form | {"session": strangers})
    await here.post("/account/sessions/end", form | {"session": key})
    assert (await there.me(), await third.me() is not None, await stranger.me() is not None) == (None, True, True)
    await here.post("/account/sessions/end", form | {"session": "others"})
    assert (await third.me(), await here.me() is not None) == (None, True)
    await here.get("/account")
    await here.submit("/signout")
    assert await here.me() is None
    assert list(here.http.cookies) == []


async def test_an_ended_session_is_told_apart_from_none(site: Site) -> None:
    """Who was signed out in the middle of writing is told so, by its own code."""
    browser = await site.signed_in(await site.person("Ada"))
    token = browser.cookie(NAME)
    await browser.get("/account")
    await browser.submit("/signout")
    nobody = await site.browser().http.get("/api/v1/blocks")
    browser.http.cookies.set(NAME, token, domain="courier.example")
    late = await browser.http.get("/api/v1/blocks")
    assert [(one.status_code, one.json()["code"]) for one in (nobody, late)] == [
        (401, "unauthorised"),
        (401, "session_expired"),
    ]


async def test_a_printed_link_signs_in_once(site: Site) -> None:
    """The page changes nothing; its button does, once; a day later it is over."""
    ada = await site.person("Ada")
    link, late = await site.link(ada), await site.link(ada)
    first, second = site.browser(), site.browser()
    await second.get(link)
    await first.get(link)
    assert "Ada" in first.page.text
    assert await first.me() is None
    await first.submit("/signin/link")
    await second.submit("/signin/link")
    assert (await first.me() is not None, second.page.status_code, await second.me()) == (True, 400, None)
    site.clock.move(DAY_MS)
    assert (await second.get(late)).status_code == 400


async def test_a_trial_sites_links_work_again_and_again(db, clock) -> None:
    """Where the setting says so, a link that was used in one browser still works in another."""
    settings = Settings(base_url=SETTINGS.base_url, site_name=SETTINGS.site_name, reusable_links=True)
    async with site_over(db, clock, settings) as site:
        link = await site.link(await site.person("Ada"))
        for _ in range(3):
            browser = site.browser()
            await browser.get(link)
            await browser.submit("/signin/link")
            assert await browser.me()


async def test_names_are_checked_and_unlike_each_other(site: Site) -> None:
    """A look-alike of a name, an office and invisible letters are refused, each by its reason."""
    await site.person("Ada Byrne")
    browser = await site.signed_in(await site.person("Bea"))
    reasons = {
        "Аdа Вуrnе": "looks like it, is taken",
        "ADA-BYRNE": "looks like it, is taken",
        "Moderator": "newsroom",
        "Harrowgate Courier": "newsroom",
        "\u200b\u200b\u200b": "invisible",
        "Ada\u202eenryB": "invisible",
        "A": "at least 2",
        "x" * 41: "1 characters too long",
    }
    for name, reason in reasons.items():
        await browser.get("/account")
        await browser.submit("/account/name", display_name=name)
        assert browser.page.status_code == 422, name
        assert reason in browser.page.text, name
    await browser.get("/account")
    await browser.submit("/account/name", display_name="Bea O’Hara")
    assert (await browser.me())["display_name"] == "Bea O’Hara"


async def test_blocks_are_made_and_taken_back(site: Site) -> None:
    """By form and by API; oneself and nobody cannot be blocked."""
    ada, bea = await site.person("Ada"), await site.person("Bea")
    from moothall.kernel.ids import to_text

    browser = await site.signed_in(ada)
    path = f"/people/{to_text(bea)}"
    await browser.get(f"{path}/block")
    await browser.submit(f"{path}/block")
    assert (await browser.http.get("/api/v1/me")).json()["blocked"] == [to_text(bea)]
    await browser.get("/account")
    await browser.submit(f"{path}/unblock")
    marked = {"x-moothall": "1"}
    answers = [
        (await browser.http.put(f"/api/v1/blocks/{to_text(who)}", headers=marked)).status_code
        for who in (bea, bea, ada, 12345)
    ]
    assert answers == [204, 204, 409, 404]
    assert [one["display_name"] for one in (await browser.http.get("/api/v1/blocks")).json()] == ["Bea"]
    await browser.http.delete(f"/api/v1/blocks/{to_text(bea)}", headers=marked)
    assert (await browser.http.get("/api/v1/me")).json()["blocked"] == []
