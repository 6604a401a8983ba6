"""What authors were shown before publishing, and chose."""

from collections import Counter

from sqlalchemy import Connection

from moothall.discussion.nudge import Chosen, Nudge, NudgeCounts
from moothall.kernel.ids import id_at
from moothall.people.model import AccountId
from moothall.store.database import Database
from moothall.store.raw import row, rows, run
from moothall.store.tx import Tx
from moothall.story.model import StoryId


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


def by_rule(conn: Connection, since_ms: int) -> tuple[tuple[str, NudgeCounts], ...]:
    """Counts of each rule since then, the most shown first; empty for nudges that name none."""
    found: dict[str, Counter[str]] = {}
    query = "SELECT rule, chosen, count(*) FROM nudge WHERE id >= ? GROUP BY rule, chosen"
    for rule, chosen, count in rows(conn, query, [id_at(since_ms)]):
        found.setdefault(rule or "", Counter())[chosen or ""] += count
    counted = {
        rule: NudgeCounts(sum(each.values()), each[Chosen.REPHRASED.value], each[Chosen.SENT.value])
        for rule, each in found.items()
    }
    return tuple(sorted(counted.items(), key=lambda one: (-one[1].shown, one[0])))


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
