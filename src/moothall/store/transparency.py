"""What the yearly report counts, read in batches."""

from collections.abc import Iterator

from sqlalchemy import Connection

from moothall.moderation.appeal import AppealOutcome
from moothall.moderation.notice import Notice
from moothall.moderation.statement import Restriction, Statement
from moothall.moderation.transparency import Ruled
from moothall.store import notices, statements
from moothall.store.raw import rows

_AT_ONCE = 5_000


def statements_between(conn: Connection, start_ms: int, end_ms: int) -> Iterator[Statement]:
    """Every statement made in a span of time, oldest first; `end_ms` is not in it."""
    after = (-1, -1)
    while found := statements.between(conn, start_ms, end_ms, after=after, limit=_AT_ONCE):
        yield from found
        after = (found[-1].at_ms, found[-1].id)


def notices_between(conn: Connection, start_ms: int, end_ms: int) -> tuple[Notice, ...]:
    """Every notice that came in a span of time."""
    return notices.between(conn, start_ms, end_ms)


def appeals_between(conn: Connection, start_ms: int, end_ms: int) -> tuple[Ruled, ...]:
    """Every appeal filed in a span of time, with what it was against."""
    query = (
        "SELECT s.restriction, a.outcome, a.at_ms, a.decided_at_ms, n.trusted FROM appeal a"
        " LEFT JOIN statement s ON s.id = a.statement_id LEFT JOIN notice n ON n.id = a.notice_id"
        " WHERE a.at_ms >= ? AND a.at_ms < ? ORDER BY a.id"
    )
    found = rows(conn, query, [start_ms, end_ms])
    return tuple(
        Ruled(
            Restriction(one[0]) if one[0] else None,
            AppealOutcome(one[1]) if one[1] else None,
            one[2],
            one[3],
            bool(one[4]),
        )
        for one in found
    )
