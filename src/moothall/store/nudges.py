"""What authors were shown before publishing, and chose."""

import msgspec
from sqlalchemy import Connection

from moothall.discussion.nudge import Chosen, Nudge
from moothall.people.model import AccountId
from moothall.store.database import Database
from moothall.store.raw import row, rows, run
from moothall.store.tx import Tx
from moothall.story.model import StoryId


class NudgeCounts(msgspec.Struct, frozen=True):
    """How often it was shown, and what became of it; the rest left or is still thinking."""

    shown: int
    rephrased: int
    sent: int

    @property
    def left(self) -> int:
        return self.shown - self.rephrased - self.sent


class SqlNudges:
    """`discussion.nudge.NudgeStore` over one database."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def show(self, nudge: Nudge) -> None:
        """Keep that it was shown."""
        await self._db.write(lambda tx: _show(tx, nudge))

    async def shown(self, nudge_id: int, account_id: AccountId, story_id: StoryId) -> bool:
        sql = "SELECT 1 FROM nudge WHERE id = ? AND account_id = ? AND story_id = ?"
        return await self._db.read(lambda c: row(c, sql, [nudge_id, account_id, story_id])) is not None

    async def choose(self, nudge_id: int, sha256: str, at_ms: int) -> None:
        await self._db.write(lambda tx: _choose(tx, nudge_id, sha256, at_ms))

    async def counts(self) -> NudgeCounts:
        """Of all time."""
        return await self._db.read(_counts)


def _show(tx: Tx, nudge: Nudge) -> None:
    names = Nudge.__struct_fields__
    marks = ", ".join("?" * len(names))
    values = [getattr(nudge, name) for name in names]
    run(tx.conn, f"INSERT INTO nudge ({', '.join(names)}) VALUES ({marks})", values)  # noqa: S608


def _choose(tx: Tx, nudge_id: int, sha256: str, at_ms: int) -> None:
    run(
        tx.conn,
        "UPDATE nudge SET chosen = CASE WHEN sha256 = ? THEN ? ELSE ? END, chosen_at_ms = ?"
        " WHERE id = ? AND chosen IS NULL",
        [sha256, Chosen.SENT.value, Chosen.REPHRASED.value, at_ms, nudge_id],
    )


def _counts(conn: Connection) -> NudgeCounts:
    found: dict[str | None, int] = dict(rows(conn, "SELECT chosen, count(*) FROM nudge GROUP BY chosen"))
    return NudgeCounts(sum(found.values()), found.get(Chosen.REPHRASED.value, 0), found.get(Chosen.SENT.value, 0))
