"""Pages on which one thing is done to a comment or to its author, for readers without script too."""

from collections.abc import Sequence
from typing import Protocol

import msgspec

from moothall.discussion.model import Author, Comment, ReportReason, State
from moothall.kernel.ids import to_text
from moothall.kernel.limits import EDIT_WINDOW_MS
from moothall.web.i18n import Translator
from moothall.web.pages.view import Frame, Head, page
from moothall.web.pages.view_composer import Written, edit_composer
from moothall.web.pages.view_nodes import comment_view
from moothall.web.render import Context

_STYLES = ("moothall.css", "forms.css")


class Rule(Protocol):
    """One numbered rule of the community standards."""

    @property
    def number(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def text(self) -> str: ...


class Choice(msgspec.Struct, frozen=True):
    """One of several; `help` says what it means."""

    value: str
    name: str
    help: str = ""
    chosen: bool = False


def report_page(frame: Frame, comment: Comment, *, reason: str = "", text: str = "", error: str = "") -> Context:
    """Posts `reason` and `text` to `/c/ID/report`."""
    return _page(
        frame,
        comment,
        frame.words.t("Report this comment"),
        reasons=report_reasons(frame.words, reason),
        text=text,
        error=error,
    )


def edit_page(frame: Frame, comment: Comment, *, written: Written | None = None) -> Context:
    """Posts `body` to `/c/ID/edit`."""
    until = frame.times.short(comment.created_at_ms + EDIT_WINDOW_MS, frame.now_ms)
    return _page(
        frame,
        comment,
        frame.words.t("Edit your comment"),
        form=edit_composer(frame, comment, written or Written()),
        until=until,
    )


def withdraw_page(frame: Frame, comment: Comment) -> Context:
    """Posts to `/c/ID/withdraw`."""
    return _page(frame, comment, frame.words.t("Withdraw your comment?"))


def block_page(frame: Frame, author: Author, *, blocked: bool, back: str = "/account") -> Context:
    """Posts to `/people/ID/block`, or to `/people/ID/unblock` when already blocked."""
    words = frame.words
    title = words.t("Unblock this reader?") if blocked else words.t("Block this reader?")
    return page(
        frame,
        _head(frame, title),
        title=title,
        name=author.display_name,
        action=f"/people/{to_text(author.id)}/{'unblock' if blocked else 'block'}",
        blocked=blocked,
        back=back,
    )


def decide_page(
    frame: Frame,
    comment: Comment,
    rules: Sequence[Rule],
    *,
    story_name: str,
    note: str = "",
    error: str = "",
) -> Context:
    """Posts `decision`, `rule` and `note` to `/c/ID/decide`, and `featured` to `/c/ID/feature`."""
    return _page(
        frame,
        comment,
        frame.words.t("Decide on this comment"),
        decisions=_decisions(frame.words, comment.state),
        rules=tuple(Choice(rule.number, f"{rule.number}. {rule.title}") for rule in rules),
        story_name=story_name,
        featured=comment.featured if comment.state is State.LIVE else None,
        note=note,
        error=error,
    )


def report_reasons(words: Translator, chosen: str = "") -> tuple[Choice, ...]:
    """The reasons in the order in which most readers need them."""
    names = {
        ReportReason.ABUSE: words.t("Insult or abuse"),
        ReportReason.HATE: words.t("Hatred against a group"),
        ReportReason.THREAT: words.t("Threat or violence"),
        ReportReason.PRIVATE: words.t("Private information"),
        ReportReason.SPAM: words.t("Advertising or spam"),
        ReportReason.OFF_TOPIC: words.t("Off topic"),
        ReportReason.ILLEGAL: words.t("Illegal content"),
        ReportReason.OTHER: words.t("Something else"),
    }
    return tuple(Choice(reason.value, name, chosen=reason == chosen) for reason, name in names.items())


def _decisions(words: Translator, state: State) -> tuple[Choice, ...]:
    """What may follow on a state."""
    keep = Choice("approve", words.t("Keep"), words.t("It stays, and its reports are settled."))
    approve = Choice("approve", words.t("Approve"), words.t("Everybody sees it."))
    restore = Choice("approve", words.t("Restore"), words.t("Everybody sees it again."))
    hold = Choice("hold", words.t("Hold"), words.t("Hidden until somebody decides."))
    remove = Choice("remove", words.t("Remove"), words.t("Taken down; the author is told the rule."))
    reject = Choice("remove", words.t("Reject"), words.t("Never shown; the author is told the rule."))
    table = {State.LIVE: (keep, hold, remove), State.HELD: (approve, reject)}
    return table.get(state, (restore, hold))


def _page(frame: Frame, comment: Comment, title: str, **parts: object) -> Context:
    at = to_text(comment.id)
    base = page(
        frame,
        _head(frame, title),
        title=title,
        at=at,
        back=f"/c/{at}",
        quoted=comment_view(frame, comment),
    )
    return {**base, **parts}


def _head(frame: Frame, title: str) -> Head:
    return Head(title=f"{title} – {frame.site.name}", robots="noindex", styles=_STYLES, script=True)
