"""Pages that mostly say something: what was done, what went wrong, the local mailbox."""

from collections.abc import Sequence
from typing import Protocol
from urllib.parse import quote

import msgspec

from moothall.kernel.errors import MoothallError, NudgeFirst
from moothall.moderation.standards import rule_of
from moothall.web.i18n import Translator
from moothall.web.pages.field_labels import field_labels
from moothall.web.pages.view import Frame, Head, page
from moothall.web.render import Context


class Mail(Protocol):
    """A message that the local mailbox shows."""

    @property
    def to(self) -> str: ...
    @property
    def subject(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def at_ms(self) -> int: ...


class MailView(msgspec.Struct, frozen=True):
    """`lines` are (text, is a link to this site)."""

    to: str
    subject: str
    when: str
    lines: tuple[tuple[str, bool], ...]


def done_page(frame: Frame, *, title: str, text: str, back: str) -> Context:
    """Says what was done, for readers without script."""
    return page(frame, _head(frame, title, robots="noindex"), title=title, text=text, back=back)


def error_page(frame: Frame, error: MoothallError, *, kept: str = "", back: str = "") -> Context:
    """Args:
    kept: what was typed; shown in a field, so that it is not lost.
    back: where the form was, or a local address worth trying.
    """
    title = error_title(frame.words, error.status)
    return page(
        frame,
        _head(frame, title, robots="noindex"),
        title=title,
        text=error_text(frame.words, error),
        code=error.code,
        status=error.status,
        may_retry=error.retry,
        signin=f"/signin?next={quote(back or frame.path, safe='/')}" if error.status == 401 else "",
        kept=kept,
        back=back,
    )


def mailbox_page(frame: Frame, mails: Sequence[Mail]) -> Context:
    """Newest first, as given."""
    title = frame.words.t("Local mailbox")
    views = tuple(
        MailView(
            to=mail.to,
            subject=mail.subject,
            when=frame.times.long(mail.at_ms),
            lines=tuple((line, line.startswith(frame.site.url)) for line in mail.text.splitlines()),
        )
        for mail in mails
    )
    return page(frame, _head(frame, title, robots="noindex"), title=title, mails=views)


def error_text(words: Translator, error: MoothallError, **labels: str) -> str:
    """The error's message as pages say it: a field has the label that stands beside it.

    Args:
        labels: of fields that this page calls something else than most.
    """
    named = (field_labels(words) | labels).get(str(error.params.get("name", "")))
    return plain_text(words, type(error)(**{**error.params, "name": named}) if named else error)


def plain_text(words: Translator, error: MoothallError) -> str:
    """The error's own message, for programs: fields have their names."""
    if isinstance(error, NudgeFirst):
        return _nudge_text(words, error)
    if error.one:
        others = {name: value for name, value in error.params.items() if name != "n"}
        return words.tn(error.one, error.text, int(error.params["n"]), **others)
    if "seconds" in error.params:
        return words.t(error.text, when=words.after(int(error.params["seconds"])))
    return words.t(error.text, **error.params)


def _nudge_text(words: Translator, asked: NudgeFirst) -> str:
    """With the rule in question, by its number and title; a finding that names none says so in general."""
    rule = rule_of(str(asked.params["rule"]))
    if rule is None:
        return words.t(asked.text, **asked.params)
    return words.t(
        "“{words}” may break rule {number}, “{title}”. Change it, or post it again as it is.",
        words=asked.params["words"],
        number=rule.number,
        title=rule.worded(words.lang).title,
    )


def error_title(words: Translator, status: int) -> str:
    """A heading that is true for every error of a status."""
    titles = {
        401: words.t("Please sign in"),
        403: words.t("Not allowed"),
        404: words.t("Nothing here"),
        429: words.t("A little slower, please"),
        503: words.t("Back in a moment"),
    }
    if status in titles:
        return titles[status]
    return words.t("That did not work") if status < 500 else words.t("Something went wrong")


def _head(frame: Frame, title: str, *, robots: str = "") -> Head:
    return Head(title=f"{title} – {frame.site.name}", robots=robots, styles=("forms.css",), script=True)
