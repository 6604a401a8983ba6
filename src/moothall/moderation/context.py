"""What surrounds a comment that a moderator reads."""

import msgspec

from moothall.discussion.model import Comment
from moothall.moderation.queue import Waiting


class Past(msgspec.Struct, frozen=True):
    """An earlier comment of the same author."""

    id: int
    state: str
    rule: str | None
    body: str
    story_headline: str


class Alike(msgspec.Struct, frozen=True):
    """A comment with much the same words; `share` is 0 to 1."""

    comment: Comment
    share: float


class About(msgspec.Struct, frozen=True):
    """A comment, the thread around it, its author's past, and much the same words elsewhere."""

    waiting: Waiting
    above: tuple[Comment, ...]
    below: tuple[Comment, ...]
    beside: tuple[Comment, ...]
    past: tuple[Past, ...]
    joined_ms: int
    copies: tuple[Alike, ...]
    story_comments: int
