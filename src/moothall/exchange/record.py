"""The neutral rows that every format is read into."""

from enum import StrEnum
from typing import NamedTuple

import msgspec

from moothall.discussion.model import State
from moothall.exchange.reasons import Refusal, Skip


class Place(NamedTuple):
    """Where a row begins in the unpacked file: the how-manieth of its kind, its line, its byte."""

    number: int
    line: int
    byte: int


class Kind(StrEnum):
    """What a row of a file is about."""

    STORY = "story"
    COMMENT = "comment"


class Markup(StrEnum):
    """How a body is written: HTML; HTML whose line ends count; our own Markdown."""

    HTML = "html"
    HTML_LINES = "html_lines"
    MARKDOWN = "markdown"


class AuthorRecord(msgspec.Struct, frozen=True):
    """Whoever wrote a comment.  `subject` is empty for a guest, who is then known by name and mail."""

    subject: str = ""
    name: str = ""
    email: str = ""


class StoryRecord(msgspec.Struct, frozen=True):
    """A story as the file has it; `key` is what its comments call it."""

    place: Place
    key: str
    external_id: str
    link: str
    headline: str = ""
    section: str = ""
    byline: str = ""
    keywords: tuple[str, ...] = ()
    created_at_ms: int = 0
    closed: bool = False
    slug: str = ""
    standfirst: str = ""
    body: str = ""
    """As HTML whose line ends count, or "" where the format has no texts of stories."""
    stands_alone: bool = False
    """Whether it is a story of its own right, wanted even if nobody commented on it."""
    updated_at_ms: int = 0


class CommentRecord(msgspec.Struct, frozen=True):
    """A comment as the file has it; an empty `parent_id` is a top-level one."""

    place: Place
    external_id: str
    story_key: str
    parent_id: str
    author: AuthorRecord
    state: State
    body: str
    markup: Markup
    created_at_ms: int


class RefusedRow(msgspec.Struct, frozen=True):
    """A row that the format itself cannot take."""

    place: Place
    kind: Kind
    external_id: str
    reason: Refusal
    detail: str = ""
    key: str = ""
    """The story's key, so that its comments can be told why."""


class SkippedRow(msgspec.Struct, frozen=True):
    """A row that is left out on purpose."""

    place: Place
    kind: Kind
    external_id: str
    reason: Skip
    key: str = ""


Row = StoryRecord | CommentRecord | RefusedRow | SkippedRow
