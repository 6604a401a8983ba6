"""Administrators forget a person in the console, two of them; readers take along what is kept of them."""

import io
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from lxml import html
from msgspec.structs import replace

from moothall.people.model import Role
from moothall.store.database import Database
from tests.newsroom.clock import FakeClock
from tests.newsroom.site import SETTINGS, Browser, site_over
from tests.newsroom.talk import Talk, talk_on

pytestmark = pytest.mark.anyio
WORDS = "The ferryman Quillfeather owes the toll house eleven crowns."


@pytest.fixture
async def talk(db: Database, clock: FakeClock, tmp_path: Path) -> AsyncIterator[Talk]:
    """A site whose list of who was forgotten lies in this test's folder."""
    async with site_over(db, clock, replace(SETTINGS, data=str(tmp_path))) as site:
        yield await talk_on(site)


async def chief(talk: Talk, name: str) -> Browser:
    """An administrator."""
    return (await talk.reader(name, Role.ADMINISTRATOR))[1]


def names_in(packed: bytes) -> str:
    """All texts of a zip."""
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        return "\n".join(archive.read(name).decode() for name in archive.namelist())


async def forget_form(talk: Talk, of: Browser, person: str) -> str:
    """Open the page from the list of people, as one finds it."""
    listed = await of.get(f"/console/people?q={person}")
    path = next(part for part in listed.text.split('"') if part.endswith("/forget"))
    await of.get(path)
    return path


async def test_one_asks_and_another_confirms(talk: Talk) -> None:
    """Whoever asked cannot confirm; afterwards neither name nor words are on any page, and quotes are listed."""
    _, zelda = await talk.reader("Zelda")
    said = (await talk.say(zelda, f"{WORDS}\n\nThe bridge knows it.")).json()["id"]
    quote = (await talk.say((await talk.reader("Bo Reed"))[1], f"> {WORDS}\n\nSays who?", to=said)).json()["id"]
    ann, ben = await chief(talk, "Ann Hale"), await chief(talk, "Ben Hale")
    path = await forget_form(talk, ann, "Zelda")
    assert (await ann.submit(path, wanted="both")).status_code == 303
    page = await ann.get(path)
    assert ("Ann Hale asked for it" in page.text, "Another administrator" in page.text) == (True, True)
    form = {"wanted": "both", "csrf": ann.fields(f"{path}/take-back")["csrf"]}
    alone = await ann.post(f"{path}/confirm", form)
    assert (alone.status_code, "Somebody else has to decide this" in alone.text) == (403, True)
    assert "The bridge knows it." in (await ben.get(f"/c/{said}")).text
    await forget_form(talk, ben, "Zelda")
    done = await ben.submit(f"{path}/confirm")
    assert (done.status_code, "1 comment<" in done.text, f"/c/{quote}" in done.text) == (200, True, True)
    assert "The bridge knows it." not in (await ben.get(f"/c/{said}")).text
    assert "Zelda" not in (await ben.get("/console/people?q=Zelda")).text.replace('value="Zelda"', "")


def waits(page: str, tab: str) -> str:
    """The number beside a page's name in the console's navigation."""
    (link,) = html.fromstring(page).xpath(f"//nav[@class='tabs']//a[@href='/console/{tab}']")
    return str(link.findtext("b", ""))


async def test_the_other_administrators_are_told(talk: Talk) -> None:
    """By a number on every page of the console, and a list; whoever asked waits, moderators see nothing."""
    await talk.reader("Zelda")
    ann, ben = await chief(talk, "Ann Hale"), await chief(talk, "Ben Hale")
    _, mod = await talk.reader("Vera Moss", Role.MODERATOR)
    await ann.submit(await forget_form(talk, ann, "Zelda"), wanted="both")
    told = [waits((await one.get("/console/held")).text, "people") for one in (ann, ben, mod)]
    listed = ["To be forgotten" in (await one.get("/console/people")).text for one in (ann, ben, mod)]
    assert (told, listed) == (["", "1", ""], [True, True, False])
    await ben.submit(f"{await forget_form(talk, ben, 'Zelda')}/confirm")
    after = (await ben.get("/console/people")).text
    assert (waits(after, "people"), "To be forgotten" in after) == ("", False)


async def test_a_request_is_taken_back_and_made_anew(talk: Talk) -> None:
    """What another administrator confirms is what their page said, and nothing asked for since."""
    await talk.reader("Zelda")
    ann, ben = await chief(talk, "Ann Hale"), await chief(talk, "Ben Hale")
    path = await forget_form(talk, ann, "Zelda")
    assert (await ann.submit(path, wanted="all of it")).status_code == 422
    await ann.get(path)
    await ann.submit(path, wanted="text")
    await forget_form(talk, ben, "Zelda")
    form = ben.fields(f"{path}/confirm")
    await ann.get(path)
    await ann.submit(f"{path}/take-back")
    assert (await ben.post(f"{path}/confirm", form)).status_code == 404
    await ann.get(path)
    await ann.submit(path, wanted="both")
    assert (await ben.post(f"{path}/confirm", form)).status_code == 404
    await ben.get(path)
    assert 'value="both"' in ben.page.text


async def test_members_of_staff_are_not_forgotten(talk: Talk) -> None:
    """Their role is taken away first; nobody but an administrator sees the page or the file."""
    _, mod = await talk.reader("Vera Moss", Role.MODERATOR)
    ann = await chief(talk, "Ann Hale")
    path = f"/people/{(await talk.say(mod, 'Hello.')).json()['author']['id']}/forget"
    page = await ann.get(path)
    assert ("Take it away first" in page.text, 'name="wanted"' in page.text) == (True, False)
    await ann.get("/account")
    form = ann.fields("/account/name") | {"wanted": "both"}
    assert (await ann.post(path, form)).status_code == 403
    assert (await mod.get(path)).status_code == 403
    assert (await mod.get(path.replace("/forget", "/record.zip"))).status_code == 403


async def test_readers_take_along_what_is_kept(talk: Talk) -> None:
    """Their own words and name, and nobody else's; signed out there is nothing."""
    _, zelda = await talk.reader("Zelda")
    await talk.say(zelda, WORDS)
    await talk.say((await talk.reader("Bo Reed"))[1], "Nobody else’s business.")
    page = await zelda.get("/account")
    assert "/account/record.zip" in page.text
    answer = await zelda.get("/account/record.zip")
    assert answer.headers["content-type"] == "application/zip"
    assert "no-store" in answer.headers["cache-control"]
    texts = names_in(answer.content)
    assert (WORDS in texts, "Zelda" in texts, "business" in texts) == (True, True, False)
    assert (await talk.site.browser().get("/account/record.zip")).status_code == 401
