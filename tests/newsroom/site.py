"""A whole site in this process, and browsers that visit it."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Self

import httpx
from lxml import html

from moothall.app import join
from moothall.kernel.asgi import App
from moothall.people.model import Account, AccountId, Role
from moothall.people.naming import check_name
from moothall.people.signin import one_time_link
from moothall.settings import Settings
from moothall.store import mail
from moothall.store.database import Database
from moothall.web.application import build_application
from moothall.web.headers import Secured
from moothall.web.quick_comment import QuickComment
from moothall.web.rate_limit import Limiter
from moothall.web.services import Services
from tests.newsroom.clock import FakeClock

URL = "https://courier.example"
SETTINGS = Settings(base_url=URL, site_name="The Harrowgate Courier", mailbox_page=True)


@dataclass
class Browser:
    """One browser: keeps cookies, says where it is, fills in forms as a person would."""

    http: httpx.AsyncClient
    page: httpx.Response | None = None

    async def get(self, path: str, **headers: str) -> httpx.Response:
        """Open an address."""
        self.page = await self.http.get(path, headers={k.replace("_", "-"): v for k, v in headers.items()})
        return self.page

    async def post(self, path: str, data: Mapping[str, str] | None = None, **headers: str) -> httpx.Response:
        """Send a form that was not on a page; `Origin` is ours unless said otherwise."""
        sent = {"origin": URL} | {k.replace("_", "-"): v for k, v in headers.items()}
        self.page = await self.http.post(path, data=data, headers={k: v for k, v in sent.items() if v})
        return self.page

    async def submit(self, action: str, **typed: str) -> httpx.Response:
        """Fill in the form of the open page that leads to `action`, hidden fields and all."""
        return await self.post(action, self.fields(action) | typed)

    async def follow(self) -> httpx.Response:
        """Go where the last answer leads."""
        assert self.page is not None
        assert self.page.status_code in {301, 302, 303}, (self.page.status_code, self.page.text[-800:])
        return await self.get(self.page.headers["location"])

    def fields(self, action: str) -> dict[str, str]:
        """The hidden fields of a form on the open page."""
        assert self.page is not None
        to = "//form[@action=$action or @id=//button[@formaction=$action]/@form]"
        forms = html.fromstring(self.page.text).xpath(to, action=action)
        assert forms, f"no form to {action} on {self.page.url} ({self.page.status_code})"
        return {i.get("name"): i.get("value") or "" for i in forms[0].xpath(".//input[@type='hidden']")}

    def cookie(self, name: str) -> str | None:
        return self.http.cookies.get(name)

    async def me(self) -> dict[str, object] | None:
        """Who the site takes this browser for."""
        answer = await self.http.get("/api/v1/me")
        found: dict[str, object] | None = answer.json()["account"]
        return found


@dataclass
class Site:
    """Parts, the app over them, and the people who come."""

    parts: Services
    clock: FakeClock
    app: App
    open: list[httpx.AsyncClient] = field(default_factory=list)

    @classmethod
    def over(cls, db: Database, clock: FakeClock, settings: Settings = SETTINGS) -> Self:
        parts = join(settings, db, clock=clock)
        parts = replace(parts, limiter=Limiter(lambda: float(clock())))
        return cls(parts, clock, Secured(QuickComment(build_application(parts)), settings))

    def serve(self, parts: Services) -> None:
        """Serve other parts from now on."""
        self.parts = parts
        self.app = Secured(QuickComment(build_application(parts)), parts.settings)

    def browser(self, address: str = "192.0.2.1", **headers: str) -> Browser:
        transport = httpx.ASGITransport(self.app, client=(address, 5000))  # type: ignore[arg-type]
        base = self.parts.settings.public_url
        client = httpx.AsyncClient(transport=transport, base_url=base, headers=headers)
        self.open.append(client)
        return Browser(client)

    async def person(self, name: str, role: Role = Role.READER) -> AccountId:
        """An account with a name and no way to sign in but a link."""
        made = AccountId(self.parts.new_id())
        account = Account(made, name, role, self.clock())
        key = check_name(name, staff=True).key
        await self.parts.people.add_account(account, name_key=key)
        return made

    async def link(self, account: AccountId) -> str:
        """The path of a one-time link."""
        token = f"token-of-{account}-{self.parts.new_id()}"
        return await one_time_link.issue(self.parts.people, account, token=token, now_ms=self.clock())

    async def signed_in(self, account: AccountId, address: str = "192.0.2.1") -> Browser:
        """A browser in which somebody is signed in."""
        browser = self.browser(address)
        await browser.get(await self.link(account))
        await browser.submit("/signin/link")
        assert await browser.me()
        return browser

    async def mails(self, to: str | None = None) -> list[str]:
        """Texts of the mails in the outbox, newest first."""
        letters = await self.parts.db.read(lambda c: mail.newest(c, 100))
        return [one.letter.text for one in letters if to in (None, one.letter.recipient)]

    async def close(self) -> None:
        for client in self.open:
            await client.aclose()
        await self.parts.http.aclose()


@asynccontextmanager
async def site_over(db: Database, clock: FakeClock, settings: Settings = SETTINGS) -> AsyncIterator[Site]:
    """A site that is closed afterwards; the database stays open."""
    site = Site.over(db, clock, settings)
    try:
        yield site
    finally:
        await site.close()


def code_in(text: str) -> str:
    """The six digits of a sign-in mail."""
    return next(line for line in text.splitlines() if len(line) == 6 and line.isdecimal())


def link_in(text: str) -> str:
    """The path of the link in a sign-in mail."""
    line = next(line for line in text.splitlines() if line.startswith(URL))
    return line.removeprefix(URL)
