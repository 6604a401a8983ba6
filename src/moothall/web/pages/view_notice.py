"""Notices of illegal content: the form, the receipt, and what staff decide."""

from moothall.discussion.model import Comment
from moothall.kernel.ids import to_text
from moothall.moderation.appeal import Appeal
from moothall.moderation.notice import BREACHES, Notice, NoticeOutcome
from moothall.web.i18n import Translator
from moothall.web.pages.view import Frame, Head, page
from moothall.web.pages.view_acts import Choice
from moothall.web.pages.view_nodes import comment_view
from moothall.web.pages.view_statement import appeal_text
from moothall.web.render import Context

_STYLES = ("moothall.css", "forms.css")


def notice_page(frame: Frame, comment: Comment, typed: dict[str, str], *, error: str = "") -> Context:
    """Posts `breach`, `explanation`, `legal_reference`, `name`, `email`, `good_faith` to `/c/ID/notice`."""
    title = frame.words.t("Notice of illegal content")
    at = to_text(comment.id)
    return page(
        frame,
        _head(frame, title),
        title=title,
        at=at,
        back=f"/c/{at}",
        quoted=comment_view(frame, comment),
        breaches=breach_choices(frame.words, typed.get("breach", "")),
        typed=typed,
        error=error,
    )


def receipt_page(
    frame: Frame, made: Notice, code: str, *, appeal: Appeal | None, warned: bool, error: str = ""
) -> Context:
    """Posts `reason` to `/notices/CODE/appeal`."""
    title = frame.words.t("Your notice")
    decided = made.decided_at_ms
    return page(
        frame,
        _head(frame, title),
        title=title,
        code=code,
        when=frame.times.long(made.at_ms),
        breach=breach_names(frame.words)[made.breach],
        explanation=made.explanation,
        outcome=outcome_text(frame.words, made.outcome),
        decided=frame.times.long(decided) if decided else "",
        note=made.note,
        may_appeal=appeal is None and made.outcome in {NoticeOutcome.KEPT, NoticeOutcome.UNFOUNDED},
        appeal=appeal_text(frame, appeal),
        appeal_note=appeal.note if appeal else "",
        warned=warned,
        error=error,
    )


def breach_choices(words: Translator, chosen: str) -> tuple[Choice, ...]:
    """What a notice may be about."""
    names = breach_names(words)
    return tuple(Choice(key, names[key], chosen=key == chosen) for key in BREACHES)


def breach_names(words: Translator) -> dict[str, str]:
    """The database's categories in people's words."""
    return {
        "ILLEGAL_OR_HARMFUL_SPEECH": words.t("Hate speech, defamation or other illegal speech"),
        "CYBER_VIOLENCE": words.t("Stalking or harassment"),
        "DATA_PROTECTION_AND_PRIVACY_VIOLATIONS": words.t("Private data or privacy"),
        "VIOLENCE": words.t("Threats or incitement to violence"),
        "RISK_FOR_PUBLIC_SECURITY": words.t("Terrorism or a risk to public security"),
        "PROTECTION_OF_MINORS": words.t("Harm to children"),
        "INTELLECTUAL_PROPERTY_INFRINGEMENTS": words.t("Copyright or trade marks"),
        "SCAMS_AND_FRAUD": words.t("Fraud"),
        "NOT_SPECIFIED_NOTICE": words.t("Something else that is illegal"),
    }


def outcome_text(words: Translator, outcome: NoticeOutcome | None) -> str:
    """Where a notice stands."""
    names = {
        None: words.t("It waits for a decision. A person decides on it, not a program."),
        NoticeOutcome.ACTED: words.t("We took the comment down."),
        NoticeOutcome.KEPT: words.t("We left the comment where it is."),
        NoticeOutcome.UNFOUNDED: words.t("We left the comment where it is: the notice was plainly unfounded."),
    }
    return names[outcome]


def _head(frame: Frame, title: str) -> Head:
    return Head(title=f"{title} – {frame.site.name}", robots="noindex", styles=_STYLES)
