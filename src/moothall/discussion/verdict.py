"""What a judge sees and says.  The judge itself lives in `moderation` and arrives as an argument."""

from enum import StrEnum
from typing import Protocol

import msgspec

from moothall.discussion.model import NO_PARENT, CommentId, State
from moothall.people.model import Account
from moothall.story.model import Discussion, Moderation, StoryId


class Weight(StrEnum):
    """How much a finding asks for; the verdict table turns the heaviest into a state."""

    NOTE = "note"
    NUDGE = "nudge"
    HOLD = "hold"
    REJECT = "reject"


class Finding(msgspec.Struct, frozen=True):
    """What one phase noticed.  `start` and `end` are code-point offsets of the span in the body.

    `cue` is what the phase calls it and `value` how much of it there is, by which standards weigh it;
    `version` is the phase's, raised when it would find other things in the same text.
    """

    phase: str
    weight: Weight = Weight.NOTE
    rule: str | None = None
    detail: str = ""
    start: int = 0
    end: int = 0
    cue: str = ""
    value: float = 1.0
    version: int = 1


class StoryTerms(msgspec.Struct, frozen=True):
    """What of a story decides whether and how one may comment."""

    id: StoryId
    section: str
    lang: str
    published: bool
    embargo_until_ms: int | None
    discussion: Discussion
    closes_at_ms: int | None
    moderation: Moderation

    def public_at(self, now_ms: int) -> bool:
        """Whether readers may see the story."""
        return self.published and (self.embargo_until_ms or 0) <= now_ms

    def open_at(self, now_ms: int) -> bool:
        """Whether comments may be written."""
        in_time = self.closes_at_ms is None or now_ms < self.closes_at_ms
        return self.discussion is Discussion.OPEN and in_time and self.public_at(now_ms)


class Context(msgspec.Struct, frozen=True):
    """Everything a judge may look at; read in one query, outside any transaction."""

    story: StoryTerms
    author: Account
    body: str
    now_ms: int
    recent_bodies: tuple[str, ...] = ()
    """Bodies of the author's last comments, newest first."""
    recent_times_ms: tuple[int, ...] = ()
    """When they were made."""
    live_count: int = 0
    rejected_count: int = 0
    is_edit: bool = False
    comment_id: CommentId = NO_PARENT
    """Of the comment that is posted, as judges outside are told of it; 0 where nothing has one yet."""
    parent_id: CommentId = NO_PARENT


class Verdict(msgspec.Struct, frozen=True):
    """The outcome: live, held or rejected, and why."""

    state: State
    findings: tuple[Finding, ...] = ()

    @property
    def nudge(self) -> Finding | None:
        """What its author is asked about first, where nothing weighs more."""
        if self.state is not State.LIVE:
            return None
        return next((found for found in self.findings if found.weight is Weight.NUDGE), None)


class Judge(Protocol):
    """Raises nothing: a part that fails or is late becomes a finding that holds."""

    async def __call__(self, context: Context) -> Verdict: ...
