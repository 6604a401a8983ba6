"""What people are owed for decisions, over HTTP: statements, appeals, notices, the ledger."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from lxml import html

from moothall.discussion.model import CommentId
from moothall.kernel.ids import from_text, to_text
from moothall.moderation.decide import Act, Decision
from moothall.people.model import AccountId, Role
from moothall.store.database import Database
from moothall.store.tables import statement
from tests.newsroom.clock import FakeClock
from tests.newsroom.site import Browser, Site, site_over
from tests.newsroom.talk import Talk, talk_on

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@dataclass
class Shift:
    """A reader, two moderators, a discussion."""

    site: Site
    talk: Talk
    ada: Browser
    mo: Browser
    ida: Browser
    mo_id: AccountId

    async def removed(self, body: str = "A word about the mayor's hat.") -> tuple[str, str]:
        """A comment that Mo took down: its id, and the address of its statement."""
        said = (await self.talk.say(self.ada, body)).json()["id"]
        number = self.site.parts.new_id()
        about = CommentId(from_text(said) or 0)
        made = Decision(number, about, self.mo_id, Act.REMOVE, "civil", "Please, not the hat.", self.site.clock())
        await self.site.parts.moderation.decide(made)
        return said, f"/statements/{to_text(number)}"

    async def state(self, comment: str) -> str:
        found = await self.site.parts.comments.get(CommentId(from_text(comment) or 0))
        return found.state.value


def text(browser: Browser) -> str:
    """The words of the open page."""
    assert browser.page is not None
    return " ".join(html.fromstring(browser.page.text).text_content().split())


@pytest.fixture
async def shift(db: Database, clock: FakeClock) -> AsyncIterator[Shift]:
    async with site_over(db, clock) as site:
        talk = await talk_on(site)
        mo_id = await site.person("Mo Field", Role.MODERATOR)
        yield Shift(
            site=site,
            talk=talk,
            ada=await site.signed_in(await site.person("Ada Pell")),
            mo=await site.signed_in(mo_id),
            ida=await site.signed_in(await site.person("Ida Moss", Role.MODERATOR)),
            mo_id=mo_id,
        )


async def test_the_author_reads_why(shift: Shift) -> None:
    """On the account page and behind it: rule, note, text, who decided; nobody else but staff may."""
    said, path = await shift.removed()
    await shift.ada.get("/account")
    assert f'href="{path}"' in shift.ada.page.text
    assert (await shift.ada.get(path)).status_code == 200
    told = text(shift.ada)
    for words in ("Your comment was removed", "Argue with what was said", "Please, not the hat.", "A word about",
                  "A person looked at it and decided.", "You can appeal until"):  # fmt: skip
        assert words in told
    assert (await shift.mo.get(path)).status_code == 200
    assert f'href="/c/{said}/statement"' in (await shift.ada.get(f"/c/{said}")).text
    assert (await shift.ada.get(f"/c/{said}/statement")).headers["location"] == path
    stranger = await shift.site.signed_in(await shift.site.person("Bo Reed"))
    assert (await stranger.get(path)).status_code == 404
    assert (await shift.site.browser().get(path)).status_code == 401
    assert (await stranger.get(f"/c/{said}/statement")).status_code == 404


async def test_an_appeal_is_one_click_and_goes_to_somebody_else(shift: Shift) -> None:
    """Whoever decided first is refused with a reason; the other one restores the comment to the page."""
    said, path = await shift.removed()
    await shift.ada.get(path)
    assert (await shift.ada.submit(f"{path}/appeal", reason="It was a kind word.")).status_code == 303
    await shift.ada.follow()
    assert "Somebody else is looking at it" in text(shift.ada)
    await shift.mo.get("/console/appeals")
    (link,) = html.fromstring(shift.mo.page.text).xpath("//ul[@class='rows']//a/@href")
    await shift.mo.get(link)
    refused = await shift.mo.submit(link, outcome="reversed", note="It was.")
    assert refused.status_code == 403
    assert "Somebody else has to decide this" in text(shift.mo)
    await shift.ida.get(link)
    assert ("It was a kind word." in text(shift.ida), "Appeals 1" in text(shift.ida)) == (True, True)
    assert (await shift.ida.submit(link, outcome="reversed", note="It was kind.")).status_code == 303
    assert await shift.state(said) == "live"
    await shift.ada.get(path)
    assert "On appeal the decision was taken back. It was kind." in text(shift.ada)
    await shift.ida.get("/console/numbers")
    drawn = html.fromstring(shift.ida.page.text).xpath("//tr[td='It was taken back']/td[@class='number']/text()")
    assert drawn == ["1"]
    table = (await shift.ida.get("/console/numbers.csv")).text.splitlines()
    assert (table[0].split(",")[-3:], table[-1].split(",")[-3:]) == (
        ["upheld", "partly", "reversed"],
        ["0", "0", "1"],
    )
    await shift.ida.get("/console/appeals")
    assert ("Nothing waits here." in text(shift.ida), "Appeals 1" in text(shift.ida)) == (True, False)


async def test_a_banned_reader_may_still_appeal(shift: Shift) -> None:
    """Being kept out of discussions does not keep one from the reasons."""
    ada = (await shift.ada.me())["id"]
    await shift.mo.get(f"/people/{ada}/sanctions")
    await shift.mo.submit(f"/people/{ada}/sanctions", kind="suspend", days="7", reason="Hats, again.")
    await shift.ada.get("/account")
    (path,) = html.fromstring(shift.ada.page.text).xpath("//*[@aria-labelledby='a-cases']//a/@href")
    await shift.ada.get(path)
    assert "Your account is suspended" in text(shift.ada)
    assert (await shift.ada.submit(f"{path}/appeal")).status_code == 303
    await shift.ida.get("/console/appeals")
    (link,) = html.fromstring(shift.ida.page.text).xpath("//ul[@class='rows']//a/@href")
    await shift.ida.get(link)
    assert (await shift.ida.submit(link, outcome="reversed", note="Too long.")).status_code == 303
    assert (await shift.talk.say(shift.ada, "Thank you.")).status_code == 201


async def test_the_marked_words_are_shown(shift: Shift) -> None:
    """What a phase found stands out in the text; a script in it is text."""
    _, path = await shift.removed("Mind the <script>hat</script>, please.")
    change = statement.update().values(spans="[[9,12],[500,900]]")
    shift.site.parts.db.write_now(lambda tx: tx.conn.execute(change))
    await shift.ada.get(path)
    assert html.fromstring(shift.ada.page.text).xpath("//mark/text()") == ["<sc"]
    assert "<script>hat" not in shift.ada.page.text


async def test_anybody_sends_a_notice_and_reads_what_became_of_it(shift: Shift) -> None:
    """Signed out, by a plain form; the receipt's address is secret; both sides are told."""
    said = (await shift.talk.say(shift.ada, "I know where the mayor lives.")).json()["id"]
    path = f"/c/{said}/notice"
    reader = shift.site.browser("192.0.2.44")
    await reader.get(path)
    typed = {"breach": "VIOLENCE", "explanation": "A threat <b>of</b> sorts.", "name": "Bo Reed",
             "email": "bo@reed.example", "good_faith": "1"}  # fmt: skip
    for change in ({"email": "bo"}, {"explanation": ""}, {"good_faith": ""}, {"breach": "HATS"}):
        assert (await reader.submit(path, **{**typed, **change})).status_code == 422
        await reader.get(path)
    assert (await reader.submit(path, **typed)).status_code == 303
    receipt = reader.page.headers["location"]
    await reader.follow()
    assert "It waits for a decision." in text(reader)
    assert "A threat <b>of</b> sorts." in text(reader)
    assert (await reader.get(receipt[:-1] + "x")).status_code == 404
    await shift.mo.get("/console/notices")
    (link,) = html.fromstring(shift.mo.page.text).xpath("//ul[@class='rows']//a/@href")
    await shift.mo.get(link)
    assert "I know where the mayor lives." in text(shift.mo)
    assert "Received on" in text(shift.mo)
    assert "Decided on" not in text(shift.mo)
    assert (await shift.mo.submit(link, outcome="acted", note="A threat.")).status_code == 422
    await shift.mo.get(link)
    assert (await shift.mo.submit(link, outcome="acted", rule="threat", note="A threat.")).status_code == 303
    assert await shift.state(said) == "removed"
    await reader.get(receipt)
    assert "We took the comment down." in text(reader)
    await shift.ada.get("/account")
    (told,) = html.fromstring(shift.ada.page.text).xpath("//*[@aria-labelledby='a-cases']//a/@href")
    await shift.ada.get(told)
    assert "Somebody sent a notice of illegal content." in text(shift.ada)
    assert "Bo Reed" not in shift.ada.page.text


async def test_notices_are_counted(shift: Shift) -> None:
    """Six at once are too many, whoever sends them."""
    said = (await shift.talk.say(shift.ada, "The mayor's hat.")).json()["id"]
    reader = shift.site.browser("192.0.2.45")
    await reader.get(f"/c/{said}/notice")
    answers = [(await reader.post(f"/c/{said}/notice", {})).status_code for _ in range(6)]
    assert answers == [422] * 5 + [429]


async def test_who_is_told_no_may_ask_again(shift: Shift) -> None:
    """A notice that was left without effect is looked at by somebody else."""
    said = (await shift.talk.say(shift.ada, "The mayor's hat.")).json()["id"]
    reader = shift.site.browser("192.0.2.46")
    await reader.get(f"/c/{said}/notice")
    await reader.submit(f"/c/{said}/notice", breach="FRAUD", good_faith="1")
    typed = {"breach": "SCAMS_AND_FRAUD", "explanation": "No such hat.", "name": "Bo", "email": "bo@reed.example",
             "good_faith": "1"}  # fmt: skip
    await reader.submit(f"/c/{said}/notice", **typed)
    receipt = reader.page.headers["location"]
    await shift.mo.get("/console/notices")
    (link,) = html.fromstring(shift.mo.page.text).xpath("//ul[@class='rows']//a/@href")
    await shift.mo.get(link)
    await shift.mo.submit(link, outcome="kept")
    await reader.get(receipt)
    assert "We left the comment where it is." in text(reader)
    assert (await reader.submit(f"{receipt}/appeal", reason="There is none.")).status_code == 303
    await shift.ida.get("/console/appeals")
    (link,) = html.fromstring(shift.ida.page.text).xpath("//ul[@class='rows']//a/@href")
    await shift.ida.get(link)
    assert "There is none." in text(shift.ida)
    assert (await shift.ida.submit(link, outcome="upheld", note="A hat.")).status_code == 303
    await reader.get(receipt)
    assert "On appeal the decision was upheld. A hat." in text(reader)


async def test_a_receipt_is_verified_by_anybody(shift: Shift) -> None:
    """The entry and the roots are public and name nobody; only the author sees what opens them."""
    _, path = await shift.removed()
    await shift.ada.get(path)
    (link,) = html.fromstring(shift.ada.page.text).xpath("//a[starts-with(@href, '/ledger/')]/@href")
    shown = await shift.site.browser().get(link)
    assert "The hash is right, and it follows the entry before." in shown.text
    assert "mayor" not in shown.text
    assert "Please, not" not in shown.text
    roots = (await shift.site.browser().get("/ledger/roots.json")).json()
    assert roots[-1]["hash"] in shown.text
    assert "Please, not the hat." in (await shift.ada.get(link)).text
    for wrong in ("/ledger/999", "/ledger/x", "/ledger/-1"):
        assert (await shift.ada.get(wrong)).status_code == 404
