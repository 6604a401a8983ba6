"""What staff need for a ruling: the case, and what may be decided on it."""

from collections.abc import Sequence

import msgspec

from moothall.kernel.ids import to_text
from moothall.kernel.limits import QUEUE_PAGE
from moothall.moderation.appeal import Appeal, AppealOutcome
from moothall.moderation.notice import Notice, NoticeOutcome
from moothall.moderation.standards import rules
from moothall.moderation.standards_model import Ground
from moothall.moderation.statement import OF_ACCOUNTS, Statement
from moothall.web.console.view import head
from moothall.web.i18n import Translator
from moothall.web.pages.view import Frame, page
from moothall.web.pages.view_acts import Choice
from moothall.web.pages.view_notice import breach_names
from moothall.web.pages.view_statement import Case, pieces, statement_page
from moothall.web.render import Context


class Told(msgspec.Struct, frozen=True):
    """A notice, and the text as it was when it was sent."""

    notice: Notice
    text: str


class Typed(msgspec.Struct, frozen=True):
    """What the form of a ruling holds."""

    outcome: str = ""
    rule: str = ""
    days: str = ""
    note: str = ""


class CaseRow(msgspec.Struct, frozen=True):
    """A case that waits."""

    href: str
    what: str
    when: str
    first: bool = False


NOTHING_TYPED = Typed()


def appeals_page(frame: Frame, found: Sequence[Appeal]) -> Context:
    """Args: found: one more than is listed, when there are more."""
    t = frame.words.t
    cases = tuple(
        CaseRow(f"/console/appeals/{to_text(one.id)}", one.reason or t("Without a reason"), _when(frame, one.at_ms))
        for one in found[:QUEUE_PAGE]
    )
    more = f"/console/appeals?after={to_text(found[QUEUE_PAGE - 1].id)}" if len(found) > QUEUE_PAGE else ""
    return _list(frame, t("Appeals"), cases, more=more)


def notices_page(frame: Frame, found: Sequence[Notice]) -> Context:
    """Args: found: one more than is listed, when there are more."""
    names = breach_names(frame.words)
    cases = tuple(
        CaseRow(f"/console/notices/{to_text(one.id)}", names[one.breach], _when(frame, one.at_ms), one.trusted)
        for one in found[:QUEUE_PAGE]
    )
    more = ""
    if len(found) > QUEUE_PAGE:
        last = found[QUEUE_PAGE - 1]
        more = f"/console/notices?after={to_text(last.id)}&trusted={str(last.trusted).lower()}"
    return _list(frame, frame.words.t("Notices"), cases, more=more)


def appeal_case(
    frame: Frame,
    found: Appeal,
    against: Statement | None,
    case: Case | None,
    *,
    error: str = "",
    typed: Typed = NOTHING_TYPED,
) -> Context:
    """Posts `outcome`, `rule`, `days` and `note` to `/console/appeals/ID`."""
    title = frame.words.t("Decide on this appeal")
    shown = statement_page(frame, against, case) if against is not None and case is not None else {}
    of_account = against is not None and against.restriction in OF_ACCOUNTS
    choices = appeal_choices(frame.words, partly=against is not None)
    own: Context = {
        **_form(frame, title, f"/console/appeals/{to_text(found.id)}", choices, error),
        "typed": typed,
        "reason": found.reason,
        "days": of_account,
    }
    return {**shown, **own}


def notice_case(frame: Frame, told: Told, *, error: str = "", typed: Typed = NOTHING_TYPED) -> Context:
    """Posts `outcome`, `rule` and `note` to `/console/notices/ID`."""
    words, made = frame.words, told.notice
    title = words.t("Decide on this notice")
    sender = words.t("Trusted flagger") if made.trusted else ""
    facts = (breach_names(words)[made.breach], made.legal_reference, made.name, made.email, sender)
    own: Context = {
        **_form(frame, title, f"/console/notices/{to_text(made.id)}", notice_choices(words), error),
        "typed": typed,
        "until": "",
        "ended": "",
        "rule": None,
        "note": "",
        "received": frame.times.long(made.at_ms),
        "facts": tuple(f"{fact}." for fact in facts if fact),
        "pieces": pieces(told.text, ()),
        "comment_href": f"/c/{to_text(made.comment_id)}",
        "reason": made.explanation,
    }
    return own


def appeal_choices(words: Translator, *, partly: bool) -> tuple[Choice, ...]:
    """Args: partly: whether something can be left of the decision."""
    uphold = Choice(AppealOutcome.UPHELD.value, words.t("Uphold the decision"))
    change = Choice(
        AppealOutcome.PARTLY.value,
        words.t("Change it in part"),
        words.t("By another rule, or with an earlier end."),
    )
    back = Choice(AppealOutcome.REVERSED.value, words.t("Take it back"), words.t("What was before stands again."))
    return (uphold, change, back) if partly else (uphold, back)


def notice_choices(words: Translator) -> tuple[Choice, ...]:
    """What may be decided on a notice."""
    return (
        Choice(
            NoticeOutcome.ACTED.value, words.t("Take the comment down"), words.t("Name the rule that it breaks.")
        ),
        Choice(NoticeOutcome.KEPT.value, words.t("Leave the comment")),
        Choice(
            NoticeOutcome.UNFOUNDED.value,
            words.t("Leave it: plainly unfounded"),
            words.t("Whoever sends several of these is warned, then refused for a time."),
        ),
    )


def _form(frame: Frame, title: str, action: str, choices: tuple[Choice, ...], error: str) -> Context:
    worded = [
        rule.worded(frame.words.lang) for rule in sorted(rules(), key=lambda one: one.ground is not Ground.LAW)
    ]
    return page(
        frame,
        head(frame, title),
        title=title,
        action=action,
        choices=choices,
        rules=tuple(Choice(rule.key, f"{rule.number}. {rule.title}") for rule in worded),
        error=error,
        days=False,
    )


def _list(frame: Frame, title: str, cases: tuple[CaseRow, ...], *, more: str) -> Context:
    return page(frame, head(frame, title), title=title, cases=cases, more=more)


def _when(frame: Frame, at_ms: int) -> str:
    return frame.times.short(at_ms, frame.now_ms)
