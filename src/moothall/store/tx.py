"""What a write command is given: a connection inside the group's transaction, and the outbox."""

from collections.abc import Callable, Sequence

from sqlalchemy import Connection, insert

from moothall.kernel.event import Event, EventKind
from moothall.store.tables import outbox

Listener = Callable[[Sequence[Event]], None]


class Tx:
    """One command's part of a group commit."""

    def __init__(self, conn: Connection) -> None:
        self.conn = conn
        self.events: list[Event] = []

    def emit(
        self,
        kind: EventKind,
        *,
        story_id: int,
        at_ms: int,
        comment_id: int = 0,
        parent_id: int = 0,
        a: int = 0,
        b: int = 0,
    ) -> int:
        """Write an event to the outbox; it is told to listeners after the commit.  Returns its seq."""
        row = {
            "story_id": story_id,
            "kind": kind.value,
            "comment_id": comment_id,
            "parent_id": parent_id,
            "a": a,
            "b": b,
            "at_ms": at_ms,
        }
        done = self.conn.execute(insert(outbox), row)
        seq = int(done.inserted_primary_key[0])
        self.events.append(Event(seq, story_id, kind, comment_id, parent_id, a, b, at_ms))
        return seq
