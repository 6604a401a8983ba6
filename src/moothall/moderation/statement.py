"""A statement of reasons: what its reader must be told of a restriction.

Source: Regulation (EU) 2022/2065, Article 17; the words of its database are in `eu_statement.py`.
"""

from collections.abc import Sequence
from enum import StrEnum

import msgspec

from moothall.discussion.model import CommentId, State
from moothall.discussion.verdict import Finding, Weight
from moothall.moderation.standards import rule_of
from moothall.moderation.standards_model import Ground
from moothall.people.model import AccountId
from moothall.story.model import StoryId


class Restriction(StrEnum):
    """What was restricted, and how: a comment, a discussion, an account."""

    HELD = "held"
    REJECTED = "rejected"
    REMOVED = "removed"
    DISCUSSION_CLOSED = "discussion_closed"
    DISCUSSION_HELD = "discussion_held"
    WARNED = "warned"
    SLOWED = "slowed"
    PRE_MODERATED = "pre_moderated"
    SUSPENDED = "suspended"
    BANNED = "banned"


class Source(StrEnum):
    """What made us look: ourselves, a reader's report, a notice, a trusted flagger's notice."""

    VOLUNTARY = "voluntary"
    REPORT = "report"
    NOTICE = "notice"
    TRUSTED = "trusted"


class Reasons(msgspec.Struct, frozen=True):
    """Why.  `spans` are code-point offsets in the text as it was at `revision`."""

    rule: str | None = None
    note: str = ""
    source: Source = Source.VOLUNTARY
    found_by_machine: bool = False
    decided_by_machine: bool = False
    spans: tuple[tuple[int, int], ...] = ()
    phases: tuple[str, ...] = ()
    revision: int = 0


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """One restriction explained.  `id` is its decision's; no account: it concerns everybody who writes there.

    `breach` and `keyword` are the database's words, without their prefixes.  `ended_at_ms` says since when the
    restriction stands no more.
    """

    id: int
    account_id: AccountId | None
    comment_id: CommentId | None
    story_id: StoryId | None
    restriction: Restriction
    reasons: Reasons
    ground: Ground
    breach: str
    keyword: str
    lang: str
    said_at_ms: int | None
    until_ms: int | None
    at_ms: int
    ended_at_ms: int | None = None


RESTRICTIONS: dict[State, Restriction] = {
    State.HELD: Restriction.HELD,
    State.REJECTED: Restriction.REJECTED,
    State.REMOVED: Restriction.REMOVED,
}
"""The states that keep a comment from readers against its author's will."""

OF_ACCOUNTS = frozenset(
    {Restriction.WARNED, Restriction.SLOWED, Restriction.PRE_MODERATED, Restriction.SUSPENDED, Restriction.BANNED}
)


def breach_of(rule: str | None) -> tuple[Ground, str, str]:
    """Ground, category and keyword of a rule's key, without the database's prefixes."""
    known = rule_of(rule)
    if known is None:
        return Ground.TERMS, "OTHER_VIOLATION_TC", ""
    keyword = known.keyword.removeprefix("KEYWORD_")
    return known.ground, known.dsa.removeprefix("STATEMENT_CATEGORY_"), keyword


def reasons_found(findings: Sequence[Finding], revision: int) -> Reasons:
    """What the phases say for themselves when they decide: the first rule that they name, and every span."""
    heavy = [one for one in findings if one.weight is not Weight.NOTE]
    return Reasons(
        rule=next((one.rule for one in heavy if one.rule), None),
        found_by_machine=True,
        decided_by_machine=True,
        spans=tuple((one.start, one.end) for one in heavy if one.end > one.start),
        phases=tuple(dict.fromkeys(one.phase for one in heavy)),
        revision=revision,
    )
