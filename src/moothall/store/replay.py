"""Reads the comments of the past for the rule time machine: their findings and what moderators decided."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import Connection

from moothall.discussion.model import State
from moothall.discussion.verdict import Weight
from moothall.kernel.ids import made_at_ms
from moothall.kernel.limits import DAY_MS
from moothall.moderation.replay import Decided, Machine, Past, Result
from moothall.moderation.standards_model import Standards
from moothall.store.raw import row, rows

_STEP = 20_000
_HOLDS = frozenset({Weight.HOLD.value, Weight.REJECT.value})
_DECIDED = {State.LIVE.value: Decided.KEPT, State.REJECTED.value: Decided.DOWN, State.REMOVED.value: Decided.DOWN}


def replay(conn: Connection, before: Standards, after: Standards, *, last: int) -> Result:
    """What the last `last` comments would have met.  Texts are looked through again where the word lists differ."""
    rescan = after.words != before.words
    machine = Machine(after, rescan=rescan)
    first, newest, count = _span(conn, last)
    decided = _decisions(conn, first)
    for step in _bodies(conn, first) if rescan else _steps(conn, first):
        machine.feed(_pasts(step, decided))
    return machine.result(comments=count, days=(newest - made_at_ms(first)) / DAY_MS if count else 0)


def _span(conn: Connection, last: int) -> tuple[int, int, int]:
    """The oldest id, when the newest was made, and how many there are."""
    sql = "SELECT min(id), max(id), count(*) FROM (SELECT id FROM comment ORDER BY id DESC LIMIT ?) AS latest"
    found = row(conn, sql, [last])
    if found is None or not found[2]:
        return 0, 0, 0
    return found[0], made_at_ms(found[1]), found[2]


def _decisions(conn: Connection, first: int) -> dict[int, Decided]:
    """The last decision by a person on each comment; what only waits again is not decided."""
    found = rows(
        conn,
        "SELECT comment_id, after FROM decision WHERE comment_id >= ? AND actor_id IS NOT NULL ORDER BY id",
        [first],
    )
    return {comment_id: _DECIDED[after] for comment_id, after in found if after in _DECIDED}


def _steps(conn: Connection, first: int) -> Iterator[Sequence[Any]]:
    """Comments in which something was found, oldest first; none is split between two steps."""
    while True:
        found = rows(
            conn,
            "SELECT f.comment_id, f.phase, f.cue, f.value, f.weight, '' FROM finding f"
            " JOIN comment c ON c.id = f.comment_id AND c.revision = f.revision"
            " WHERE f.comment_id >= ? ORDER BY f.comment_id LIMIT ?",
            [first, _STEP],
        )
        if len(found) < _STEP:
            yield found
            return
        end = found[-1][0]
        whole = [one for one in found if one[0] != end]
        yield whole
        first = end


def _bodies(conn: Connection, first: int) -> Iterator[Sequence[Any]]:
    """Every comment, with its text and whatever was found in it."""
    while True:
        ids = rows(conn, "SELECT id FROM comment WHERE id >= ? ORDER BY id LIMIT ?", [first, _STEP])
        if not ids:
            return
        end = ids[-1][0]
        yield rows(
            conn,
            "SELECT c.id, f.phase, f.cue, f.value, f.weight, c.body FROM comment c"
            " LEFT JOIN finding f ON f.comment_id = c.id AND f.revision = c.revision"
            " WHERE c.id >= ? AND c.id <= ? ORDER BY c.id",
            [first, end],
        )
        first = end + 1


def _pasts(step: Sequence[Any], decided: dict[int, Decided]) -> Iterator[Past]:
    for comment_id, group in groupby(step, key=lambda one: one[0]):
        found = list(group)
        yield Past(
            comment_id,
            tuple((phase, cue, value) for _, phase, cue, value, _, _ in found if phase is not None),
            any(one[4] in _HOLDS for one in found),
            decided.get(comment_id),
            found[0][5],
        )
