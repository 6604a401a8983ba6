"""What happened to a story lately: the outbox, read for open pages."""

import msgspec
from sqlalchemy import Connection

from moothall.kernel.event import Event, EventKind
from moothall.store.raw import row, rows, run
from moothall.store.tx import Tx

_COLUMNS = "seq, story_id, kind, comment_id, parent_id, a, b, at_ms"


class Standing(msgspec.Struct, frozen=True):
    """A public story's discussion in short; `seq` is the newest event of the story."""

    count: int
    open: bool
    seq: int


class Recent(msgspec.Struct, frozen=True):
    """The last events of a story, oldest first.

    All of the story's events after `floor` are here.
    """

    events: tuple[Event, ...]
    floor: int
    standing: Standing


def standing(conn: Connection, story_id: int, now_ms: int) -> Standing | None:
    """None when readers may not see the story, or it has no discussion."""
    found = row(
        conn,
        "SELECT comment_count, discussion, closes_at_ms, version FROM story WHERE id = ? AND published = 1"
        " AND (embargo_until_ms IS NULL OR embargo_until_ms <= ?) AND discussion <> 'off'",
        [story_id, now_ms],
    )
    if found is None:
        return None
    count, discussion, closes_at_ms, version = found
    in_time = closes_at_ms is None or now_ms < closes_at_ms
    return Standing(count, discussion == "open" and in_time, version)


def recent(conn: Connection, story_id: int, *, now_ms: int, limit: int) -> Recent | None:
    """The last `limit` events; None where `standing` has none."""
    now = standing(conn, story_id, now_ms)
    if now is None:
        return None
    found = rows(
        conn,
        f"SELECT {_COLUMNS} FROM outbox WHERE story_id = ? ORDER BY seq DESC LIMIT ?",  # noqa: S608
        [story_id, limit],
    )
    events = tuple(Event(r[0], r[1], EventKind(r[2]), *r[3:]) for r in reversed(found))
    if not events:
        return Recent((), now.seq, now)
    return Recent(events, events[0].seq - 1 if len(events) == limit else _kept_after(conn), now)


def forget(tx: Tx, before_ms: int, limit: int) -> int:
    """Delete the oldest events made before a time, `limit` at most; pages that far behind reload.

    The newest event stays, whatever its age: from it the numbering goes on.  Returns: how many.
    """
    oldest = rows(tx.conn, "SELECT seq, at_ms FROM outbox ORDER BY seq LIMIT ?", [limit])
    over = [seq for seq, at_ms in oldest if at_ms < before_ms]
    if not over:
        return 0
    return run(tx.conn, "DELETE FROM outbox WHERE seq <= ? AND seq < (SELECT max(seq) FROM outbox)", [over[-1]])


def _kept_after(conn: Connection) -> int:
    """Every event after this one is still kept."""
    found = row(conn, "SELECT min(seq) FROM outbox")
    return int(found[0]) - 1 if found and found[0] else 0
