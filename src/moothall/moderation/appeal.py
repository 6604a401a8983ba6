"""Complaints against decisions: who may make one, until when, and who may rule on it.

Source: Regulation (EU) 2022/2065, Article 20.
"""

from enum import StrEnum

import msgspec

from moothall.kernel.errors import (
    AppealClosed,
    AppealFinal,
    InvalidField,
    NotFound,
    SamePerson,
    TextTooLong,
)
from moothall.kernel.limits import APPEAL_GRAPHEMES, APPEAL_MS, NOTE_GRAPHEMES
from moothall.kernel.text import clean, graphemes, is_visible
from moothall.moderation.standards import rule_of
from moothall.moderation.statement import Statement
from moothall.people.model import AccountId


class AppealOutcome(StrEnum):
    """The decision stands; it stands in part; it is taken back."""

    UPHELD = "upheld"
    PARTLY = "partly"
    REVERSED = "reversed"


class Appeal(msgspec.Struct, frozen=True, kw_only=True):
    """A complaint, against a statement's decision or, by who sent a notice, against its outcome."""

    id: int
    statement_id: int | None = None
    notice_id: int | None = None
    account_id: AccountId | None
    reason: str
    at_ms: int
    outcome: AppealOutcome | None = None
    decided_by: AccountId | None = None
    note: str = ""
    decided_at_ms: int | None = None


class Ruling(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody else decided on it.

    `rule` and `until_ms` say what is left of a decision that stands in part: another rule, an earlier end.
    """

    id: int
    appeal_id: int
    actor_id: AccountId
    outcome: AppealOutcome
    note: str
    rule: str | None = None
    until_ms: int | None = None
    at_ms: int


def check_appeal(against: Statement, by: AccountId, reason: str, now_ms: int) -> str:
    """The reason, cleaned; it may be empty: one click is enough.

    Raises: NotFound when the statement is another's, AppealClosed after six months, TextTooLong.
    """
    if against.account_id != by:
        raise NotFound
    if now_ms > against.at_ms + APPEAL_MS:
        raise AppealClosed
    return checked_text(reason, name="reason", limit=APPEAL_GRAPHEMES)


def check_ruling(wanted: Ruling) -> Ruling:
    """Raises: InvalidField without a note, or with a rule that is not in the standards; TextTooLong."""
    note = checked_text(wanted.note, name="note", limit=NOTE_GRAPHEMES)
    if not is_visible(note):
        raise InvalidField(name="note")
    rule = rule_of(wanted.rule)
    if wanted.rule and rule is None:
        raise InvalidField(name="rule")
    return msgspec.structs.replace(wanted, note=note, rule=rule.key if rule else None)


def check_person(ruling: AccountId, *, first: AccountId | None, appellant: AccountId | None) -> None:
    """Raises: SamePerson for whoever decided first, and for whoever complains."""
    if ruling in {first, appellant}:
        raise SamePerson


def check_first(found: Appeal) -> None:
    """An appeal that was ruled on is not appealed again.  Raises: AppealFinal."""
    if found.outcome is not None:
        raise AppealFinal


def checked_text(text: str, *, name: str, limit: int) -> str:
    """Cleaned.  Raises: TextTooLong."""
    told = clean(text)
    over = graphemes(told) - limit
    if over > 0:
        raise TextTooLong(name=name, over=over, limit=limit)
    return told
