"""On PostgreSQL others may write the same rows: a group that loses is run again and nothing is lost."""

import pytest

from moothall.store.database import Database
from moothall.store.raw import row, run
from moothall.store.tx import Tx


def add_one(tx: Tx) -> None:
    """Reads and writes, as a use case does."""
    found = row(tx.conn, "SELECT value FROM site WHERE key = 'n'")
    assert found is not None
    run(tx.conn, "UPDATE site SET value = ? WHERE key = 'n'", [str(int(found[0]) + 1)])


@pytest.mark.parametrize("times", [1, 3])
def test_who_comes_second_sees_the_first(db: Database, times: int) -> None:
    """However often another server is quicker, both additions count."""
    if db.is_sqlite:
        pytest.skip("a SQLite file has one server")
    db.write_now(lambda tx: run(tx.conn, "INSERT INTO site (key, value) VALUES ('n', '0')"))
    left = [times]

    def beaten(tx: Tx) -> None:
        row(tx.conn, "SELECT 1 FROM site")
        if left[0]:
            left[0] -= 1
            with db.engine.begin() as other:
                other.exec_driver_sql("UPDATE site SET value = (value::int + 10)::text WHERE key = 'n'")
        add_one(tx)

    db.write_now(beaten)
    found = db.read_now(lambda c: row(c, "SELECT value FROM site WHERE key = 'n'"))
    assert found == (str(10 * times + 1),)
