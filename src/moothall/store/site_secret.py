"""Secrets of the site itself: made once, kept in the database, so that a backup carries them along."""

from sqlalchemy import insert, select

from moothall.kernel.secret import new_secret
from moothall.store.database import Database
from moothall.store.tables import site
from moothall.store.tx import Tx


def site_secret(db: Database, name: str) -> bytes:
    """The secret of a purpose; made when it is first asked for."""
    key = f"secret.{name}"
    query = select(site.c.value).where(site.c.key == key)

    def make(tx: Tx) -> str:
        found: str | None = tx.conn.scalar(query)
        if found is None:
            found = new_secret()
            tx.conn.execute(insert(site), {"key": key, "value": found})
        return found

    kept: str | None = db.read_now(lambda conn: conn.scalar(query))
    return (kept or db.write_now(make)).encode()
