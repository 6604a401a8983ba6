"""Brings a database to this version's tables.

Alembic is imported only when there is something to do: it would add a third of a second to each start.
"""

from pathlib import Path

from sqlalchemy import Engine, inspect, select, table, text
from sqlalchemy.sql.expression import column

from moothall.kernel.errors import StoreNewer

FOLDER = Path(__file__).parent / "migrations"


def newest_revision() -> str:
    """The last migration; files are named by their revision and sort by time."""
    return max(path.stem for path in (FOLDER / "versions").glob("2*.py"))


def current_revision(engine: Engine) -> str | None:
    """The migration that a database is at; None when it is empty."""
    with engine.connect() as conn:
        if not inspect(conn).has_table("alembic_version"):
            return None
        found: str | None = conn.scalar(select(column("version_num")).select_from(table("alembic_version")))
        return found


def migrate(engine: Engine) -> bool:
    """Run what is missing, in one transaction.  Returns whether anything was.

    Raises: StoreNewer when a newer version of Moothall has been here.
    """
    current, newest = current_revision(engine), newest_revision()
    if current == newest:
        return False
    if current is not None and current > newest:
        raise StoreNewer(current=current, newest=newest)
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    with engine.connect() as conn:
        if engine.dialect.name == "postgresql":
            # Two servers that start at once must not both migrate; released with the transaction.
            conn.execute(text("SELECT pg_advisory_xact_lock(6_094_413)"))
        config.attributes["connection"] = conn
        command.upgrade(config, "head")
        conn.commit()
    return True
