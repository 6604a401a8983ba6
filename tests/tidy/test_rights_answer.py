"""The matrix of rights, asked over HTTP: who lacks a right is refused where who has it is not."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import httpx
import pytest
from sqlalchemy import func, select

from moothall.kernel.ids import to_text
from moothall.kernel.secret import digest
from moothall.people.model import Role
from moothall.people.role import RIGHTS, Right
from moothall.store.database import Database
from moothall.store.tables import comment
from moothall.web.rights import matrix
from tests.newsroom.cast import Cast
from tests.newsroom.clock import FakeClock
from tests.newsroom.site import URL, Browser, Site, site_over

pytestmark = pytest.mark.anyio
_OPEN = {"public", "newsroom key"}
_STAFF_RIGHTS = {right.value for right in Right} - {right.value for right in RIGHTS[Role.TRUSTED]}
_REFUSED = {401, 403, 404}
_JSON = {"x-moothall": "1", "accept": "application/json", "content-type": "application/json"}
_BODIES = {"PATCH": b'{"body": "x"}', "POST": b'{"body": "x"}', "PUT": b'{"kind": "respect"}'}
# A signed-out reader's text is kept, and the page asks to sign in before it is posted.
_KEEPS = "POST /discussion/{story}/comments"


@dataclass
class House:
    """A site with one story, one comment, and what their addresses need."""

    site: Site
    names: dict[str, str]

    async def ask(self, browser: Browser, row: str) -> httpx.Response:
        """Send a request of the matrix that proves that it was meant, and says as little as it may."""
        method, path = row.split(" ")
        path = path.format_map(self.names)
        if path.startswith("/api/"):
            headers = {"origin": URL, **_JSON}
            return await browser.http.request(method, path, headers=headers, content=_BODIES.get(method, b""))
        form = {"csrf": await self._csrf(browser), "body": "x"} if method == "POST" else None
        return await browser.http.request(method, path, headers={"origin": URL}, data=form)

    async def comment_count(self) -> int:
        """Comments that exist, in whatever state."""
        return await self.site.parts.db.read(lambda c: c.scalar(select(func.count()).select_from(comment)) or 0)

    async def _csrf(self, browser: Browser) -> str:
        token = next((value for name, value in browser.http.cookies.items() if name.endswith("moothall")), "")
        known = await self.site.parts.people.known(digest(token)) if token else None
        return known.session.csrf if known else ""


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def house(db: Database, clock: FakeClock) -> AsyncIterator[House]:
    """One story with one comment, by somebody else than those who ask."""
    cast = Cast(db, clock)
    story, author = cast.story(), cast.person("Ada Lind")
    said = await cast.says(author, story, "The toll house still stands.")
    names = {"story": to_text(story), "comment": to_text(said.id), "account": to_text(author)}
    names |= {"statement": "none", "appeal": "none", "notice": "none", "code": "none", "seq": "1"}
    names |= {"person": to_text(author), "queue": "held", "key": "none", "secret": "none", "photo": "none"}
    async with site_over(db, clock) as site:
        yield House(site, names)


async def test_strangers_are_refused(house: House) -> None:
    """Without a session every address that is not public answers 401, or leads to signing in."""
    stranger = house.site.browser()
    wrong = {}
    for row, who in matrix().items():
        if who not in _OPEN:
            answer = await house.ask(stranger, row)
            to_signin = answer.is_redirect and answer.headers["location"].startswith("/signin")
            if answer.status_code != 401 and not to_signin and row != _KEEPS:
                wrong[row] = answer.status_code
    assert not wrong
    assert await house.comment_count() == 1


async def test_readers_are_refused_what_is_the_newsrooms(house: House) -> None:
    """A reader gets 403 or 404 where an administrator, asking the same, gets neither 401 nor 403."""
    reader = await house.site.signed_in(await house.site.person("Bo Falk"))
    admin = await house.site.signed_in(await house.site.person("Cara Holm", Role.ADMINISTRATOR))
    wrong = {}
    for row, who in matrix().items():
        if who in _STAFF_RIGHTS:
            refused, allowed = await house.ask(reader, row), await house.ask(admin, row)
            if refused.status_code not in _REFUSED or allowed.status_code in {401, 403}:
                wrong[row] = (refused.status_code, allowed.status_code)
    assert not wrong


async def test_a_key_is_asked_for(house: House) -> None:
    """A route for a CMS refuses an administrator's cookie."""
    admin = await house.site.signed_in(await house.site.person("Cara Holm", Role.ADMINISTRATOR))
    keyed = [row for row, who in matrix().items() if who == "newsroom key"]
    answers = {row: (await house.ask(admin, row)).status_code for row in keyed}
    assert answers
    # 422 is allowed: an empty document may be refused for what it lacks before the key is looked at.
    assert set(answers.values()) <= {401, 422}
