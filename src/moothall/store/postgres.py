"""How PostgreSQL is opened."""

from sqlalchemy import Engine, create_engine
from sqlalchemy.exc import DBAPIError

_DRIVER = "postgresql+psycopg"


def open_engine(url: str) -> Engine:
    """An engine for `postgresql://…`; sorting of text must not depend on the cluster's locale."""
    _, _, rest = url.partition("://")
    return create_engine(
        f"{_DRIVER}://{rest}",
        isolation_level="REPEATABLE READ",
        pool_size=12,
        max_overflow=4,
        pool_pre_ping=True,
    )


def is_fatal(wrong: BaseException) -> bool:
    """Whether an error ends the whole group and not one command: the connection is gone."""
    return isinstance(wrong, DBAPIError) and wrong.connection_invalidated
