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


class Waiting(msgspec.Struct, frozen=True):
    """A comment of a queue, with what speaks about it."""

    comment: Comment
    story_headline: str
    story_code: str
    report_count: int
    findings: tuple[Told, ...] = ()
    reports: tuple[Told, ...] = ()


class QueuePage(msgspec.Struct, frozen=True):
    """A page of a queue; no cursor after the last one."""

    waiting: tuple[Waiting, ...]
    next_cursor: str | None
