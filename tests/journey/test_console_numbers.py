"""What moderation did in numbers, and finding what it did it to."""

import csv
import io
from urllib.parse import quote

import pytest
from lxml import html

from moothall.store import console_search
from tests.newsroom.shift import Shift, shift_on, text
from tests.newsroom.site import Site
from tests.newsroom.talk import JSON

pytestmark = pytest.mark.anyio
PAGES = ("/console/numbers", "/console/numbers.csv", "/console/search?text=x", "/console/mine", "/console/decided")


@pytest.fixture
async def shift(site: Site) -> Shift:
    return await shift_on(site)


async def test_the_month_is_counted_and_drawn(shift: Shift) -> None:
    """What was taken back does not count; the table says the same as the drawing."""
    said = [await shift.said(f"Number {n}.") for n in range(4)]
    shift.talk.site.clock.move(600_000)
    await shift.sent(said[0], key="0")
    await shift.sent(said[1], key="1", act="remove", rule="spam")
    await shift.sent(said[2], key="2", act="remove", rule="civil")
    await shift.mo.http.post("/console/undos", json={"key": "2"}, headers=JSON)
    table = list(csv.DictReader(io.StringIO((await shift.mo.get("/console/numbers.csv")).text)))
    today = table[-1]
    assert (len(table), today["comments"], today["approved"], today["removed"]) == (30, "4", "1", "1")
    assert 600_000 <= int(today["median_wait_ms"]) <= 900_000
    page = html.fromstring((await shift.mo.get("/console/numbers")).text)
    assert len(page.xpath("//figure")) == 3
    assert not page.xpath("//*[@style]")
    assert "7. No advertising and no flooding" in text(shift.mo)
    assert "1. Argue with what was said" not in text(shift.mo)


async def test_comments_are_found(shift: Shift) -> None:
    """By words, author, state, rule and story; marks of the database's language are letters."""
    plain, odd = await shift.said("The ferry was late."), await shift.said("100% of <b>tolls_</b>")
    await shift.sent(odd, act="remove", rule="spam")

    async def found(query: str) -> list[str]:
        page = html.fromstring((await shift.mo.get(f"/console/search?{query}")).text)
        return [str(one) for one in page.xpath("//li/@data-id")]

    assert await found("text=FERRY") == [plain]
    assert await found("text=100%25+of") == [odd]
    assert await found("text=tolls_") == [odd]
    assert await found("text=l_te") == []
    assert await found("author=ada") == [odd, plain]
    assert await found("author=nobody") == []
    assert await found("state=held") == [plain]
    assert await found("rule=spam") == [odd]
    assert await found(f"story={shift.talk.story.code}&text=the") == [plain]
    assert await found("state=none+such") == []
    assert await found("") == []


async def test_small_and_large_letters_are_alike_in_every_language(shift: Shift) -> None:
    """Also where the database does not know them."""
    said = [await shift.said(one) for one in ("Мост закрыт.", "Про мост не знаю.", "МОСТ!", "Über die Brücke.")]

    async def found(typed: str) -> set[str]:
        await shift.mo.get(f"/console/search?text={quote(typed)}")
        return {str(one) for one in html.fromstring(shift.mo.page.text).xpath("//li/@data-id")}

    for one in ("мост", "Мост", "МОСТ"):
        assert await found(one) == set(said[:3]), one
    for one in ("über", "Über", "ÜBER"):
        assert await found(one) == {said[3]}, one


async def test_a_search_says_how_far_it_looked(shift: Shift, monkeypatch: pytest.MonkeyPatch) -> None:
    """And goes on from there."""
    first = await shift.said("The ferry, first of all.")
    for n in range(4):
        await shift.said(f"Number {n}.")
    monkeypatch.setattr(console_search, "SEARCH_STRETCH", 3)
    await shift.mo.get("/console/search?text=ferry")
    page = html.fromstring(shift.mo.page.text)
    assert (page.xpath("//li/@data-id"), "Looked back to" in shift.mo.page.text) == ([], True)
    page = html.fromstring((await shift.mo.get(page.xpath("//a[@rel='next']/@href")[0])).text)
    assert page.xpath("//li/@data-id") == [first]


async def test_all_that_is_found_is_decided_on_together(shift: Shift) -> None:
    """The number is told before; what was not found is left alone, and an empty search finds nothing."""
    ferries = [await shift.said(f"Ferry number {n} is late.") for n in range(30)]
    other = await shift.said("The bridge is not.")
    await shift.mo.get("/console/search?text=ferry")
    (link,) = html.fromstring(shift.mo.page.text).xpath("//form[@id='batch']/a/@href")
    await shift.mo.get(link)
    assert "Decide on 30 comments" in text(shift.mo)
    assert (await shift.mo.submit("/console/batch", decision="approve")).status_code == 200
    assert {await shift.state(one) for one in ferries} == {"live"}
    assert await shift.state(other) == "held"
    await shift.mo.get("/console/batch?found=true")
    assert "Nothing was chosen." in text(shift.mo)


async def test_a_search_is_kept_under_a_name(shift: Shift) -> None:
    """Escaped, and forgotten on request."""
    await shift.mo.get("/console/search?text=ferry&state=held")
    await shift.mo.submit("/console/mine", text="<Ferries>")
    page = html.fromstring((await shift.mo.get("/console/search")).text)
    assert page.xpath("//a[.='<Ferries>']/@href") == ["/console/search?text=ferry&state=held"]
    await shift.mo.get("/console/mine")
    token = shift.mo.fields("/console/mine")["csrf"]
    await shift.mo.post("/console/mine", {"csrf": token, "what": "search", "forget": "<Ferries>"})
    assert "Ferries" not in (await shift.mo.get("/console/search")).text


@pytest.mark.parametrize("path", PAGES)
async def test_readers_see_none_of_it(shift: Shift, path: str) -> None:
    """Nor does somebody who is not signed in."""
    assert (await shift.ada.get(path)).status_code == 403
    assert (await shift.talk.site.browser().get(path)).status_code in {303, 401}
    assert (await shift.mo.get(path)).status_code == 200
