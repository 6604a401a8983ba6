"""A statement of reasons as its reader reads it."""

from itertools import pairwise

import msgspec

from moothall.kernel.ids import to_text
from moothall.kernel.limits import APPEAL_MS, MINUTE_MS, SLOWED_MS
from moothall.moderation.appeal import Appeal, AppealOutcome
from moothall.moderation.ledger import Receipt
from moothall.moderation.standards import rule_of
from moothall.moderation.standards_model import Ground
from moothall.moderation.statement import Restriction, Source, Statement
from moothall.web.i18n import Translator
from moothall.web.pages.view import Frame, Head, page
from moothall.web.render import Context


class Piece(msgspec.Struct, frozen=True):
    """A stretch of text; `marked` is what the restriction is about."""

    text: str
    marked: bool


class Case(msgspec.Struct, frozen=True):
    """What is known beside the statement.  `final`: it came from a ruling."""

    text: str
    appeal: Appeal | None
    receipt: Receipt | None
    final: bool = False


class StatementRow(msgspec.Struct, frozen=True):
    """A line of a list."""

    href: str
    what: str
    when: str
    ended: bool


def statement_page(frame: Frame, made: Statement, case: Case, *, error: str = "", reason: str = "") -> Context:
    """Posts `reason` to `/statements/ID/appeal`."""
    words, times = frame.words, frame.times
    rule = rule_of(made.reasons.rule)
    is_mine = made.account_id is not None and made.account_id == frame.viewer.id
    until = made.at_ms + APPEAL_MS
    may_appeal = is_mine and case.appeal is None and not case.final and frame.now_ms <= until
    title = restriction_text(words, made.restriction)
    return page(
        frame,
        _head(frame, title),
        title=title,
        at=to_text(made.id),
        when=times.long(made.at_ms),
        until=times.long(made.until_ms) if made.until_ms else "",
        ended=times.long(made.ended_at_ms) if made.ended_at_ms else "",
        rule=rule.worded(words.lang) if rule else None,
        note=made.reasons.note,
        facts=(ground_text(words, made.ground), source_text(words, made.reasons.source), machine_text(words, made)),
        pieces=pieces(case.text, made.reasons.spans),
        comment_href=f"/c/{to_text(made.comment_id)}" if made.comment_id else "",
        may_appeal=may_appeal,
        appeal_until=times.long(until),
        appeal=appeal_text(frame, case.appeal),
        appeal_note=case.appeal.note if case.appeal else "",
        receipt=case.receipt,
        reason=reason,
        error=error,
    )


def statement_row(frame: Frame, made: Statement) -> StatementRow:
    """One of a person's statements."""
    return StatementRow(
        href=f"/statements/{to_text(made.id)}",
        what=restriction_text(frame.words, made.restriction),
        when=frame.times.short(made.at_ms, frame.now_ms),
        ended=made.ended_at_ms is not None or (made.until_ms is not None and made.until_ms <= frame.now_ms),
    )


def restriction_text(words: Translator, restriction: Restriction) -> str:
    """What happened, to whom it happened to."""
    names = {
        Restriction.HELD: words.t("Your comment is held"),
        Restriction.REJECTED: words.t("Your comment was not published"),
        Restriction.REMOVED: words.t("Your comment was removed"),
        Restriction.DISCUSSION_CLOSED: words.t("This discussion was closed"),
        Restriction.DISCUSSION_HELD: words.t("Comments on this story are read before they appear"),
        Restriction.WARNED: words.t("You were warned"),
        Restriction.SLOWED: words.t(
            "You can post one comment every {minutes} minutes", minutes=SLOWED_MS // MINUTE_MS
        ),
        Restriction.PRE_MODERATED: words.t("Your comments are read before they appear"),
        Restriction.SUSPENDED: words.t("Your account is suspended"),
        Restriction.BANNED: words.t("Your account is banned"),
    }
    return names[restriction]


def ground_text(words: Translator, ground: Ground) -> str:
    """On what it rests."""
    if ground is Ground.LAW:
        return words.t("It rests on the law.")
    return words.t("It rests on our community standards.")


def source_text(words: Translator, source: Source) -> str:
    """What made us look."""
    names = {
        Source.VOLUNTARY: words.t("We found it ourselves."),
        Source.REPORT: words.t("A reader reported it."),
        Source.NOTICE: words.t("Somebody sent a notice of illegal content."),
        Source.TRUSTED: words.t("A trusted flagger sent a notice of illegal content."),
    }
    return names[source]


def machine_text(words: Translator, made: Statement) -> str:
    """What a program did of it."""
    if made.reasons.decided_by_machine:
        return words.t("A program found it and decided; no person has looked at it yet.")
    if made.reasons.found_by_machine:
        return words.t("A program marked it, and a person decided.")
    return words.t("A person looked at it and decided.")


def appeal_text(frame: Frame, appeal: Appeal | None) -> str:
    """Where an appeal stands."""
    if appeal is None:
        return ""
    t = frame.words.t
    names = {
        None: t("Appealed on {time}. Somebody else is looking at it.", time=frame.times.long(appeal.at_ms)),
        AppealOutcome.UPHELD: t("On appeal the decision was upheld."),
        AppealOutcome.PARTLY: t("On appeal the decision was changed in part."),
        AppealOutcome.REVERSED: t("On appeal the decision was taken back."),
    }
    return names[appeal.outcome]


def pieces(text: str, spans: tuple[tuple[int, int], ...]) -> tuple[Piece, ...]:
    """The text cut at its spans, which may touch, overlap or lie outside."""
    marked = [False] * len(text)
    for start, end in spans:
        for at in range(max(0, start), min(end, len(text))):
            marked[at] = True
    cuts = [0, *(at for at in range(1, len(text)) if marked[at] != marked[at - 1]), len(text)]
    return tuple(Piece(text[a:b], marked[a]) for a, b in pairwise(cuts) if b > a)


def _head(frame: Frame, title: str) -> Head:
    return Head(title=f"{title} – {frame.site.name}", robots="noindex", styles=("moothall.css", "forms.css"))
