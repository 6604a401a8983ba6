"""A decision as the console sends it: what its moderator had read, and a key under which it counts once."""

import msgspec

from moothall.discussion.model import Comment, State
from moothall.kernel.errors import AlreadyDecided, InvalidField, TextChanged
from moothall.kernel.limits import IDEMPOTENCY_KEY_CHARS
from moothall.moderation.decide import Decision


class Seen(msgspec.Struct, frozen=True):
    """What a moderator had before them.  `revision` counts edits."""

    state: State
    revision: int


class Taken(msgspec.Struct, frozen=True):
    """A checked decision with its key, unique to its moderator."""

    key: str
    decision: Decision
    seen: Seen


class Done(msgspec.Struct, frozen=True):
    """A decision of one's own as it is listed: `after` is the state that it made."""

    key: str
    kind: str
    rule: str | None
    note: str
    after: State
    at_ms: int
    undone_at_ms: int | None
    comment: Comment
    story_headline: str


def check_key(key: str) -> str:
    """Raises: InvalidField when it is empty, too long or not printable ASCII."""
    if not 0 < len(key) <= IDEMPOTENCY_KEY_CHARS or not key.isascii() or not key.isprintable():
        raise InvalidField(name="key")
    return key


def check_seen(now: Comment, seen: Seen) -> None:
    """Nobody decides on what they have not read.  Raises: TextChanged, AlreadyDecided."""
    if now.revision != seen.revision:
        raise TextChanged
    if now.state is not seen.state:
        raise AlreadyDecided
