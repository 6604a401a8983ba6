"""Notices of illegal content, from anybody.

Source: Regulation (EU) 2022/2065, Articles 16, 22 and 23.
"""

from enum import StrEnum

import msgspec

from moothall.discussion.model import CommentId
from moothall.kernel.errors import InvalidField
from moothall.kernel.limits import (
    APPEAL_GRAPHEMES,
    NOTE_GRAPHEMES,
    NOTICES_REFUSED_MS,
    NOTICES_UNFOUNDED_REFUSED,
    NOTICES_UNFOUNDED_WARNED,
)
from moothall.kernel.text import is_visible
from moothall.moderation.appeal import checked_text
from moothall.moderation.standards import rule_of
from moothall.people.email_address import canonical
from moothall.people.model import AccountId

# What a notice may be about: the categories of the Transparency Database that words alone can break.
BREACHES = (
    "ILLEGAL_OR_HARMFUL_SPEECH",
    "CYBER_VIOLENCE",
    "DATA_PROTECTION_AND_PRIVACY_VIOLATIONS",
    "VIOLENCE",
    "RISK_FOR_PUBLIC_SECURITY",
    "PROTECTION_OF_MINORS",
    "INTELLECTUAL_PROPERTY_INFRINGEMENTS",
    "SCAMS_AND_FRAUD",
    "NOT_SPECIFIED_NOTICE",
)
# Whoever tells of an offence against a child need not say who they are: Article 16 (2) (c).
NAMELESS = frozenset({"PROTECTION_OF_MINORS"})


class NoticeOutcome(StrEnum):
    """Something was restricted; nothing was; nothing was, and that was plain from the start."""

    ACTED = "acted"
    KEPT = "kept"
    UNFOUNDED = "unfounded"


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """One notice.  `sender` names who sent it for counting; `trusted` is set by the store."""

    id: int
    comment_id: CommentId
    account_id: AccountId | None
    sender: str
    breach: str
    explanation: str
    legal_reference: str = ""
    name: str = ""
    email: str = ""
    lang: str
    at_ms: int
    trusted: bool = False
    revision: int = 0
    outcome: NoticeOutcome | None = None
    decided_by: AccountId | None = None
    note: str = ""
    decided_at_ms: int | None = None


class NoticeRuling(msgspec.Struct, frozen=True, kw_only=True):
    """What was decided on a notice; a restriction names its rule."""

    id: int
    notice_id: int
    actor_id: AccountId
    outcome: NoticeOutcome
    rule: str | None
    note: str
    at_ms: int


class Sender(msgspec.Struct, frozen=True):
    """What is known of who sends notices."""

    unfounded: int = 0
    warned_at_ms: int | None = None
    refused_until_ms: int | None = None


def check_notice(wanted: Notice, *, good_faith: bool) -> Notice:
    """The notice with its words cleaned.

    Raises: InvalidField (`breach`, `explanation`, `name`, `good_faith`), EmailInvalid, TextTooLong.
    """
    if wanted.breach not in BREACHES:
        raise InvalidField(name="breach")
    explanation = checked_text(wanted.explanation, name="explanation", limit=APPEAL_GRAPHEMES)
    if not is_visible(explanation):
        raise InvalidField(name="explanation")
    if not good_faith:
        raise InvalidField(name="good_faith")
    name = checked_text(wanted.name, name="name", limit=NOTE_GRAPHEMES)
    email = wanted.email.strip()
    if wanted.breach not in NAMELESS or email:
        email = canonical(email)
    if wanted.breach not in NAMELESS and not is_visible(name):
        raise InvalidField(name="name")
    reference = checked_text(wanted.legal_reference, name="legal_reference", limit=NOTE_GRAPHEMES)
    return msgspec.structs.replace(
        wanted, explanation=explanation, name=name, email=email, legal_reference=reference
    )


def check_notice_ruling(wanted: NoticeRuling) -> NoticeRuling:
    """Raises: InvalidField for a restriction without a rule of the standards; TextTooLong."""
    rule = rule_of(wanted.rule)
    if wanted.outcome is NoticeOutcome.ACTED and rule is None:
        raise InvalidField(name="rule")
    note = checked_text(wanted.note, name="note", limit=NOTE_GRAPHEMES)
    acted = wanted.outcome is NoticeOutcome.ACTED and rule is not None
    return msgspec.structs.replace(wanted, note=note, rule=rule.key if acted and rule else None)


def after_unfounded(known: Sender, now_ms: int) -> Sender:
    """Warned at the third, refused for a time from the fifth on."""
    count = known.unfounded + 1
    warned = known.warned_at_ms or (now_ms if count >= NOTICES_UNFOUNDED_WARNED else None)
    refused = now_ms + NOTICES_REFUSED_MS if count >= NOTICES_UNFOUNDED_REFUSED else known.refused_until_ms
    return Sender(count, warned, refused)
