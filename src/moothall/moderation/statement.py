"""A statement of reasons: what its reader must be told of a restriction.

Source: Regulation (EU) 2022/2065, Article 17; the words of its database are in `eu_statement.py`.
"""

from collections.abc import Sequence
from enum import StrEnum

import msgspec

from moothall.discussion.model import CommentId, State
from moothall.discussion.verdict import Finding, Weight
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


class Ground(StrEnum):
    """The newsroom's own rules, or the law."""

    TERMS = "terms"
    LAW = "law"


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

_OTHER = (Ground.TERMS, "OTHER_VIOLATION_TC", "")
# By the rule's key: the ground, and the category and keyword of the database.
_BREACHES: dict[str, tuple[Ground, str, str]] = {
    "civil": (Ground.TERMS, "CYBER_VIOLENCE", "CYBER_HARASSMENT"),
    "hate": (Ground.TERMS, "ILLEGAL_OR_HARMFUL_SPEECH", "HATE_SPEECH"),
    "threat": (Ground.TERMS, "VIOLENCE", "INCITEMENT_VIOLENCE_HATRED"),
    "private": (Ground.TERMS, "DATA_PROTECTION_AND_PRIVACY_VIOLATIONS", ""),
    "truth": (Ground.TERMS, "ILLEGAL_OR_HARMFUL_SPEECH", "DEFAMATION"),
    "spam": (Ground.TERMS, "SCAMS_AND_FRAUD", "INAUTHENTIC_ACCOUNTS"),
    "law": (Ground.LAW, "ILLEGAL_OR_HARMFUL_SPEECH", "OTHER"),
}


def breach_of(rule: str | None) -> tuple[Ground, str, str]:
    """Ground, category and keyword of a rule's key."""
    return _BREACHES.get(rule or "", _OTHER)


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
