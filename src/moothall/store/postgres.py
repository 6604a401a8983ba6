"""How PostgreSQL is opened."""

from sqlalchemy import Engine, create_engine
from sqlalchemy.exc import DBAPIError

_DRIVER = "postgresql+psycopg"


def open_engine(url: str) -> Engine:
    """An engine for `postgresql://…`, as any cluster is set up."""
    _, _, rest = url.partition("://")
    return create_engine(
        f"{_DRIVER}://{rest}",
        isolation_level="REPEATABLE READ",
        pool_size=12,
        max_overflow=4,
        pool_pre_ping=True,
    )


def is_fatal(wrong: BaseException) -> bool:
    """Whether an error ends the whole group and not one command: its snapshot or its connection is gone."""
    return may_succeed_again(wrong) or (isinstance(wrong, DBAPIError) and wrong.connection_invalidated)


def may_succeed_again(wrong: BaseException) -> bool:
    """Whether another server (or an import) wrote the same rows meanwhile, so that a new snapshot will do.

    Source: PostgreSQL, error codes 40001 serialization_failure and 40P01 deadlock_detected.
    """
    origin = wrong.orig if isinstance(wrong, DBAPIError) else wrong
    return getattr(origin, "sqlstate", None) in {"40001", "40P01"}
