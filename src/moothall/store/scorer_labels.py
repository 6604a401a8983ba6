"""Reads settled comments and what was decided on them, for the calibration of the scorer."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import Connection

from moothall.discussion.model import State
from moothall.kernel.ids import id_at
from moothall.kernel.limits import CALIBRATION_COMMENTS, CALIBRATION_STOOD_MS
from moothall.moderation.classifier.labels import Settled
from moothall.store.raw import rows

_DOWN = frozenset({State.REJECTED.value, State.REMOVED.value})
_COMMENTS = (
    "SELECT c.id, c.body, coalesce(c.lang, s.lang), c.state, c.edited_at_ms, c.report_count,"
    " EXISTS (SELECT 1 FROM finding f WHERE f.comment_id = c.id AND f.weight = 'reject')"
    " FROM comment c JOIN story s ON s.id = c.story_id WHERE c.state IN ('live', 'rejected', 'removed')"
    " ORDER BY c.id DESC LIMIT ?"
)
_DECISIONS = (
    "SELECT comment_id, after, rule, at_ms FROM decision WHERE comment_id >= ? AND actor_id IS NOT NULL ORDER BY id"
)


class _Decision(NamedTuple):
    """The last one by a person."""

    after: str
    rule: str | None
    at_ms: int


def settled(conn: Connection, now_ms: int) -> list[Settled]:
    """The newest settled comments, oldest first.

    A text that was changed after its decision is left out.  So is what is reported and undecided, and what a check
    refused alone; what came down without that was taken down by the system that it was imported from.
    """
    found = rows(conn, _COMMENTS, [CALIBRATION_COMMENTS])
    decided = _decided(conn, found[-1][0]) if found else {}
    stood = id_at(now_ms - CALIBRATION_STOOD_MS)
    return [one for row in reversed(found) for one in _settled(row, decided.get(row[0]), stood)]


def _decided(conn: Connection, first: int) -> dict[int, _Decision]:
    return {comment: _Decision(after, rule, at) for comment, after, rule, at in rows(conn, _DECISIONS, [first])}


def _settled(row: Any, decision: _Decision | None, stood: int) -> Iterator[Settled]:
    comment, body, lang, state, edited_at_ms, reports, refused = row
    if decision is not None:
        if decision.after == state and (edited_at_ms or 0) <= decision.at_ms:
            yield Settled(body, lang, state in _DOWN, decision.rule)
    elif state in _DOWN:
        if not refused:
            yield Settled(body, lang, down=True)
    elif comment < stood and not reports:
        yield Settled(body, lang, down=None)
