"""The log in numbers.  Ids carry their time, so that a day is a stretch of the primary key."""

from itertools import pairwise

from sqlalchemy import Connection

from moothall.kernel.ids import id_at, made_at_ms
from moothall.kernel.limits import DAY_MS, HOUR_MS, NUMBERS_DAYS
from moothall.moderation.appeal import AppealOutcome
from moothall.moderation.numbers import Heating, Numbers, Ruled, Taken, is_heating, numbers
from moothall.store.raw import row, rows

_DECISIONS = (
    "SELECT d.kind, d.rule, d.at_ms, d.comment_id FROM decision d"
    " LEFT JOIN decision_trace t ON t.decision_id = d.id"
    " WHERE d.id >= ? AND d.kind IN ('approve', 'hold', 'remove') AND d.actor_id IS NOT NULL"
    " AND d.comment_id IS NOT NULL AND t.undone_by IS NULL ORDER BY d.id DESC LIMIT 200000"
)
_RULED = "SELECT outcome, decided_at_ms FROM appeal WHERE decided_at_ms >= ?"
_RECENT = (
    "SELECT s.code, s.headline, sum(CASE WHEN c.id >= ? THEN 1 ELSE 0 END), count(*) FROM comment c"
    " JOIN story s ON s.id = c.story_id WHERE c.id >= ? GROUP BY s.code, s.headline"
    " ORDER BY 3 DESC LIMIT 20"
)


def read(conn: Connection, now_ms: int) -> Numbers:
    """The last days, today included."""
    today = now_ms - now_ms % DAY_MS
    first = today - (NUMBERS_DAYS - 1) * DAY_MS
    starts = [id_at(first + n * DAY_MS) for n in range(NUMBERS_DAYS + 1)]
    counted = [_count(conn, a, b) for a, b in pairwise(starts)]
    taken = [
        Taken(kind, rule, at_ms, max(0, at_ms - made_at_ms(comment)))
        for kind, rule, at_ms, comment in rows(conn, _DECISIONS, [id_at(first)])
    ]
    ruled = [Ruled(AppealOutcome(outcome), at_ms) for outcome, at_ms in rows(conn, _RULED, [first])]
    return numbers(first, counted, taken, ruled, _heating(conn, now_ms))


def _count(conn: Connection, since: int, until: int) -> int:
    found = row(conn, "SELECT count(*) FROM comment WHERE id >= ? AND id < ?", [since, until])
    return int(found[0]) if found else 0


def _heating(conn: Connection, now_ms: int) -> list[Heating]:
    found = rows(conn, _RECENT, [id_at(now_ms - HOUR_MS), id_at(now_ms - DAY_MS)])
    told = [Heating(code, headline, int(hour), (day - hour) / 23) for code, headline, hour, day in found]
    return [one for one in told if is_heating(one.last_hour, one.usual)]
