"""Queues, decisions and bans over one database."""

from typing import Any

from sqlalchemy import Connection

from moothall.discussion.model import State
from moothall.kernel import page as cursors
from moothall.kernel.limits import QUEUE_PAGE
from moothall.kernel.page import Cursor
from moothall.moderation.decide import Decision, outcome
from moothall.moderation.queue import Queue, QueuePage, Told, Waiting
from moothall.moderation.sanction import Ban
from moothall.store import comment_rows
from moothall.store.comment_state import set_state
from moothall.store.comment_writes import get
from moothall.store.database import Database
from moothall.store.raw import row, rows, run
from moothall.store.tx import Tx

_SELECT = (
    f"SELECT {comment_rows.COLUMNS}, s.headline, s.code, c.report_count"  # noqa: S608
    f" {comment_rows.FROM} JOIN story s ON s.id = c.story_id WHERE "
)
_QUEUES = {
    Queue.HELD: ("c.state = 'held'", "c.id > ?", "ORDER BY c.id"),
    Queue.LIVE: ("c.state = 'live'", "c.id < ?", "ORDER BY c.id DESC"),
    Queue.REPORTED: (
        "c.report_count > 0 AND c.state = 'live'",
        "(c.report_count, c.id) < (?, ?)",
        "ORDER BY c.report_count DESC, c.id DESC",
    ),
}
# Counting stops here: a moderator needs "many", not how many.
_COUNT_CAP = 1_000


class SqlModeration:
    """Each method is a query or a command on the right thread."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def queue(self, queue: Queue, after: Cursor | None) -> QueuePage:
        return await self._db.read(lambda c: _queue(c, queue, after))

    async def counts(self) -> dict[Queue, int]:
        """How many wait in each queue, at most a thousand; the live one is not counted."""
        return await self._db.read(_counts)

    async def decide(self, decision: Decision) -> State:
        """The state after.  Raises: NotFound, Conflict."""
        return await self._db.write(lambda tx: _decide(tx, decision))

    async def ban(self, ban: Ban) -> None:
        await self._db.write(lambda tx: _ban(tx, ban))


def _queue(conn: Connection, queue: Queue, after: Cursor | None) -> QueuePage:
    where, keyset, order = _QUEUES[queue]
    args: list[object] = []
    if after is not None:
        where += f" AND {keyset}"
        args = [after.key, after.id] if queue is Queue.REPORTED else [after.id]
    found = rows(conn, f"{_SELECT}{where} {order} LIMIT ?", [*args, QUEUE_PAGE + 1])
    waiting = tuple(_waiting(conn, one) for one in found[:QUEUE_PAGE])
    if len(found) <= QUEUE_PAGE:
        return QueuePage(waiting, None)
    last = waiting[-1]
    key = last.report_count if queue is Queue.REPORTED else 0
    return QueuePage(waiting, cursors.encode(Cursor(key, last.comment.id)))


def _waiting(conn: Connection, found: Any) -> Waiting:
    comment = comment_rows.comment(found)
    findings = rows(
        conn,
        "SELECT phase, detail FROM finding WHERE comment_id = ? AND revision = ? ORDER BY position",
        [comment.id, comment.revision],
    )
    reports = rows(
        conn,
        "SELECT reason, text FROM report WHERE comment_id = ? AND settled = 0 ORDER BY at_ms LIMIT 10",
        [comment.id],
    )
    return Waiting(
        comment=comment,
        story_headline=found[18],
        story_code=found[19],
        report_count=found[20],
        findings=tuple(Told(*one) for one in findings),
        reports=tuple(Told(*one) for one in reports),
    )


def _counts(conn: Connection) -> dict[Queue, int]:
    counted = {}
    for queue in (Queue.HELD, Queue.REPORTED):
        where = _QUEUES[queue][0]
        found = row(
            conn,
            f"SELECT count(*) FROM (SELECT 1 FROM comment c WHERE {where} LIMIT {_COUNT_CAP}) n",  # noqa: S608
        )
        counted[queue] = int(found[0]) if found else 0
    return counted


def _decide(tx: Tx, decision: Decision) -> State:
    before = get(tx, decision.comment_id)
    after = outcome(before.state, decision.act)
    set_state(tx, before.id, after, at_ms=decision.at_ms, rule=decision.rule)
    run(tx.conn, "UPDATE comment SET report_count = 0 WHERE id = ?", [before.id])
    run(tx.conn, "UPDATE report SET settled = 1 WHERE comment_id = ?", [before.id])
    _log(
        tx,
        [decision.id, decision.act.value, decision.actor_id, before.story_id, before.id, before.author.id,
         decision.rule, decision.note, before.state.value, after.value, decision.at_ms],
    )  # fmt: skip
    return after


def _ban(tx: Tx, ban: Ban) -> None:
    before = row(tx.conn, "SELECT banned_until_ms FROM account WHERE id = ?", [ban.account_id])
    run(
        tx.conn,
        "UPDATE account SET banned_until_ms = ?, ban_reason = ? WHERE id = ?",
        [ban.until_ms, ban.reason or None, ban.account_id],
    )
    _log(
        tx,
        [ban.id, "ban" if ban.until_ms else "unban", ban.actor_id, None, None, ban.account_id, None, ban.reason,
         str(before[0] or "") if before else "", str(ban.until_ms or ""), ban.at_ms],
    )  # fmt: skip


def _log(tx: Tx, values: list[object]) -> None:
    run(
        tx.conn,
        "INSERT INTO decision (id, kind, actor_id, story_id, comment_id, account_id, rule, note, before, after,"
        " at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        values,
    )
