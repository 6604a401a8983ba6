"""What can happen to a story's discussion; the outbox carries these to open pages."""

from enum import StrEnum

import msgspec


class EventKind(StrEnum):
    """What can happen; clients ignore kinds that they do not know."""

    NEW = "new"  # a comment became live
    EDITED = "edited"  # a live comment's text changed
    REMOVED = "removed"  # a comment is no longer shown
    REACTIONS = "reactions"  # its counts changed
    DISCUSSION = "discussion"  # opened, closed, moderation changed
    STORY = "story"  # the story itself changed


class Event(msgspec.Struct, frozen=True):
    """One committed event.  `seq` rises without reuse over the whole site.

    For REACTIONS, `a` and `b` are the new respect and disagree counts.
    """

    seq: int
    story_id: int
    kind: EventKind
    comment_id: int = 0
    parent_id: int = 0
    a: int = 0
    b: int = 0
    at_ms: int = 0
