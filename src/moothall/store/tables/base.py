"""What every table is made of.

Ids and times are made by the application (63-bit integers; unix milliseconds), states are text with a
check, and there are no database booleans.

Text keys are equal when their bytes are.  Which of two comes first is byte order on SQLite, but the
cluster's collation on PostgreSQL: a query that pages by a text key, or asks for what lies between two,
says COLLATE "C" there, or it skips and repeats rows (`native_tables.py`, `native_reads.py`).
"""

from sqlalchemy import BigInteger, CheckConstraint, Column, Integer, MetaData, Text

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite gives rowid speed only to INTEGER PRIMARY KEY; PostgreSQL needs BIGINT for 63 bits.
Big = BigInteger().with_variant(Integer(), "sqlite")


def id_column() -> Column[int]:
    """The key of a row, made by the application."""
    return Column("id", Big, primary_key=True, autoincrement=False)


def when(name: str, *, null: bool = False) -> Column[int]:
    """Unix milliseconds."""
    return Column(name, Big, nullable=null)


def words(name: str, default: str | None = "") -> Column[str]:
    """Text that is empty rather than missing."""
    return Column(name, Text, nullable=False, server_default=default)


def number(name: str) -> Column[int]:
    """A count, or 0 and 1 for no and yes."""
    return Column(name, Integer, nullable=False, server_default="0")


def one_of(name: str, *values: str) -> CheckConstraint:
    """The states that a text column may hold."""
    words_of = {"column": name, "values": frozenset(values)}
    return CheckConstraint(f"{name} IN ({', '.join(repr(v) for v in values)})", name=name, info=words_of)
