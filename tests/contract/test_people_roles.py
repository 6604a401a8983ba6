"""Roles and names as every store of people keeps them, on SQLite and on PostgreSQL."""

import pytest
from sqlalchemy import insert, select

from moothall.kernel.errors import LastAdministrator, NotFound
from moothall.people.appoint import Appointment
from moothall.people.lookalikes import fold
from moothall.people.model import Account, AccountId, Role
from moothall.store import people_roles
from moothall.store.database import Database
from moothall.store.people import SqlPeople
from moothall.store.tables import account, decision
from moothall.store.tx import Tx
from tests.newsroom.cast import Cast

pytestmark = pytest.mark.anyio


@pytest.fixture
def people(db: Database) -> SqlPeople:
    return SqlPeople(db)


async def named(people: SqlPeople, cast: Cast, name: str, role: Role = Role.READER) -> AccountId:
    made = AccountId(cast.new_id())
    await people.add_account(Account(made, name, role, 1), name_key=fold(name))
    return made


def imported(cast: Cast, name: str) -> None:
    """Somebody whose comments came with an archive: names repeat, so that they have no key."""
    row = {"id": cast.new_id(), "display_name": name, "named": 1, "role": "reader", "made_at_ms": 1}
    cast.db.write_now(lambda tx: tx.conn.execute(insert(account), row))


async def test_a_role_is_set_and_logged_together(people: SqlPeople, cast: Cast, db: Database) -> None:
    """Who, whom, before and after; the same role again leaves no line."""
    mia = await named(people, cast, "Mia Guard", Role.ADMINISTRATOR)
    ada = await named(people, cast, "Ada Pell")
    await people.appoint(Appointment(7, ada, mia, Role.EDITOR, 99))
    await people.appoint(Appointment(8, ada, mia, Role.EDITOR, 100))
    assert (await people.account(ada)).role is Role.EDITOR
    logged = await db.read(lambda c: c.execute(select(decision)).mappings().all())
    assert [
        (r["id"], r["kind"], r["actor_id"], r["account_id"], r["before"], r["after"], r["at_ms"]) for r in logged
    ] == [(7, "role", mia, ada, "reader", "editor", 99)]


async def test_the_last_administrator_stays_one(people: SqlPeople, cast: Cast, db: Database) -> None:
    """Whoever asks; with a second one it can be done, and nothing refused is logged."""
    mia = await named(people, cast, "Mia Guard", Role.ADMINISTRATOR)
    with pytest.raises(LastAdministrator):
        await people.appoint(Appointment(7, mia, None, Role.READER, 99))
    assert (await people.account(mia)).role is Role.ADMINISTRATOR
    assert not await db.read(lambda c: c.execute(select(decision)).all())
    await named(people, cast, "Ola Brandt", Role.ADMINISTRATOR)
    await people.appoint(Appointment(8, mia, None, Role.READER, 99))
    assert (await people.account(mia)).role is Role.READER
    with pytest.raises(NotFound):
        await people.appoint(Appointment(9, AccountId(1), None, Role.READER, 99))


async def test_names_are_found_by_their_beginning(people: SqlPeople, cast: Cast) -> None:
    """Case and accents do not matter, imported names too; a percent sign is only a percent sign."""
    for name in ("Ada Pell", "Adà Quint", "Bernd Vogel", "Ben 50% Oake"):
        await named(people, cast, name)
    imported(cast, "Ada Old")
    imported(cast, "Ada Old")

    async def names(text: str, limit: int = 9) -> list[str]:
        return [one.display_name for one in await people.called(text, limit)]

    assert await names("ada") == ["Ada Pell", "Adà Quint"]
    assert await names("Ada") == ["Ada Old", "Ada Old", "Ada Pell", "Adà Quint"]
    assert await names("Ada", 2) == ["Ada Old", "Ada Old"]
    assert await names("ber") == ["Bernd Vogel"]
    assert await names("ben 50%o") == ["Ben 50% Oake"]
    assert [await names(text) for text in ("%", "_", " ", "x")] == [[]] * 4
    assert await names("Ada%") == ["Ada Pell", "Adà Quint"]


async def test_who_is_more_than_a_reader(people: SqlPeople, cast: Cast) -> None:
    """Administrators first, and by name among equals."""
    for name, role in (("Zed", Role.TRUSTED), ("Cy", Role.MODERATOR), ("Bo", Role.MODERATOR), ("Al", Role.READER),
                       ("Ed", Role.EDITOR), ("Mia", Role.ADMINISTRATOR)):  # fmt: skip
        await named(people, cast, name, role)
    assert [one.display_name for one in await people.raised(9)] == ["Mia", "Ed", "Bo", "Cy", "Zed"]
    assert len(await people.raised(2)) == 2


async def test_one_person_by_the_whole_name(people: SqlPeople, cast: Cast) -> None:
    """As names are compared when they are taken."""
    ada = await named(people, cast, "Ada Pell")
    assert (await people.by_name("ada  pell")).id == ada
    with pytest.raises(NotFound):
        await people.by_name("Ada")


def test_large_sites_find_people_by_an_index(cast: Cast) -> None:
    """No statement reads all accounts."""
    if not cast.db.is_sqlite:
        pytest.skip("reads SQLite's plans")
    mia = cast.person("Mia Guard", Role.ADMINISTRATOR)
    cast.person("Ola Brandt", Role.ADMINISTRATOR)
    asked: list[str] = []

    def look(tx: Tx) -> None:
        raw = tx.conn.connection.dbapi_connection
        assert raw
        raw.set_trace_callback(asked.append)
        people_roles.called(tx.conn, "Ber", 9)
        people_roles.raised(tx.conn, 9)
        people_roles.appoint(tx, Appointment(7, mia, None, Role.READER, 99))
        raw.set_trace_callback(None)
        for query in [one for one in asked if "SELECT" in one and "FROM account" in one]:
            plan = " ".join(row[3] for row in tx.conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}"))
            assert "SCAN account" not in plan or "USING INDEX ix_account_raised" in plan, (plan, query)

    cast.db.write_now(look)
    assert len(asked) > 6
