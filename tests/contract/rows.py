"""Looks into the tables, and changes them behind the store's back."""

from sqlalchemy import select

from moothall.store.tables import outbox
from tests.newsroom.cast import Cast


def row_of(cast: Cast, table, key: int):
    return cast.db.read_now(lambda c: c.execute(select(table).where(table.c.id == key)).mappings().one())


def kinds(cast: Cast) -> list[str]:
    return list(cast.db.read_now(lambda c: c.scalars(select(outbox.c.kind).order_by(outbox.c.seq)).all()))


def update(cast: Cast, table, key: int, **values: object) -> None:
    cast.db.write_now(lambda tx: tx.conn.execute(table.update().where(table.c.id == key).values(**values)))
