"""Blind second reviews, from the lot to the numbers."""

import csv
import io
from dataclasses import dataclass

import pytest
from lxml import html

from moothall.kernel.limits import HOUR_MS
from moothall.people.model import Role
from tests.newsroom.shift import Shift, shift_on, text
from tests.newsroom.site import Browser, Site

pytestmark = pytest.mark.anyio
HERE = "/console/reviews"


@dataclass
class Lot:
    """A shift, somebody who draws, and a second moderator."""

    shift: Shift
    chief: Browser
    ida: Browser

    async def drawn(self, size: int = 50, **typed: str) -> None:
        self.shift.talk.site.clock.move(HOUR_MS)
        await self.chief.get(HERE)
        answer = await self.chief.submit(
            f"{HERE}/samples", **{"size": str(size), "days": "30", "seed": "a"} | typed
        )
        assert answer.status_code == 303, text(self.chief)

    async def asked(self, by: Browser) -> str:
        """The id of the comment that is asked about; empty where nothing is."""
        page = html.fromstring((await by.get(HERE)).text)
        return str(page.xpath("string(//input[@name='comment']/@value)"))


@pytest.fixture
async def lot(site: Site) -> Lot:
    shift = await shift_on(site)
    _, chief = await shift.talk.reader("Cara Holm", Role.ADMINISTRATOR)
    _, ida = await shift.talk.reader("Ida Moss", Role.MODERATOR)
    return Lot(shift, chief, ida)


async def test_a_second_person_looks_without_being_told(lot: Lot) -> None:
    """Whoever decided is not asked; the page says nothing of the verdict, the findings or the author."""
    said = await lot.shift.said("SPEND SPEND SPEND ON THE BRIDGE TOLLS NOW")
    await lot.shift.sent(said, act="remove", rule="spam", note="Advertising.")
    await lot.drawn()
    assert await lot.asked(lot.shift.mo) == ""
    assert await lot.asked(lot.ida) == said
    words = text(lot.ida)
    assert "ON THE BRIDGE TOLLS" in words
    for hidden in ("Ada Pell", "capital letters", "Taken down", "Removed", "Advertising."):
        assert hidden not in words
    before = await lot.shift.whole()
    assert (await lot.ida.submit(HERE, opinion="fine")).status_code == 303
    assert await lot.shift.whole() == before
    assert await lot.asked(lot.ida) == ""
    assert await lot.asked(lot.chief) == ""


async def test_reviews_become_numbers(lot: Lot) -> None:
    """The dashboard and its table show shares with their reviews, for people too."""
    gone, kept = await lot.shift.said("First."), await lot.shift.said("Second.")
    await lot.shift.sent(gone, key="a", act="remove", rule="spam")
    await lot.shift.sent(kept, key="b")
    await lot.drawn()
    for _ in range(2):
        asked = await lot.asked(lot.ida)
        typed = {"breaks": "spam"} if asked == gone else {"opinion": "fine"}
        assert (await lot.ida.submit(HERE, **typed)).status_code == 303
    table = list(csv.DictReader(io.StringIO((await lot.ida.get("/console/means.csv")).text)))
    found = {(row["means"], row["measure"]): (row["value"], row["reviews"]) for row in table}
    assert found["people", "accuracy"] == ("1.0", "2")
    assert found["people", "recall"] == ("1.0", "1")
    # Pre-moderation holds whatever is said: no check restricted anything, and one comment broke a rule.
    assert found["all", "recall"] == ("0.0", "1")
    await lot.ida.get("/console/numbers")
    assert "First decisions by people" in text(lot.ida)
    assert "100 % (34 to 100; 2 reviews)" in text(lot.ida)


async def test_wrong_answers_are_told(lot: Lot) -> None:
    """A rule that is none, an opinion that is none, an answer to what somebody else answered meanwhile."""
    said = await lot.shift.said("First.")
    await lot.drawn()
    assert await lot.asked(lot.ida) == said
    assert (await lot.ida.submit(HERE, breaks="99")).status_code == 422
    assert (await lot.ida.submit(HERE, opinion="perhaps")).status_code == 422
    await lot.asked(lot.shift.mo)
    assert (await lot.shift.mo.submit(HERE, breaks="spam")).status_code == 303
    assert (await lot.ida.submit(HERE, opinion="fine")).status_code == 409


async def test_only_a_second_person_counts(lot: Lot) -> None:
    """Who decided since the page was opened is refused, and so is an answer to what was never drawn."""
    said = await lot.shift.said("First.")
    await lot.drawn()
    assert await lot.asked(lot.shift.mo) == said
    await lot.shift.sent(said)
    assert (await lot.shift.mo.submit(HERE, opinion="fine")).status_code == 403
    assert await lot.asked(lot.ida) == said
    other = await lot.shift.said("Second.")
    assert (await lot.ida.submit(HERE, opinion="fine", comment=other)).status_code == 404


async def test_samples_are_administrators(lot: Lot) -> None:
    """A moderator is not offered one; sizes and seeds out of bounds are told."""
    await lot.shift.said("First.")
    await lot.asked(lot.ida)
    assert "Draw a sample" not in text(lot.ida)
    await lot.chief.get(HERE)
    for typed in ({"size": "0"}, {"size": "501"}, {"size": "x"}, {"days": "93"}, {"seed": "x" * 61}):
        answer = await lot.chief.submit(f"{HERE}/samples", **{"size": "1", "days": "1"} | typed)
        assert answer.status_code == 422, typed
    assert await lot.asked(lot.ida) == ""
