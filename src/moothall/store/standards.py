"""The versions of the standards: appended, never changed; the newest is in force."""

from collections.abc import Sequence

from sqlalchemy import Connection

from moothall.kernel.errors import Conflict, NotFound
from moothall.moderation import standards
from moothall.moderation.standards_model import Standards
from moothall.moderation.standards_read import parse
from moothall.moderation.standards_version import Proposal, Version
from moothall.people.model import AccountId
from moothall.store.database import Database
from moothall.store.decisions import Entry, log
from moothall.store.raw import row, rows, run
from moothall.store.tx import Tx

_COLUMNS = "number, actor_id, at_ms, note, sha256"


class SqlStandards:
    """Each method is a query or a command on the right thread."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._number = 0

    async def versions(self) -> tuple[Version, ...]:
        """All, newest first, without their sources."""
        return await self._db.read(lambda c: tuple(_version(one) for one in _all(c)))

    async def source(self, number: int) -> str:
        """The text of a version; 0 is the document that comes with the product.  Raises: NotFound."""
        return await self._db.read(lambda c: _source(c, number))

    async def standards(self, number: int) -> Standards:
        """A version, read.  Raises: NotFound."""
        return parse(await self.source(number))

    async def keep(self, made: Proposal) -> Version:
        """Append and put in force.  Raises: Conflict when another version came first."""
        kept = await self._db.write(lambda tx: _keep(tx, made))
        self._number = kept.number
        standards.switch(made.standards)
        return kept

    async def follow(self) -> bool:
        """Put in force what another server has kept; whether there was anything."""
        newest = await self._db.read(_newest)
        if newest == self._number:
            return False
        found = await self.standards(newest)
        self._number = newest
        standards.switch(found)
        return True

    def begin(self) -> None:
        """Put the newest version in force, at a start."""
        self._number = self._db.read_now(_newest)
        standards.switch(parse(self._db.read_now(source_in_force)))


def source_in_force(conn: Connection) -> str:
    """The text of the newest version."""
    return _source(conn, _newest(conn))


def _all(conn: Connection) -> list[Sequence[object]]:
    return rows(conn, f"SELECT {_COLUMNS} FROM standards ORDER BY number DESC")  # noqa: S608


def _version(found: Sequence[object]) -> Version:
    number, actor_id, at_ms, note, sha256 = found
    return Version(
        number=int(str(number)),
        actor_id=AccountId(int(str(actor_id))) if actor_id is not None else None,
        at_ms=int(str(at_ms)),
        note=str(note),
        sha256=str(sha256),
    )


def _newest(conn: Connection) -> int:
    found = row(conn, "SELECT max(number) FROM standards")
    return (found[0] or 0) if found else 0


def _source(conn: Connection, number: int) -> str:
    if number == 0:
        return standards.shipped_text()
    found = row(conn, "SELECT source FROM standards WHERE number = ?", [number])
    if found is None:
        raise NotFound
    return str(found[0])


def _keep(tx: Tx, made: Proposal) -> Version:
    if _newest(tx.conn) != made.after:
        raise Conflict
    number = made.after + 1
    run(
        tx.conn,
        f"INSERT INTO standards ({_COLUMNS}, source) VALUES (?, ?, ?, ?, ?, ?)",  # noqa: S608
        [number, made.actor_id, made.at_ms, made.note, made.sha256, made.source],
    )
    log(
        tx,
        Entry(
            id=made.id,
            kind="standards",
            actor_id=made.actor_id,
            at_ms=made.at_ms,
            note=made.note,
            before=str(made.after),
            after=f"{number} {made.sha256}",
        ),
    )
    return Version(number=number, actor_id=made.actor_id, at_ms=made.at_ms, note=made.note, sha256=made.sha256)
