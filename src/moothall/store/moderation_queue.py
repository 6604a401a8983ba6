"""The moderation queues as ids: which comments, in which order, from where on.

Two steps keep a page cheap on a site of any size: ids come from an index or from a bounded stretch of the
newest comments, and only what is shown is read whole (`queue_rows.py`).
"""

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection

from moothall.discussion.model import CommentId
from moothall.kernel import page as cursors
from moothall.kernel.limits import NEW_AUTHOR_MS, QUEUE_PAGE, QUEUE_STRETCH
from moothall.kernel.page import Cursor
from moothall.moderation.queue import WORK, Order, Queue, QueuePage, Sparing, Wanted
from moothall.people.model import AccountId
from moothall.store.harsh import breaks, harsh_of
from moothall.store.harsh import left as harsh_left
from moothall.store.queue_rows import waiting
from moothall.store.raw import row, rows
from moothall.store.sections import sections_of, within

# SQLite takes a partial index only where its own condition is repeated word by word.
STATES = {
    Queue.HELD: "c.state = 'held' AND c.state IN ('held', 'rejected', 'removed')",
    Queue.REPORTED: "c.report_count > 0 AND c.state = 'live'",
    Queue.NEW: "c.state = 'live'",
    Queue.WATCHED: "c.state = 'live'",
    Queue.LIVE: "c.state = 'live'",
}
"""What is in a queue, as a condition on a comment `c`."""
# How sure the scorer or a judge is that it breaks a rule, in thousandths; other checks do not measure that.
_LIKELY = (
    "COALESCE((SELECT CAST(1000 * MAX(f.value) AS INTEGER) FROM finding f WHERE f.comment_id = c.id"
    " AND f.revision = c.revision AND f.phase IN ('classifier', 'judge')), 0)"
)
# Sort key, what follows a cursor, order.
_ORDERS = {
    Order.OLDEST: ("0", "c.id > ?", "c.id"),
    Order.NEWEST: ("0", "c.id < ?", "c.id DESC"),
    Order.REPORTED: ("c.report_count", "(c.report_count, c.id) < (?, ?)", "c.report_count DESC, c.id DESC"),
    Order.BUSIEST: ("s.comment_count", "(s.comment_count, c.id) < (?, ?)", "s.comment_count DESC, c.id DESC"),
    Order.LIKELY: (_LIKELY, f"({_LIKELY}, c.id) < (?, ?)", "2 DESC, c.id DESC"),
}
_KEYED = frozenset({Order.REPORTED, Order.BUSIEST, Order.LIKELY})
_UNCLAIMED = (
    "NOT EXISTS (SELECT 1 FROM console_claim l WHERE l.comment_id = c.id AND l.account_id <> ? AND l.until_ms > ?)"
)
_UNDECIDED = "NOT EXISTS (SELECT 1 FROM console_act d WHERE d.comment_id = c.id AND d.undone_at_ms IS NULL)"
_NEW = "EXISTS (SELECT 1 FROM account w WHERE w.id = c.author_id AND w.role = 'reader' AND w.made_at_ms > ?)"
_WATCHED = (
    "+c.story_id IN (SELECT CAST(k.name AS BIGINT) FROM console_kept k WHERE k.account_id = ? AND k.kind = 'watch')"
)
# A plus keeps SQLite from walking the stories instead of the queue.
_SECTION = "+c.story_id IN (SELECT id FROM story WHERE section_slug = ?)"
_LANG = "+c.story_id IN (SELECT id FROM story WHERE lang = ?)"
_STORY = "c.story_id = (SELECT id FROM story WHERE code = ?)"


class Asker(msgspec.Struct, frozen=True):
    """Who looks, and when."""

    id: AccountId
    now_ms: int
    sparing: Sparing | None = None


class _Query(msgspec.Struct):
    where: list[str]
    args: list[object]

    def also(self, condition: str, *args: object) -> None:
        self.where.append(condition)
        self.args += args


def queue_page(conn: Connection, asked: Wanted, after: Cursor | None, asker: Asker) -> QueuePage:
    """What comes after a cursor, without what a colleague has in hand."""
    floor = _floor(conn, asked, after)
    query = _query(conn, asked, asker)
    key, beyond, _ = _ORDERS[asked.order]
    if after is not None:
        query.also(beyond, *((after.key, after.id) if asked.order in _KEYED else (after.id,)))
    if floor is not None:
        query.also("c.id >= ?", floor)
    found = rows(conn, _sql(asked, query, key), [*query.args, QUEUE_PAGE + 1])
    given = _sparingly(conn, asked, query, asker, found) if asked.queue in WORK else None
    found = found if given is None else given
    ids = [CommentId(one[0]) for one in found[:QUEUE_PAGE]]
    last = Cursor(int(found[len(ids) - 1][1]), ids[-1]) if len(found) > QUEUE_PAGE else None
    if last is None and floor is not None:
        last = Cursor(0, floor)
    return QueuePage(waiting(conn, ids), cursors.encode(last) if last else None, given is not None)


def _sparingly(conn: Connection, asked: Wanted, query: _Query, asker: Asker, found: list[Any]) -> list[Any] | None:
    """As many harsh ones as this moderator still takes within the hour, others in place of the rest.

    Returns: None where nothing need be left out.
    """
    sparing = asker.sparing
    if not sparing or not sparing.rules:
        return None
    harsh = harsh_of(conn, [one[0] for one in found], sparing.rules)
    left = harsh_left(conn, asker.id, sparing, asker.now_ms) if harsh else 0
    if len(harsh) <= left:
        return None
    mild = _Query([*query.where, f"NOT {breaks(sparing.rules)}"], [*query.args, *sparing.rules])
    others = rows(conn, _sql(asked, mild, _ORDERS[asked.order][0]), [*mild.args, QUEUE_PAGE + 1])
    some = [one for one in found if one[0] in harsh][:left]
    ordered = sorted([*some, *others], key=lambda one: (one[1], one[0]), reverse=asked.order is not Order.OLDEST)
    return ordered[: QUEUE_PAGE + 1]


def fresh_count(conn: Connection, asked: Wanted, newest: CommentId, asker: Asker) -> int:
    """How many came to a queue since its newest comment was read; at most a hundred."""
    query = _query(conn, asked, asker)
    query.also("c.id > ?", newest)
    found = row(
        conn,
        f"SELECT count(*) FROM (SELECT 1 FROM comment c WHERE {' AND '.join(query.where)} LIMIT 100) n",  # noqa: S608
        query.args,
    )
    return int(found[0]) if found else 0


def _query(conn: Connection, asked: Wanted, asker: Asker) -> _Query:
    query = _Query([STATES[asked.queue]], [])
    own = sections_of(conn, asker.id)
    if own:
        query.also(within(own), *own)
    if asked.queue in WORK:
        query.also(_UNCLAIMED, asker.id, asker.now_ms)
    if asked.queue in {Queue.NEW, Queue.WATCHED}:
        query.also(_UNDECIDED)
    if asked.queue is Queue.NEW:
        query.also(_NEW, asker.now_ms - NEW_AUTHOR_MS)
    if asked.queue is Queue.WATCHED:
        query.also(_WATCHED, asker.id)
    for value, condition in ((asked.section, _SECTION), (asked.lang, _LANG), (asked.story, _STORY)):
        if value:
            query.also(condition, value)
    return query


def _sql(asked: Wanted, query: _Query, key: str) -> str:
    story = "JOIN story s ON s.id = c.story_id" if asked.order is Order.BUSIEST else ""
    order = _ORDERS[asked.order][2]
    return f"SELECT c.id, {key} FROM comment c {story} WHERE {' AND '.join(query.where)} ORDER BY {order} LIMIT ?"  # noqa: S608


def _floor(conn: Connection, asked: Wanted, after: Cursor | None) -> int | None:
    """Where a page stops looking: what is rare among the live is looked for a stretch at a time."""
    searches = asked.queue in {Queue.NEW, Queue.WATCHED} or (asked.queue is Queue.LIVE and asked.filtered)
    if not searches or asked.story:
        return None
    args: Sequence[object] = [after.id] if after else []
    below = "WHERE id < ?" if after else ""
    found = row(conn, f"SELECT id FROM comment {below} ORDER BY id DESC LIMIT 1 OFFSET {QUEUE_STRETCH}", args)  # noqa: S608
    return int(found[0]) if found else None
