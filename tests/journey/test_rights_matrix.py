"""The matrix of rights is what is checked: at the start, and before a handler runs."""

from collections.abc import Mapping

import pytest
from litestar import get

from moothall.people.model import Role
from moothall.store.database import Database
from moothall.web import application, rights
from tests.newsroom.clock import FakeClock
from tests.newsroom.site import site_over

pytestmark = pytest.mark.anyio


@get("/forgotten", sync_to_thread=False)
def forgotten() -> str:
    """A handler that asks for nothing."""
    return "Everybody’s."


def with_row(row: Mapping[str, str]) -> Mapping[str, str]:
    return {**rights.matrix(), **row}


async def test_an_address_without_a_row_stops_the_start(
    db: Database, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By name, and with what to do."""
    monkeypatch.setattr(application, "HANDLERS", [*application.HANDLERS, forgotten])
    with pytest.raises(rights.RightUndeclared, match=r"rights\.toml.*GET /forgotten"):
        async with site_over(db, clock):
            pass


@pytest.mark.parametrize(
    ("who", "reader", "editor"), [("manage", 403, 403), ("publish", 403, 200), ("public", 200, 200)]
)
async def test_a_handler_that_forgets_to_ask_is_asked_for(
    db: Database, clock: FakeClock, monkeypatch: pytest.MonkeyPatch, who: str, reader: int, editor: int
) -> None:
    """What the newsroom may do is in the matrix, whatever a handler does."""
    declared = with_row({"GET /forgotten": who})
    monkeypatch.setattr(application, "HANDLERS", [*application.HANDLERS, forgotten])
    monkeypatch.setattr(rights, "matrix", lambda: declared)
    rights._of_staff.cache_clear()
    async with site_over(db, clock) as site:
        ada = await site.signed_in(await site.person("Ada Byrne"))
        eve = await site.signed_in(await site.person("Eve Hale", Role.EDITOR))
        chief = await site.signed_in(await site.person("Ida Moss", Role.ADMINISTRATOR))
        nobody = site.browser()
        seen = [(await one.get("/forgotten")).status_code for one in (ada, eve, chief, nobody)]
    rights._of_staff.cache_clear()
    assert seen == [reader, editor, 200, 200 if who == "public" else 401]
