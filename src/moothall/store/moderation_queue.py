"""The moderation queues as rows, with what speaks about each."""

from typing import Any

from sqlalchemy import Connection

from moothall.discussion.model import State
from moothall.kernel import page as cursors
from moothall.kernel.limits import QUEUE_PAGE
from moothall.kernel.page import Cursor
from moothall.moderation.queue import Queue, QueuePage, Record, Told, Waiting
from moothall.people.model import AccountId
from moothall.store import comment_rows
from moothall.store.raw import row, rows

_SELECT = (
    f"SELECT {comment_rows.COLUMNS}, s.headline, s.code, c.report_count, a.banned_until_ms, p.body_html"
    f" {comment_rows.FROM} JOIN story s ON s.id = c.story_id LEFT JOIN comment p ON p.id = c.parent_id WHERE "
)
# SQLite takes a partial index only where its own condition is repeated word by word.
_INDEXED = "c.state = 'held' AND c.state IN ('held', 'rejected', 'removed')"
_QUEUES = {
    Queue.HELD: (_INDEXED, "c.id > ?", "ORDER BY c.id"),
    Queue.LIVE: ("c.state = 'live'", "c.id < ?", "ORDER BY c.id DESC"),
    Queue.REPORTED: (
        "c.report_count > 0 AND c.state = 'live'",
        "(c.report_count, c.id) < (?, ?)",
        "ORDER BY c.report_count DESC, c.id DESC",
    ),
}
# Counting stops here: a moderator needs "many", not how many.
_COUNT_CAP = 1_000
_RECORD_CAP = 100


def queue_page(conn: Connection, queue: Queue, after: Cursor | None) -> QueuePage:
    """What comes after a cursor."""
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


def counts(conn: Connection) -> dict[Queue, int]:
    """How many wait, at most a thousand a queue."""
    counted = {}
    for queue in (Queue.HELD, Queue.REPORTED):
        where = _QUEUES[queue][0]
        found = row(
            conn,
            f"SELECT count(*) FROM (SELECT 1 FROM comment c WHERE {where} LIMIT {_COUNT_CAP}) n",  # noqa: S608
        )
        counted[queue] = int(found[0]) if found else 0
    return counted


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
        author=_record(conn, comment.author.id, found[21]),
        parent_html=found[22] or "",
        findings=tuple(Told(*one) for one in findings),
        reports=tuple(Told(*one) for one in reports),
    )


def _record(conn: Connection, author_id: AccountId, banned_until_ms: int | None) -> Record:
    latest = f"SELECT state FROM comment WHERE author_id = ? ORDER BY id DESC LIMIT {_RECORD_CAP}"  # noqa: S608
    states = [State(one[0]) for one in rows(conn, latest, [author_id])]
    down = sum(state in {State.REMOVED, State.REJECTED} for state in states)
    return Record(states.count(State.LIVE), down, banned_until_ms)
