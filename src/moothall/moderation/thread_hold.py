"""Holding a comment with all replies under it: what is wanted, and what came of it."""

import msgspec

from moothall.discussion.model import CommentId
from moothall.kernel.errors import TextTooLong
from moothall.kernel.limits import NOTE_GRAPHEMES
from moothall.kernel.text import clean, graphemes
from moothall.people.model import AccountId


class Part(msgspec.Struct, frozen=True):
    """A live comment of a thread."""

    id: CommentId
    author_id: AccountId
    revision: int


class Thread(msgspec.Struct, frozen=True):
    """What of a thread is live, oldest first."""

    parts: tuple[Part, ...]

    @property
    def authors(self) -> int:
        """How many people are told."""
        return len({one.author_id for one in self.parts})


class ThreadHold(msgspec.Struct, frozen=True, kw_only=True):
    """A checked wish; the note is shown to each author.  `key`: under which it counts once."""

    key: str
    comment_id: CommentId
    actor_id: AccountId
    note: str
    at_ms: int


class Held(msgspec.Struct, frozen=True):
    """How many were held, and how many are live still: in a colleague's hand, or past the bound of one act."""

    done: int
    left: int


def check_hold(wanted: ThreadHold) -> ThreadHold:
    """With its note cleaned.  Raises: TextTooLong."""
    note = clean(wanted.note)
    over = graphemes(note) - NOTE_GRAPHEMES
    if over > 0:
        raise TextTooLong(name="note", over=over, limit=NOTE_GRAPHEMES)
    return msgspec.structs.replace(wanted, note=note)
