"""What a discussion is made of: the words of this room."""

from enum import StrEnum
from typing import NewType

import msgspec

from moothall.people.model import AccountId, Role
from moothall.story.model import StoryId

CommentId = NewType("CommentId", int)
NO_PARENT = CommentId(0)
"""Roots share this parent, so that roots and replies share one index."""


class State(StrEnum):
    """Shown; waiting; refused before showing; taken back by its author; taken down after showing."""

    LIVE = "live"
    HELD = "held"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    REMOVED = "removed"


class Sort(StrEnum):
    """The order of a discussion; within a thread replies follow `thread.reply_sort`."""

    NEWEST = "newest"
    OLDEST = "oldest"
    REPLIES = "replies"
    RESPECTED = "respected"


class ReactionKind(StrEnum):
    """One-click answers; a reader has at most one to a comment."""

    RESPECT = "respect"
    DISAGREE = "disagree"


class ReportReason(StrEnum):
    """Why a reader reports; the words for people are in `web/pages/strings.py`."""

    ABUSE = "abuse"
    HATE = "hate"
    THREAT = "threat"
    PRIVATE = "private"
    SPAM = "spam"
    OFF_TOPIC = "off_topic"
    ILLEGAL = "illegal"
    OTHER = "other"


class Author(msgspec.Struct, frozen=True):
    """An author as every reader may see one."""

    id: AccountId
    display_name: str
    role: Role


class Comment(msgspec.Struct, frozen=True):
    """One contribution.  `reply_count` counts the direct replies that are shown; `featured` is one that the
    newsroom marked as worth reading, while it is live.

    `body`, `body_html`, `note` and the author of a comment that is not live are for its author and for
    staff only; `access.public_face` blanks them for everybody else.
    """

    id: CommentId
    story_id: StoryId
    parent_id: CommentId
    root_id: CommentId
    depth: int
    author: Author
    state: State
    body: str
    body_html: str
    created_at_ms: int
    edited_at_ms: int | None
    revision: int
    respect: int
    disagree: int
    score: int
    reply_count: int
    parent_author: str | None = None
    my_reaction: ReactionKind | None = None
    removal_rule: str | None = None
    featured: bool = False
    note: str = ""
    """What the moderator who made its state wrote to its author."""


class Node(msgspec.Struct, frozen=True):
    """A comment with the replies drawn beneath it.

    `more` is how many further direct replies are folded; `more_cursor` opens them.
    """

    comment: Comment
    replies: tuple["Node", ...] = ()
    more: int = 0
    more_cursor: str | None = None


class Page(msgspec.Struct, frozen=True):
    """One page of a thread listing."""

    nodes: tuple[Node, ...]
    next_cursor: str | None = None


class Draft(msgspec.Struct, frozen=True):
    """What is sent."""

    story_id: StoryId
    author_id: AccountId
    body: str
    parent_id: CommentId
    key: str
    """Idempotency key, unique per author."""
    nudge: int | None = None
    """The nudge that its author has seen."""


class Revision(msgspec.Struct, frozen=True):
    """A text that a comment had; `at_ms` is when it was written."""

    revision: int
    body: str
    body_html: str
    at_ms: int


class Report(msgspec.Struct, frozen=True):
    """What a reader tells of a comment; `reporter_id` None for one who is not signed in."""

    comment_id: CommentId
    reporter_id: AccountId | None
    reason: ReportReason
    text: str
    at_ms: int
