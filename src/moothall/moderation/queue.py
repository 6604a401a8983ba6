"""The moderation queues: what waits for whom, in which order."""

from enum import StrEnum

import msgspec

from moothall.discussion.model import Comment


class Queue(StrEnum):
    """Held: oldest first; reported: most reports first; live: everything live, newest first."""

    HELD = "held"
    REPORTED = "reported"
    LIVE = "live"


class Told(msgspec.Struct, frozen=True):
    """A finding or a report, as a moderator reads it."""

    name: str
    detail: str


class Record(msgspec.Struct, frozen=True):
    """What is known of an author.  Counts stop at a hundred: more says no more."""

    live_count: int
    taken_down_count: int
    banned_until_ms: int | None


class Waiting(msgspec.Struct, frozen=True):
    """A comment of a queue, with what speaks about it.  `parent_html` is what it answers."""

    comment: Comment
    story_headline: str
    story_code: str
    report_count: int
    author: Record
    parent_html: str = ""
    findings: tuple[Told, ...] = ()
    reports: tuple[Told, ...] = ()


class QueuePage(msgspec.Struct, frozen=True):
    """Some of a queue, and where it goes on."""

    waiting: tuple[Waiting, ...]
    next_cursor: str | None
