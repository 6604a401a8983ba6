"""Providers that lie, and answers that are not ours: nobody is signed in, nothing is taken over."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select

from moothall.people.model import Identity, Role
from moothall.people.signin.email_code import ISSUER as MAIL
from moothall.people.signin.oidc import Client, OidcWay
from moothall.store.database import Database
from moothall.store.tables import account, identity, session
from tests.newsroom import hostile
from tests.newsroom.clock import NOON_MS, FakeClock
from tests.newsroom.hostile import CLIENT_ID, CLIENT_SECRET, ISSUER, Hostile
from tests.newsroom.site import Browser, Site, site_over

pytestmark = pytest.mark.anyio
NOW_S = NOON_MS // 1000
CALLBACK = "/signin/with/town/callback"


@pytest.fixture
def bad() -> Hostile:
    """A provider that is honest until a test turns it."""
    return Hostile()


@pytest.fixture
async def site(db: Database, clock: FakeClock, bad: Hostile) -> AsyncIterator[Site]:
    """A site whose providers `town` and `gown` are that one; a moderator has an address and an identity."""
    async with site_over(db, clock) as opened:
        http = bad.client()
        client = Client(ISSUER, CLIENT_ID, CLIENT_SECRET, ("openid",))
        ways = {key: OidcWay(key, key, client, http=http, clock=clock) for key in ("town", "gown")}
        parts = replace(opened.parts, ways=ways)
        opened.serve(parts)
        vera = await opened.person("Vera Lind", Role.MODERATOR)
        for one in (Identity(MAIL, "vera@courier.example"), Identity("https://other.example", "vera")):
            await parts.people.add_identity(vera, one, email="vera@courier.example", at_ms=clock())
        yield opened
        await http.aclose()


async def leave(browser: Browser, bad: Hostile, key: str = "town") -> httpx.QueryParams:
    """Out to the provider, which remembers the nonce that it was given."""
    await browser.get(f"/signin/with/{key}")
    assert browser.page.status_code == 303, browser.page.text[-500:]
    sent = httpx.URL(browser.page.headers["location"]).params
    bad.claims = honest(sent["nonce"]) | bad.claims
    return sent


def honest(nonce: str) -> dict[str, object]:
    """Good claims, with a moderator's address among them."""
    times = {"iat": NOW_S, "exp": NOW_S + 300}
    who = {"sub": "ada", "email": "vera@courier.example", "email_verified": True}
    return {"iss": ISSUER, "aud": CLIENT_ID, "nonce": nonce} | times | who


async def outcome(site: Site, browser: Browser) -> tuple[int, object, int, int]:
    """Status, who is signed in, and how many accounts and sessions there are."""

    def count(conn: Any) -> tuple[int, int]:
        return tuple(conn.scalar(select(func.count()).select_from(table)) for table in (account, session))

    counts = site.parts.db.read_now(count)
    return (browser.page.status_code, await browser.me(), *counts)


REFUSED = (400, None, 1, 0)
DOWN = (502, None, 1, 0)


async def test_an_honest_answer_signs_in_a_reader(site: Site, bad: Hostile) -> None:
    """The same set-up, nothing turned: it works, and the claimed address of a moderator gives no right."""
    browser = site.browser()
    state = (await leave(browser, bad))["state"]
    await browser.get(f"{CALLBACK}?code=c&state={state}")
    me = await browser.me()
    assert (me["role"], me["named"]) == ("reader", False)
    assert bad.asked[0]["code_verifier"]
    rows = site.parts.db.read_now(lambda c: c.execute(select(identity.c.issuer, identity.c.subject)).all())
    assert (ISSUER, "ada") in rows


LIES: dict[str, Callable[[Hostile], object]] = {
    "nonce of another": lambda bad: bad.claims.update(nonce="of another"),
    "no nonce": lambda bad: bad.claims.update(nonce=...),
    "empty nonce": lambda bad: bad.claims.update(nonce=""),
    "audience of another": lambda bad: bad.claims.update(aud="another"),
    "no audience": lambda bad: bad.claims.update(aud=...),
    "several audiences": lambda bad: bad.claims.update(aud=[CLIENT_ID, "another"]),
    "party of another": lambda bad: bad.claims.update(azp="another"),
    "issuer of another": lambda bad: bad.claims.update(iss="https://other.example"),
    "issuer with a slash": lambda bad: bad.claims.update(iss=ISSUER + "/"),
    "no issuer": lambda bad: bad.claims.update(iss=...),
    "over": lambda bad: bad.claims.update(exp=NOW_S - 61),
    "endless": lambda bad: bad.claims.update(exp=...),
    "end as text": lambda bad: bad.claims.update(exp=str(NOW_S + 300)),
    "from the future": lambda bad: bad.claims.update(iat=NOW_S + 61),
    "from long ago": lambda bad: bad.claims.update(iat=NOW_S - 601),
    "of no time": lambda bad: bad.claims.update(iat=...),
    "not yet good": lambda bad: bad.claims.update(nbf=NOW_S + 61),
    "nobody": lambda bad: bad.claims.update(sub=...),
    "nobody by name": lambda bad: bad.claims.update(sub=""),
    "a number": lambda bad: bad.claims.update(sub=7),
    "an endless subject": lambda bad: bad.claims.update(sub="a" * 256),
    "alg none": lambda bad: setattr(bad, "make", hostile.unsigned),
    "signature cut off": lambda bad: setattr(bad, "make", hostile.stripped),
    "HS256 by the secret": lambda bad: setattr(bad, "make", hostile.by_secret),
    "HS256 by the public key": lambda bad: setattr(bad, "make", hostile.by_public_key),
    "a stranger's key": lambda bad: setattr(bad, "make", hostile.by_stranger),
    "a key of its own": lambda bad: setattr(bad, "make", hostile.with_own_key),
    "an unoffered algorithm": lambda bad: setattr(bad, "make", hostile.by_unoffered),
    "no keys": lambda bad: bad.keys.clear(),
    "a key for encryption": lambda bad: bad.keys[0].update(use="enc"),
    "a key of another algorithm": lambda bad: bad.keys[0].update(alg="RS512"),
    "no token at all": lambda bad: setattr(bad, "make", lambda _: "garbage"),
    "a token in pieces": lambda bad: setattr(bad, "make", lambda _: "a.b.c"),
    "letters beyond ASCII": lambda bad: setattr(bad, "make", lambda _: "ä.ö.ü"),
    "another token's claims": lambda bad: setattr(bad, "make", lambda claims: hostile.signed({"sub": "vera"})),
}


@pytest.mark.parametrize("lie", LIES)
async def test_a_lie_signs_nobody_in(site: Site, bad: Hostile, lie: str) -> None:
    """No account, no session, and a page that lets one start again."""
    LIES[lie](bad)
    browser = site.browser()
    state = (await leave(browser, bad))["state"]
    await browser.get(f"{CALLBACK}?code=c&state={state}")
    assert await outcome(site, browser) == REFUSED
    assert "Send me a code" in browser.page.text


ANSWERS: dict[str, Callable[[str, str], dict[str, str]]] = {
    "no state": lambda code, state: {"code": code},
    "state of nobody": lambda code, state: {"code": code, "state": "x" * 43},
    "no code": lambda code, state: {"state": state},
    "issuer of another": lambda code, state: {"code": code, "state": state, "iss": "https://other.example"},
    "an error": lambda code, state: {"error": "server_error", "state": state},
}


@pytest.mark.parametrize("answer", ANSWERS)
async def test_an_answer_that_is_not_ours_signs_nobody_in(site: Site, bad: Hostile, answer: str) -> None:
    """What the browser brings must fit what it left with."""
    browser = site.browser()
    state = (await leave(browser, bad))["state"]
    await browser.get(f"{CALLBACK}?{httpx.QueryParams(ANSWERS[answer]('c', state))}")
    assert await outcome(site, browser) == REFUSED


async def test_an_answer_must_say_its_issuer_where_the_provider_promised(site: Site, bad: Hostile) -> None:
    """RFC 9207: leaving it out is as wrong as another's."""
    bad.discovery["authorization_response_iss_parameter_supported"] = True
    browser = site.browser()
    state = (await leave(browser, bad))["state"]
    await browser.get(f"{CALLBACK}?code=c&state={state}")
    assert await outcome(site, browser) == REFUSED


async def test_providers_cannot_be_mixed_up(site: Site, bad: Hostile) -> None:
    """An answer to one provider's departure is not taken at another's address."""
    browser = site.browser()
    state = (await leave(browser, bad, "gown"))["state"]
    await browser.get(f"{CALLBACK}?code=c&state={state}")
    assert await outcome(site, browser) == REFUSED
    assert bad.asked == []


async def test_codes_and_states_cannot_be_replayed(site: Site, bad: Hostile) -> None:
    """The second use of an answer does nothing, wherever it comes from."""
    browser, thief = site.browser(), site.browser()
    state = (await leave(browser, bad))["state"]
    await browser.get(f"{CALLBACK}?code=c&state={state}")
    for other in (browser, thief):
        await other.get(f"{CALLBACK}?code=c&state={state}")
        assert other.page.status_code == 400
    assert (await outcome(site, thief))[1:] == (None, 2, 1)
    assert len(bad.asked) == 1


async def test_nobody_is_signed_in_as_somebody_elses_doing(site: Site, bad: Hostile) -> None:
    """An attacker's answer, opened in a reader's browser, does not sign the reader in as the attacker."""
    attacker, reader = site.browser(), site.browser()
    state = (await leave(attacker, bad))["state"]
    await leave(reader, bad)
    await reader.get(f"{CALLBACK}?code=c&state={state}")
    assert await outcome(site, reader) == REFUSED


async def test_a_second_identity_waits_for_a_yes(site: Site, bad: Hostile) -> None:
    """Being led through a provider adds nothing; neither does another browser's or account's yes."""
    ada = await site.person("Ada Byrne")
    browser, other = await site.signed_in(ada), await site.signed_in(await site.person("Bea"))
    await browser.get("/account/identities/with/town")
    sent = httpx.URL(browser.page.headers["location"]).params
    bad.claims = honest(sent["nonce"]) | {"sub": "eve"}
    await browser.get(f"{CALLBACK}?code=c&state={sent['state']}")
    offer = browser.fields("/account/identities/add")["offer"]
    await other.get("/account")
    form = {"csrf": other.fields("/signout")["csrf"], "offer": offer}
    await other.post("/account/identities/add", form)
    assert other.page.status_code == 400
    assert await site.parts.people.find(Identity(ISSUER, "eve")) is None


DOWNS: dict[str, Callable[[httpx.Request], httpx.Response | None]] = {
    "is down": lambda _: httpx.Response(503),
    "leads elsewhere": lambda _: httpx.Response(302, headers={"location": "http://169.254.169.254/"}),
    "says nonsense": lambda _: httpx.Response(200, text="<html>"),
    "says a list": lambda _: httpx.Response(200, json=[1]),
    "never ends": lambda _: httpx.Response(200, content=b" " * 1_000_000),
}


@pytest.mark.parametrize("down", DOWNS)
async def test_a_provider_that_fails_is_told_of(site: Site, bad: Hostile, down: str) -> None:
    """The page names the provider and offers the other ways."""
    bad.answer = DOWNS[down]
    browser = site.browser()
    await browser.get("/signin/with/town")
    assert await outcome(site, browser) == DOWN
    assert "town could not be reached" in browser.page.text


DISCOVERIES: dict[str, dict[str, object]] = {
    "another issuer": {"issuer": "https://other.example"},
    "an open address": {"token_endpoint": "http://town.example/token"},
    "no keys' address": {"jwks_uri": None},
    "shared secrets only": {"id_token_signing_alg_values_supported": ["HS256", "none"]},
}


@pytest.mark.parametrize("said", DISCOVERIES)
async def test_a_provider_that_says_wrong_things_of_itself_is_not_used(site: Site, bad: Hostile, said: str) -> None:
    """Before anything was sent to it."""
    bad.discovery = DISCOVERIES[said]
    browser = site.browser()
    await browser.get("/signin/with/town")
    assert await outcome(site, browser) == DOWN


async def test_new_keys_are_asked_for_once_a_minute(site: Site, bad: Hostile, clock: FakeClock) -> None:
    """Tokens that name unknown keys do not make us hammer the provider; after a change of keys we go on."""
    seen: list[str] = []

    def count(request: httpx.Request) -> None:
        seen.append(request.url.path)

    bad.answer = count
    bad.keys = []
    for _ in range(5):
        browser = site.browser()
        state = (await leave(browser, bad))["state"]
        bad.claims = {}
        await browser.get(f"{CALLBACK}?code=c&state={state}")
    assert seen.count("/keys") == 1
    clock.move(60_000)
    bad.keys = [hostile.KEY.as_dict(private=False)]
    browser = site.browser()
    state = (await leave(browser, bad))["state"]
    await browser.get(f"{CALLBACK}?code=c&state={state}")
    assert await browser.me()
