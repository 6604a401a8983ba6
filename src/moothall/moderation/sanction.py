"""What may be done to an account, each with a reason and an end that comes by itself."""

from enum import StrEnum

import msgspec

from moothall.kernel.errors import Forbidden, InvalidField, TextTooLong
from moothall.kernel.limits import DAY_MS, NOTE_GRAPHEMES, SANCTION_MS
from moothall.kernel.text import clean, graphemes, is_visible
from moothall.moderation.standards import rule_of
from moothall.moderation.statement import Restriction
from moothall.people.model import Account, AccountId
from moothall.people.role import STAFF

# Days that a sanction may last.
SANCTION_DAYS = (1, 3, 7, 30, 90, 365)
# A hundred years stand for good.
_FOR_GOOD_DAYS = 36_500


class SanctionKind(StrEnum):
    """Told; one comment in a while; each comment waits; kept out for a time; kept out for good."""

    WARN = "warn"
    SLOW = "slow"
    PRE_MODERATE = "pre_moderate"
    SUSPEND = "suspend"
    BAN = "ban"


RESTRICTED: dict[SanctionKind, Restriction] = {
    SanctionKind.WARN: Restriction.WARNED,
    SanctionKind.SLOW: Restriction.SLOWED,
    SanctionKind.PRE_MODERATE: Restriction.PRE_MODERATED,
    SanctionKind.SUSPEND: Restriction.SUSPENDED,
    SanctionKind.BAN: Restriction.BANNED,
}
KEPT_OUT = frozenset({SanctionKind.SUSPEND, SanctionKind.BAN})


class Sanction(msgspec.Struct, frozen=True, kw_only=True):
    """A checked sanction.  No `until_ms`: a warning, which has no end.  `past`: live comments go as well."""

    id: int
    account_id: AccountId
    actor_id: AccountId
    kind: SanctionKind
    until_ms: int | None
    rule: str | None
    reason: str
    past: bool
    at_ms: int


class Asked(msgspec.Struct, frozen=True):
    """What a form says: texts as they were typed."""

    kind: str = ""
    days: str = ""
    rule: str = ""
    reason: str = ""
    past: str = ""


class Standing(msgspec.Struct, frozen=True):
    """A sanction as it stands or stood."""

    id: int
    kind: SanctionKind
    until_ms: int | None
    rule: str | None
    reason: str
    at_ms: int
    lifted_at_ms: int | None

    @property
    def keeps_out(self) -> bool:
        """Whether it keeps its account from discussions."""
        return self.kind in KEPT_OUT

    def in_force(self, now_ms: int) -> bool:
        """Whether it stands; a warning does not."""
        return self.lifted_at_ms is None and self.until_ms is not None and now_ms < self.until_ms


class Lift(msgspec.Struct, frozen=True):
    """A sanction ended before its end.  `id` names the lifting in the log."""

    id: int
    sanction_id: int
    actor_id: AccountId
    at_ms: int


class Ban(msgspec.Struct, frozen=True):
    """A ban as an archive or the demo has it; `until_ms` None lifts one, whatever it came from."""

    id: int
    account_id: AccountId
    actor_id: AccountId
    until_ms: int | None
    reason: str
    at_ms: int


def check_sanction(wanted: Sanction, who: Account, now_ms: int) -> Sanction:
    """The sanction with its words cleaned and its rule named by key.

    Raises: Forbidden for staff and oneself; InvalidField for an end that is missing, past or beyond `SANCTION_MS`,
    a rule that is not in the standards and a reason that says nothing; TextTooLong.
    """
    _check_who(who, wanted.actor_id)
    until_ms = _end(wanted, now_ms)
    rule = rule_of(wanted.rule)
    if wanted.rule and rule is None:
        raise InvalidField(name="rule")
    reason = _reason(wanted.reason)
    return msgspec.structs.replace(wanted, until_ms=until_ms, rule=rule.key if rule else None, reason=reason)


def sanction(decision_id: int, who: Account, by: Account, *, asked: Asked, now_ms: int) -> Sanction:
    """What a form asks for, checked.

    Raises: Forbidden for staff and oneself; InvalidField for a kind or a length that is not offered, what
    `check_sanction` refuses, and past comments without a rule that they break; TextTooLong.
    """
    _check_who(who, by.id)
    kind = next((one for one in SanctionKind if one.value == asked.kind), None)
    if kind is None:
        raise InvalidField(name="kind")
    if asked.past and not asked.rule:
        raise InvalidField(name="rule")
    until_ms = None
    if kind not in {SanctionKind.WARN, SanctionKind.BAN}:
        if asked.days not in {str(one) for one in SANCTION_DAYS}:
            raise InvalidField(name="days")
        until_ms = now_ms + int(asked.days) * DAY_MS
    wanted = Sanction(
        id=decision_id,
        account_id=who.id,
        actor_id=by.id,
        kind=kind,
        until_ms=until_ms,
        rule=asked.rule or None,
        reason=asked.reason,
        past=bool(asked.past),
        at_ms=now_ms,
    )
    return check_sanction(wanted, who, now_ms)


def kind_of_ban(made: Ban) -> SanctionKind:
    """What lasts a hundred years is called a ban, what ends sooner a suspension."""
    lasts_ms = (made.until_ms or 0) - made.at_ms
    return SanctionKind.BAN if lasts_ms >= _FOR_GOOD_DAYS * DAY_MS else SanctionKind.SUSPEND


def _check_who(who: Account, by: AccountId) -> None:
    if who.role in STAFF or who.id == by:
        raise Forbidden


def _end(wanted: Sanction, now_ms: int) -> int | None:
    if wanted.kind is SanctionKind.WARN:
        return None
    if wanted.kind is SanctionKind.BAN and wanted.until_ms is None:
        return now_ms + _FOR_GOOD_DAYS * DAY_MS
    if wanted.until_ms is None or not now_ms < wanted.until_ms <= now_ms + SANCTION_MS:
        raise InvalidField(name="until")
    return wanted.until_ms


def _reason(text: str) -> str:
    reason = clean(text)
    if not is_visible(reason):
        raise InvalidField(name="reason")
    over = graphemes(reason) - NOTE_GRAPHEMES
    if over > 0:
        raise TextTooLong(name="reason", over=over, limit=NOTE_GRAPHEMES)
    return reason
