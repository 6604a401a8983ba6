"""A moderator at work, and a reader who gives them some."""

from dataclasses import dataclass

import httpx
from lxml import html

from moothall.people.model import AccountId, Role
from moothall.store.raw import rows, run
from tests.newsroom.site import Browser, Site
from tests.newsroom.talk import JSON, PRE, Talk, talk_on


@dataclass
class Shift:
    """A moderator, a reader and a discussion."""

    talk: Talk
    mo: Browser
    ada: Browser
    ada_id: AccountId

    async def said(self, body: str = "Eleven months is optimistic.", **fields: str) -> str:
        """The id of what Ada wrote just now."""
        self.talk.site.clock.move(60_000)
        answer = await self.talk.say(self.ada, body, **fields)
        assert answer.status_code in {201, 202}, answer.text
        found: str = answer.json()["id"]
        return found

    async def queue(self, name: str = "held") -> list[str]:
        """Ids of the comments on a queue's page."""
        page = html.fromstring((await self.mo.get(f"/console/{name}")).text)
        return [str(one).removeprefix("c-") for one in page.xpath("//ol[@class='queue']/li/@id")]

    async def decide(self, comment: str, **typed: str) -> None:
        """Press a button on the open page, and go where it leads."""
        answer = await self.mo.submit(f"/c/{comment}/decide", **typed)
        assert answer.status_code == 303, answer.text[-500:]
        await self.mo.follow()

    async def at(self, path: str) -> Browser:
        """Mo's browser on a page."""
        await self.mo.get(path)
        return self.mo

    async def sent(
        self, comment: str, *, key: str = "k", by: Browser | None = None, **fields: object
    ) -> httpx.Response:
        """A decision as the console's script sends it."""
        body = {"key": key, "comment": comment, "act": "approve", "state": "held", "revision": 0} | fields
        return await (by or self.mo).http.post("/console/decisions", json=body, headers=JSON)

    async def renewed(self, ids: list[str]) -> httpx.Response:
        """What the script of an open page asks for again and again."""
        body = {"queue": "held", "ids": ids, "newest": ids[-1]}
        return await self.mo.http.post("/console/claims", json=body, headers=JSON)

    async def whole(self) -> list[tuple[object, ...]]:
        """Everything that a decision may change on comments, reports and stories."""
        sql = (
            "SELECT c.id, c.state, c.shown, c.removal_rule, c.report_count, c.reply_count, c.revision,"
            " (SELECT count(*) FROM report r WHERE r.comment_id = c.id AND r.settled = 0), s.comment_count"
            " FROM comment c JOIN story s ON s.id = c.story_id ORDER BY c.id"
        )
        return [tuple(one) for one in await self.talk.site.parts.db.read(lambda c: rows(c, sql))]

    async def demote(self) -> None:
        """Mo is a reader from now on."""
        sql = "UPDATE account SET role = 'reader' WHERE role = 'moderator'"
        await self.talk.site.parts.db.write(lambda tx: run(tx.conn, sql))

    async def state(self, comment: str) -> str:
        """As its author is told."""
        answer = await self.ada.get(f"/api/v1/comments/{comment}")
        found: str = answer.json().get("state", str(answer.status_code))
        return found


async def shift_on(site: Site) -> Shift:
    """A pre-moderated story, Ada who writes, Mo who decides."""
    talk = await talk_on(site, **PRE)
    ada_id, ada = await talk.reader("Ada Pell")
    _, mo = await talk.reader("Mo Lind", Role.MODERATOR)
    return Shift(talk, mo, ada, ada_id)


def text(browser: Browser) -> str:
    """The words of the open page."""
    assert browser.page is not None
    return " ".join(html.fromstring(browser.page.text).text_content().split())


async def live_shift_on(site: Site) -> Shift:
    """The same on a story whose comments are live at once."""
    made = await shift_on(site)
    made.talk = await talk_on(site, headline="Ferry to run until midnight")
    return made
