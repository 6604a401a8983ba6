"""Asked once before publishing: an author is shown what may break a rule, and rephrases it or sends it anyway."""

import hashlib
from collections.abc import Callable
from enum import StrEnum
from typing import Protocol

import msgspec

from moothall.discussion.model import Draft
from moothall.discussion.verdict import Finding
from moothall.kernel.errors import NudgeFirst
from moothall.kernel.text import cut
from moothall.people.model import AccountId
from moothall.story.model import StoryId

# Of what was found, enough to see what is meant.
_QUOTED_GRAPHEMES = 80


class Chosen(StrEnum):
    """What an author did with a nudge; who did neither left."""

    REPHRASED = "rephrased"
    SENT = "sent"


class Nudge(msgspec.Struct, frozen=True, kw_only=True):
    """A nudge as it is kept: no text, only its hash."""

    id: int
    account_id: AccountId
    story_id: StoryId
    rule: str | None
    phase: str
    cue: str
    sha256: str


class NudgeCounts(msgspec.Struct, frozen=True):
    """How often it was shown, and what became of it; the rest left or is still thinking."""

    shown: int
    rephrased: int
    sent: int

    @property
    def left(self) -> int:
        return self.shown - self.rephrased - self.sent


class NudgeStore(Protocol):
    """Keeps what was shown and what was chosen."""

    async def show(self, nudge: Nudge) -> None:
        """Keep that it was shown."""
        ...

    async def shown(self, nudge_id: int, account_id: AccountId, story_id: StoryId) -> bool:
        """Whether this author was shown this one beneath this story."""
        ...

    async def choose(self, nudge_id: int, sha256: str, at_ms: int) -> None:
        """Keep the first choice: sent when the text is the same, else rephrased."""
        ...


async def ask_first(store: NudgeStore, draft: Draft, found: Finding, new_id: Callable[[], int]) -> None:
    """Nothing when this author was asked already.  Raises: NudgeFirst."""
    if draft.nudge is not None and await store.shown(draft.nudge, draft.author_id, draft.story_id):
        return
    nudge = Nudge(
        id=new_id(),
        account_id=draft.author_id,
        story_id=draft.story_id,
        rule=found.rule,
        phase=found.phase,
        cue=found.cue,
        sha256=hash_of(draft.body),
    )
    await store.show(nudge)
    quoted = draft.body[found.start : found.end] or draft.body
    raise NudgeFirst(
        words=cut(quoted, _QUOTED_GRAPHEMES),
        rule=found.rule or "",
        nudge=nudge.id,
        start=found.start,
        end=found.end,
    )


def hash_of(body: str) -> str:
    """What tells the same text from another without keeping either."""
    return hashlib.sha256(body.encode()).hexdigest()
