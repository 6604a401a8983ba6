"""The migrations lead to the very tables that the code knows, on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, create_engine, inspect, text

from moothall.kernel.errors import StoreNewer, StoreOlder
from moothall.store.database import is_there, open_database
from moothall.store.migrate import current_revision, migrate, newest_revision, upgrade
from moothall.store.sqlite import open_engine
from moothall.store.tables import metadata


@pytest.fixture
def from_nothing(db):
    """A connection to an empty database that has just gone through every migration."""
    with db.engine.execution_options(moothall_writer=True).begin() as conn:
        metadata.drop_all(conn)
        conn.execute(text("DROP TABLE IF EXISTS alembic_version"))
        upgrade(conn)
        yield conn


def test_migrations_make_the_tables_that_the_code_knows(from_nothing: Connection) -> None:
    """Tables, columns and their nullness are the same by both ways."""
    context = MigrationContext.configure(from_nothing, opts={"compare_type": False})
    assert compare_metadata(context, metadata) == []


def test_migrations_make_the_same_indexes(from_nothing: Connection) -> None:
    """Every index and unique constraint has its columns, partial ones their condition."""
    found = _indexes(from_nothing)
    metadata.drop_all(from_nothing)
    metadata.create_all(from_nothing)
    assert found == _indexes(from_nothing)


def test_migrations_make_the_same_checks(from_nothing: Connection) -> None:
    """A column takes the same words by both ways."""
    found = _checks(from_nothing)
    metadata.drop_all(from_nothing)
    metadata.create_all(from_nothing)
    assert found == _checks(from_nothing)


def test_a_newer_database_is_not_touched(tmp_path) -> None:
    """A database that a newer version changed is refused at start, by name, and opens again afterwards."""
    path = tmp_path / "moothall.db"
    open_database(f"sqlite:///{path}").close()
    engine, release = open_engine(path)
    with engine.begin() as conn:
        assert current_revision(conn) == newest_revision()
        conn.execute(text("UPDATE alembic_version SET version_num = '2999'"))
    with pytest.raises(StoreNewer, match="2999"):
        migrate(engine)
    release()
    with pytest.raises(StoreNewer):
        open_database(f"sqlite:///{path}")
    with pytest.raises(StoreNewer):  # and not StoreLocked: the first refusal let the file go
        open_database(f"sqlite:///{path}")


def test_an_older_database_is_left_alone_where_asked(database_url: str) -> None:
    """A dry run changes no tables: it names the command that does."""
    open_database(database_url).close()
    with _opened(database_url) as conn:
        conn.execute(text("UPDATE alembic_version SET version_num = '2000'"))
    with pytest.raises(StoreOlder, match="moothall migrate"):
        open_database(database_url, migrating=False)
    assert is_there(database_url)
    with _opened(database_url) as conn:
        assert current_revision(conn) == "2000"
        conn.execute(text("DROP TABLE alembic_version"))
    assert is_there(database_url) == database_url.startswith("sqlite")


@contextmanager
def _opened(url: str) -> Iterator[Connection]:
    """A transaction on a database as it is."""
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as conn:
        yield conn
    engine.dispose()


def _indexes(conn: Connection) -> dict[str, set[tuple[str, ...]]]:
    """For each table its indexes and unique constraints: columns, and the condition of partial ones."""
    look = inspect(conn)
    return {
        name: {
            (str(one["name"]), *one["column_names"], *map(str, one.get("dialect_options", {}).values()))
            for one in (*look.get_indexes(name), *look.get_unique_constraints(name))
        }
        for name in sorted(metadata.tables)
    }


def _checks(conn: Connection) -> dict[str, dict[str, str]]:
    """For each table its checks by name."""
    look = inspect(conn)
    return {
        name: {str(one["name"]): one["sqltext"] for one in look.get_check_constraints(name)}
        for name in sorted(metadata.tables)
    }
