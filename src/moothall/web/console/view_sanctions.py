"""What may be done to an author, and what was, as the console draws it."""

from collections.abc import Sequence

import msgspec

from moothall.kernel.ids import to_text
from moothall.kernel.limits import MINUTE_MS, SANCTION_PAST, SLOWED_MS
from moothall.moderation.sanction import SANCTION_DAYS, Asked, SanctionKind, Standing
from moothall.moderation.standards import rule_of
from moothall.people.model import Account
from moothall.web.i18n import Translator
from moothall.web.pages.standards import rules_in
from moothall.web.pages.view import Frame, Head, page
from moothall.web.pages.view_acts import Choice
from moothall.web.render import Context


class SanctionRow(msgspec.Struct, frozen=True):
    """One of those that stand or stood; `back` is empty where it was taken back, or ended early."""

    id: str
    back: bool
    name: str
    when: str
    why: str


def sanctions_page(
    frame: Frame, who: Account, found: Sequence[Standing], *, past_count: int, asked: Asked
) -> Context:
    """`console/sanctions.html`.  Args: found: newest first; past_count: live comments, `SANCTION_PAST` at most."""
    words = frame.words
    title = words.t("Sanctions on {name}", name=who.display_name)
    standing = [one for one in found if one.in_force(frame.now_ms)]
    is_archived = who.banned_at(frame.now_ms) and not any(one.keeps_out for one in standing)
    until = who.banned_until_ms
    return page(
        frame,
        Head(title=f"{title} – {frame.site.name}", robots="noindex", styles=("forms.css", "desk.css")),
        title=title,
        person=to_text(who.id),
        archived=words.t(
            "Banned until {time}: {reason}", time=frame.times.long(until), reason=who.ban_reason or "–"
        )
        if is_archived and until
        else "",
        standing=tuple(_row(frame, one) for one in standing),
        earlier=tuple(_row(frame, one) for one in found if one not in standing),
        kinds=_kinds(words, asked.kind),
        lengths=_lengths(words, asked.days),
        rules=tuple(
            Choice(one.key, f"{one.number}. {one.title}", chosen=one.key == asked.rule) for one in rules_in(words)
        ),
        past=_past(words, past_count),
        asked_past=bool(asked.past),
        reason=asked.reason,
    )


def sanction_names(words: Translator) -> dict[SanctionKind, str]:
    """As moderators call them."""
    return {
        SanctionKind.WARN: words.t("Warn"),
        SanctionKind.SLOW: words.t("Slow down"),
        SanctionKind.PRE_MODERATE: words.t("Read before publishing"),
        SanctionKind.SUSPEND: words.t("Suspend"),
        SanctionKind.BAN: words.t("Ban for good"),
    }


def _kinds(words: Translator, chosen: str) -> tuple[Choice, ...]:
    helps = {
        SanctionKind.WARN: words.t("They are told, and nothing else happens. It has no end."),
        SanctionKind.SLOW: words.t("One comment every {minutes} minutes.", minutes=SLOWED_MS // MINUTE_MS),
        SanctionKind.PRE_MODERATE: words.t("Each of their comments waits in the queue."),
        SanctionKind.SUSPEND: words.t("They take no part in discussions until it ends."),
        SanctionKind.BAN: words.t("They take no part in discussions any more."),
    }
    names = sanction_names(words)
    return tuple(
        Choice(kind.value, names[kind], help=text, chosen=kind.value == (chosen or "warn"))
        for kind, text in helps.items()
    )


def _lengths(words: Translator, chosen: str) -> tuple[Choice, ...]:
    return tuple(
        Choice(str(days), words.tn("{n} day", "{n} days", days), chosen=str(days) == (chosen or "7"))
        for days in SANCTION_DAYS
    )


def _past(words: Translator, count: int) -> str:
    """Empty where there is nothing to take down."""
    if not count:
        return ""
    if count >= SANCTION_PAST:
        return words.t("Also take down their last {n} live comments, each by this rule", n=count)
    return words.tn(
        "Also take down their {n} live comment by this rule",
        "Also take down their {n} live comments, each by this rule",
        count,
    )


def _row(frame: Frame, one: Standing) -> SanctionRow:
    words = frame.words
    since = frame.times.short(one.at_ms, frame.now_ms)
    rule = rule_of(one.rule)
    why = f"{words.t('Rule')} {rule.number}. {one.reason}" if rule else one.reason
    if one.until_ms is None or one.kind is SanctionKind.BAN:
        when = since
    else:
        when = words.t("{since} until {time}", since=since, time=frame.times.short(one.until_ms, frame.now_ms))
    if one.lifted_at_ms is not None:
        when = f"{when} · {words.t('ended early')}"
    name = sanction_names(words)[one.kind]
    return SanctionRow(to_text(one.id), one.lifted_at_ms is None, name, when, why)
