"""What a write command is given: a connection inside the group's transaction, and the outbox."""

from collections.abc import Callable, Sequence

from sqlalchemy import Connection

from moothall.kernel.event import Event, EventKind
from moothall.store.raw import row

Listener = Callable[[Sequence[Event]], None]

_INSERT = """
INSERT INTO outbox (story_id, kind, comment_id, parent_id, a, b, at_ms) VALUES (?, ?, ?, ?, ?, ?, ?)
RETURNING seq
"""


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
        values = [story_id, kind.value, comment_id, parent_id, a, b, at_ms]
        made = row(self.conn, _INSERT, values)
        if made is None:
            raise LookupError("the outbox gave no number")
        seq = int(made[0])
        self.events.append(Event(seq, story_id, kind, comment_id, parent_id, a, b, at_ms))
        return seq
