"""Staff sign in with a second factor: set up, asked for, lost and found."""

import base64

import pytest
from anyio import to_thread
from click.testing import CliRunner
from lxml import html
from msgspec.structs import replace

from moothall.cli import main
from moothall.kernel.limits import SECOND_FACTOR_TRIES
from moothall.people.model import AccountId, Role
from moothall.people.signin.second_factor import code_at
from moothall.store.database import open_database
from moothall.store.raw import rows
from tests.newsroom.clock import FakeClock
from tests.newsroom.shift import text
from tests.newsroom.site import SETTINGS, Browser, Site, site_over

pytestmark = pytest.mark.anyio
HERE = "/account/second-factor"


def code_of(key: str, site: Site) -> str:
    """What an authenticator with this key shows now."""
    plain = key.replace(" ", "")
    return code_at(base64.b32decode(plain + "=" * (-len(plain) % 8)), site.clock() // 30_000)


async def set_up(browser: Browser, site: Site) -> tuple[str, list[str]]:
    """The key and the recovery codes."""
    await browser.get(HERE)
    await browser.submit(f"{HERE}/begin")
    await browser.follow()
    assert browser.page is not None
    key = str(html.fromstring(browser.page.text).xpath("string(//code)"))
    answer = await browser.submit(HERE, code=code_of(key, site))
    assert answer.status_code == 200, text(browser)
    return key, [str(one) for one in html.fromstring(answer.text).xpath("//li/code/text()")]


async def moderator(site: Site) -> tuple[AccountId, Browser]:
    who = await site.person("Mo Lind", Role.MODERATOR)
    return who, await site.signed_in(who)


async def test_who_has_one_is_asked_for_it(site: Site) -> None:
    """In every other browser; a reader's rights are there meanwhile; no code counts twice."""
    who, first = await moderator(site)
    key, codes = await set_up(first, site)
    assert len(set(codes)) == 10
    assert (await first.get("/console/held")).status_code == 200
    second = await site.signed_in(who)
    answer = await second.get("/console/held", accept="text/html")
    assert (answer.status_code, answer.headers["location"]) == (303, "/signin/second?next=/console/held")
    assert (await second.get("/api/v1/me")).status_code == 200
    refused = await second.http.post(
        "/console/decisions", json={}, headers={"x-moothall": "1", "origin": "https://courier.example"}
    )
    assert (refused.status_code, refused.json()["code"]) == (403, "second_factor_needed")
    await second.get("/signin/second?next=/console/held")
    used = await second.submit("/signin/second", code=code_of(key, site))
    assert used.status_code == 422
    assert "was used before" in text(second)
    site.clock.move(30_000)
    right = await second.submit("/signin/second", code=code_of(key, site))
    assert (right.status_code, right.headers["location"]) == (303, "/console/held")
    assert (await second.get("/console/held")).status_code == 200


async def test_a_recovery_code_counts_once(site: Site) -> None:
    """However it is typed; the key is shown to nobody afterwards."""
    who, first = await moderator(site)
    _, codes = await set_up(first, site)
    await first.get(HERE)
    assert not html.fromstring(first.page.text).xpath("//code")  # type: ignore[union-attr]
    for status in (303, 422):
        second = await site.signed_in(who)
        await second.get("/signin/second")
        answer = await second.submit("/signin/second", code=codes[0].upper().replace("-", " "))
        assert answer.status_code == status


async def test_guessing_makes_wait(site: Site) -> None:
    """A right code is refused, too, until the wait is over; only who guesses waits."""
    who, first = await moderator(site)
    key, _ = await set_up(first, site)
    second = await site.signed_in(who)
    await second.get("/signin/second")
    for _ in range(SECOND_FACTOR_TRIES):
        assert (await second.submit("/signin/second", code="000000")).status_code == 422
    site.clock.move(30_000)
    assert (await second.submit("/signin/second", code=code_of(key, site))).status_code == 429
    site.clock.move(60_000)
    assert (await second.submit("/signin/second", code=code_of(key, site))).status_code == 303
    assert (await first.get("/console/held")).status_code == 200


async def test_a_site_can_ask_all_of_its_staff(db_site: Site) -> None:
    """Who has none is led to set one up, and has a reader's rights until then; readers are not asked."""
    _, mo = await moderator(db_site)
    await mo.get("/console/held", accept="text/html")
    await mo.follow()
    await mo.follow()
    assert "This site asks everybody who works here" in text(mo)
    await set_up(mo, db_site)
    assert (await mo.get("/console/held")).status_code == 200
    ada = await db_site.signed_in(await db_site.person("Ada Pell"))
    assert (await ada.get("/account")).status_code == 200
    assert (await ada.get("/console/held")).status_code == 403


async def test_giving_it_up_takes_a_code(site: Site) -> None:
    """And is logged; a new key does not replace one that counts."""
    _, mo = await moderator(site)
    key, _ = await set_up(mo, site)
    await mo.get(HERE)
    form = mo.fields(f"{HERE}/end")
    assert (await mo.post(f"{HERE}/begin", form)).status_code == 303
    assert (await mo.post(f"{HERE}/end", form | {"code": "000000"})).status_code == 422
    site.clock.move(30_000)
    assert (await mo.post(f"{HERE}/end", form | {"code": code_of(key, site)})).status_code == 303
    logged = "SELECT before, after FROM decision WHERE kind = 'second_factor' ORDER BY id"
    found = await site.parts.db.read(lambda c: [tuple(one) for one in rows(c, logged)])
    assert found == [("", "on"), ("on", "")]


async def test_who_lost_everything_is_helped_at_the_machine(tmp_path, clock: FakeClock) -> None:
    """The command forgets it, and says when there is nothing."""
    url = f"sqlite:///{tmp_path / 'moothall.db'}"
    db = open_database(url)
    async with site_over(db, clock) as site:
        _, mo = await moderator(site)
        await set_up(mo, site)
    db.close()
    first, second, third = [
        await to_thread.run_sync(CliRunner().invoke, main, ["second-factor", name, "--data", str(tmp_path)])
        for name in ("Mo Lind", "Mo Lind", "Nobody Here")
    ]
    assert "is forgotten" in first.output
    assert "has none" in second.output
    assert third.exit_code == 1


@pytest.fixture
async def db_site(db, clock: FakeClock):
    """A site that asks all of its staff."""
    async with site_over(db, clock, replace(SETTINGS, staff_second_factor=True)) as opened:
        yield opened
