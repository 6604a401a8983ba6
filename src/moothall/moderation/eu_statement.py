"""A statement of reasons in the words of the EU's Transparency Database, version 2, without personal data.

Source: Regulation (EU) 2022/2065, Article 24 (5); the database's schema in force since 2025-07-01.
"""

import re
from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec

from moothall.kernel.ids import from_text, to_text
from moothall.moderation.standards import rule_of
from moothall.moderation.standards_model import Ground
from moothall.moderation.statement import Restriction, Source, Statement

BREACHES = (
    "ANIMAL_WELFARE",
    "CONSUMER_INFORMATION",
    "CYBER_VIOLENCE",
    "CYBER_VIOLENCE_AGAINST_WOMEN",
    "DATA_PROTECTION_AND_PRIVACY_VIOLATIONS",
    "ILLEGAL_OR_HARMFUL_SPEECH",
    "INTELLECTUAL_PROPERTY_INFRINGEMENTS",
    "NEGATIVE_EFFECTS_ON_CIVIC_DISCOURSE_OR_ELECTIONS",
    "NOT_SPECIFIED_NOTICE",
    "OTHER_VIOLATION_TC",
    "PROTECTION_OF_MINORS",
    "RISK_FOR_PUBLIC_SECURITY",
    "SCAMS_AND_FRAUD",
    "SELF_HARM",
    "UNSAFE_AND_PROHIBITED_PRODUCTS",
    "VIOLENCE",
)
VISIBILITY = {
    Restriction.HELD: "DECISION_VISIBILITY_CONTENT_DISABLED",
    Restriction.REJECTED: "DECISION_VISIBILITY_CONTENT_REMOVED",
    Restriction.REMOVED: "DECISION_VISIBILITY_CONTENT_REMOVED",
    Restriction.DISCUSSION_CLOSED: "DECISION_VISIBILITY_CONTENT_INTERACTION_RESTRICTED",
    Restriction.DISCUSSION_HELD: "DECISION_VISIBILITY_CONTENT_INTERACTION_RESTRICTED",
}
PROVISION = {
    Restriction.SLOWED: "DECISION_PROVISION_PARTIAL_SUSPENSION",
    Restriction.PRE_MODERATED: "DECISION_PROVISION_PARTIAL_SUSPENSION",
}
ACCOUNT = {
    Restriction.SUSPENDED: "DECISION_ACCOUNT_SUSPENDED",
    Restriction.BANNED: "DECISION_ACCOUNT_TERMINATED",
}
SOURCES = {
    Source.VOLUNTARY: "SOURCE_VOLUNTARY",
    Source.REPORT: "SOURCE_TYPE_OTHER_NOTIFICATION",
    Source.NOTICE: "SOURCE_ARTICLE_16",
    Source.TRUSTED: "SOURCE_TRUSTED_FLAGGER",
}
_OURS = "moothall-"
_PUID = re.compile(r"[A-Za-z0-9_-]{1,500}")
_KEYWORD = re.compile(r"KEYWORD_[A-Z_]{3,80}")
_FIRST_SAID, _FIRST_APPLIED, _LAST = "2000-01-01", "2020-01-01", "2038-12-31"
_SHORT, _LONG, _FACTS = 500, 2_000, 5_000


class EuStatement(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The record that is sent.  Dates are YYYY-MM-DD in UTC."""

    puid: str
    decision_visibility: tuple[str, ...] = ()
    decision_provision: str | None = None
    decision_account: str | None = None
    decision_ground: str
    decision_ground_reference_url: str | None = None
    illegal_legal_ground: str | None = msgspec.field(default=None, name="illegal_content_legal_ground")
    illegal_explanation: str | None = msgspec.field(default=None, name="illegal_content_explanation")
    incompatible_ground: str | None = msgspec.field(default=None, name="incompatible_content_ground")
    incompatible_explanation: str | None = msgspec.field(default=None, name="incompatible_content_explanation")
    incompatible_illegal: str | None = msgspec.field(default=None, name="incompatible_content_illegal")
    kinds: tuple[str, ...] = msgspec.field(name="content_type")
    breach: str = msgspec.field(name="category")
    keywords: tuple[str, ...] = msgspec.field(default=(), name="category_specification")
    lang: str | None = msgspec.field(default=None, name="content_language")
    said_on: str = msgspec.field(name="content_date")
    application_date: str
    end_date_account_restriction: str | None = None
    end_date_service_restriction: str | None = None
    decision_facts: str
    source_type: str
    automated_detection: str
    automated_decision: str


def is_restriction(made: Statement) -> bool:
    """A warning restricts nothing, and is not reported."""
    return made.restriction is not Restriction.WARNED


def record_of(made: Statement, *, standards_url: str) -> EuStatement:
    """The record of a statement.  Its facts name rule and means, never the text nor anybody in it."""
    rule = rule_of(made.reasons.rule)
    heading = rule.title if rule else "The community standards"
    text = rule.text if rule else "Comments are checked before or after they are published."
    law = made.ground is Ground.LAW
    ends = _day(made.until_ms) if made.until_ms is not None else None
    ends = ends if ends is not None and ends <= _LAST else None
    return EuStatement(
        puid=f"{_OURS}{to_text(made.id)}",
        decision_visibility=(VISIBILITY[made.restriction],) if made.restriction in VISIBILITY else (),
        decision_provision=PROVISION.get(made.restriction),
        decision_account=ACCOUNT.get(made.restriction),
        decision_ground="DECISION_GROUND_ILLEGAL_CONTENT" if law else "DECISION_GROUND_INCOMPATIBLE_CONTENT",
        decision_ground_reference_url=standards_url,
        illegal_legal_ground=heading if law else None,
        illegal_explanation=text if law else None,
        incompatible_ground=None if law else heading,
        incompatible_explanation=None if law else text,
        incompatible_illegal=None if law else "No",
        kinds=("CONTENT_TYPE_TEXT",),
        breach=f"STATEMENT_CATEGORY_{made.breach}",
        keywords=(f"KEYWORD_{made.keyword}",) if made.keyword else (),
        lang=made.lang[:2].upper() if len(made.lang) >= 2 else None,
        said_on=_day(made.said_at_ms if made.said_at_ms is not None else made.at_ms),
        application_date=_day(made.at_ms),
        end_date_account_restriction=ends if made.restriction in ACCOUNT else None,
        end_date_service_restriction=ends if made.restriction in PROVISION else None,
        decision_facts=_facts(made, heading),
        source_type=SOURCES[made.reasons.source],
        automated_detection="Yes" if made.reasons.found_by_machine else "No",
        automated_decision=_automated(made),
    )


def statement_of(puid: str) -> int:
    """The statement that a record is of.  Raises: ValueError for a PUID that is not ours."""
    number = from_text(puid.removeprefix(_OURS))
    if number is None:
        raise ValueError(puid)
    return number


def faults(record: EuStatement) -> tuple[str, ...]:
    """The fields that the database would refuse; none for a record that is right."""
    law = record.decision_ground == "DECISION_GROUND_ILLEGAL_CONTENT"
    grounds = (record.illegal_legal_ground, record.illegal_explanation)
    if not law:
        grounds = (record.incompatible_ground, record.incompatible_explanation)
    checks = {
        "puid": bool(_PUID.fullmatch(record.puid)),
        "decision": any((record.decision_visibility, record.decision_provision, record.decision_account)),
        "decision_ground": law or record.decision_ground == "DECISION_GROUND_INCOMPATIBLE_CONTENT",
        "ground": _fits(grounds[0], _SHORT) and _fits(grounds[1], _LONG),
        "content_type": record.kinds == ("CONTENT_TYPE_TEXT",),
        "category": record.breach.removeprefix("STATEMENT_CATEGORY_") in BREACHES,
        "category_specification": all(_KEYWORD.fullmatch(one) for one in record.keywords),
        "content_language": record.lang is None or (len(record.lang) == 2 and record.lang.isupper()),
        "content_date": _FIRST_SAID <= record.said_on <= _LAST,
        "application_date": _FIRST_APPLIED <= record.application_date <= _LAST,
        "decision_facts": _fits(record.decision_facts, _FACTS),
        "source_type": record.source_type in SOURCES.values(),
        "automated_detection": record.automated_detection in {"Yes", "No"},
        "end_date": _ends_after(record),
    }
    return tuple(name for name, is_right in checks.items() if not is_right)


def _ends_after(record: EuStatement) -> bool:
    ends = (record.end_date_account_restriction, record.end_date_service_restriction)
    return all(end is None or record.application_date <= end <= _LAST for end in ends)


def _fits(text: str | None, limit: int) -> bool:
    return text is not None and 0 < len(text) <= limit


def _facts(made: Statement, heading: str) -> str:
    phases: Sequence[str] = made.reasons.phases
    found = f"Checks that noticed it: {', '.join(phases)}." if phases else "No automated check was involved."
    return f"{made.restriction.value.replace('_', ' ').capitalize()} under the rule “{heading}”. {found}"


def _automated(made: Statement) -> str:
    if made.reasons.decided_by_machine:
        return "AUTOMATED_DECISION_FULLY"
    if made.reasons.found_by_machine:
        return "AUTOMATED_DECISION_PARTIALLY"
    return "AUTOMATED_DECISION_NOT_AUTOMATED"


def _day(at_ms: int) -> str:
    return datetime.fromtimestamp(at_ms / 1000, UTC).strftime("%Y-%m-%d")
