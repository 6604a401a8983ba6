"""Brings a database to this version's tables.

An empty database gets them as they are now and is stamped; one of an earlier version goes through the
migrations that it lacks.  `tests/contract/test_migrations.py` holds the two ways to the same end.
Alembic is imported only when there is something to migrate: it would add a third of a second to a start.
"""

from pathlib import Path

from sqlalchemy import Column, Connection, Engine, MetaData, Table, Text, insert, inspect, select, text

from moothall.kernel.errors import StoreNewer, StoreOlder
from moothall.store.tables import metadata

FOLDER = Path(__file__).parent / "migrations"
_STAMP = Table("alembic_version", MetaData(), Column("version_num", Text, primary_key=True))
# Two servers that start at once must not both migrate; PostgreSQL frees this with the transaction.
_LOCK = "SELECT pg_advisory_xact_lock(6094413)"


def newest_revision() -> str:
    """The last migration; files are named by their revision and sort by time."""
    return max(path.stem for path in (FOLDER / "versions").glob("2*.py"))


def current_revision(conn: Connection) -> str | None:
    """The migration that a database is at; None when it is empty."""
    if not inspect(conn).has_table(_STAMP.name):
        return None
    found: str | None = conn.scalar(select(_STAMP.c.version_num))
    return found


def migrate(engine: Engine) -> None:
    """Make or change the tables, in one transaction.

    Raises: StoreNewer when a newer version of Moothall has been here.
    """
    with engine.execution_options(moothall_writer=True).begin() as conn:
        if engine.dialect.name == "postgresql":
            conn.execute(text(_LOCK))
        current, newest = current_revision(conn), newest_revision()
        if current is None:
            metadata.create_all(conn)
            _STAMP.create(conn, checkfirst=True)
            conn.execute(insert(_STAMP).values(version_num=newest))
        elif current > newest:
            raise StoreNewer(current=current, newest=newest)
        elif current != newest:
            upgrade(conn)


def check_current(engine: Engine) -> None:
    """Raises: StoreOlder or StoreNewer, where the tables are not this version's."""
    with engine.connect() as conn:
        current, newest = current_revision(conn) or "", newest_revision()
    if current > newest:
        raise StoreNewer(current=current, newest=newest)
    if current != newest:
        raise StoreOlder(current=current or "–", newest=newest)


def upgrade(conn: Connection) -> None:
    """Run the migrations that a database lacks, on this connection's transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"] = conn
    command.upgrade(config, "head")
