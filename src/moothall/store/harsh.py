"""Harsh comments: what breaks a rule that is hard to read all day is given to each moderator sparingly."""

from collections.abc import Sequence

from sqlalchemy import Connection

from moothall.kernel.ids import id_at
from moothall.kernel.limits import HARSH_WINDOW_MS
from moothall.moderation.queue import Sparing
from moothall.people.model import AccountId
from moothall.store.raw import row, rows


def breaks(rules: Sequence[str]) -> str:
    """A condition on a comment `c`, with a mark for each rule: what was found in its text breaks one of them."""
    marks = ", ".join("?" * len(rules))
    return (
        "EXISTS (SELECT 1 FROM finding h WHERE h.comment_id = c.id AND h.revision = c.revision"  # noqa: S608
        f" AND h.rule IN ({marks}))"
    )


def harsh_of(conn: Connection, ids: Sequence[int], rules: Sequence[str]) -> frozenset[int]:
    """Those of some comments that are."""
    if not ids:
        return frozenset()
    marks = ", ".join("?" * len(ids))
    query = f"SELECT c.id FROM comment c WHERE c.id IN ({marks}) AND {breaks(rules)}"  # noqa: S608
    return frozenset(one[0] for one in rows(conn, query, [*ids, *rules]))


def left(conn: Connection, account_id: AccountId, sparing: Sparing, now_ms: int) -> int:
    """How many more a moderator is given: those that they decided on within the hour are gone from it."""
    found = row(
        conn,
        "SELECT count(DISTINCT d.comment_id) FROM decision d JOIN comment c ON c.id = d.comment_id"  # noqa: S608
        f" WHERE d.id >= ? AND d.actor_id = ? AND {breaks(sparing.rules)}",
        [id_at(now_ms - HARSH_WINDOW_MS), account_id, *sparing.rules],
    )
    return max(0, sparing.most - (int(found[0]) if found else 0))
