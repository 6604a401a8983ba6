"""What the console's queues take."""

from collections.abc import Mapping, Sequence

import msgspec

from moothall.kernel.ids import to_text
from moothall.moderation.decide import Act
from moothall.moderation.queue import Queue, QueuePage, Record, Told, Waiting
from moothall.people.role import STAFF
from moothall.web.console.tabs import queue_names, tabs
from moothall.web.i18n import Translator
from moothall.web.pages.standards import rules_in
from moothall.web.pages.view import Frame, Head, page
from moothall.web.pages.view_acts import report_reasons
from moothall.web.pages.view_nodes import NodeView, comment_view
from moothall.web.render import Context


class Row(msgspec.Struct, frozen=True):
    """A comment of a queue with what speaks about it; `ban_href` is empty for staff.

    `onward` leads back to this place when the comment has been decided on.
    """

    id: str
    node: NodeView
    story: str
    story_href: str
    parent: str
    told: tuple[str, ...]
    reports: tuple[Told, ...]
    record: str
    ban: str
    ban_href: str
    onward: str


class Done(msgspec.Struct, frozen=True):
    """What was just decided; `href` leads to deciding anew."""

    text: str
    href: str


class Place(msgspec.Struct, frozen=True):
    """Where in which queue a moderator is; `cursor` is empty on the first page."""

    queue: Queue
    cursor: str = ""

    @property
    def path(self) -> str:
        """The address that shows this very place."""
        base = f"/console/{self.queue.value}"
        return f"{base}?cursor={self.cursor}" if self.cursor else base


def queue_page(
    frame: Frame, at: Place, found: QueuePage, counts: Mapping[Queue, int], done: Done | None = None
) -> Context:
    """`console/queue.html`."""
    words = frame.words
    title = queue_names(words)[at.queue]
    here = at.path
    return page(
        frame,
        head(frame, title),
        title=title,
        tabs=tabs(words, at.queue.value, counts),
        rows=_rows(frame, here, found.waiting),
        rules=rules_in(words),
        queue=at.queue.value,
        done=done,
        here=here,
        next_href=Place(at.queue, found.next_cursor).path if found.next_cursor else "",
    )


def head(frame: Frame, title: str) -> Head:
    """Of every page of the console."""
    styles = ("moothall.css", "forms.css", "desk.css")
    return Head(title=f"{title} – {frame.site.name}", robots="noindex", styles=styles)


def done_text(words: Translator, act: Act) -> str:
    """What was done, said where it was done."""
    names = {
        Act.APPROVE: words.t("Approved: everybody sees it."),
        Act.HOLD: words.t("Held: nobody sees it until somebody decides."),
        Act.REMOVE: words.t("Taken down: its author is told the rule."),
    }
    return names[act]


def _rows(frame: Frame, here: str, waiting: Sequence[Waiting]) -> tuple[Row, ...]:
    """Each leads on to the one below it; below the first of a page it is the first again, beneath the notice."""
    ids = [to_text(one.comment.id) for one in waiting]
    below = ["", *(f"#c-{key}" for key in ids[2:]), ""][: len(ids)]
    return tuple(_row(frame, one, f"{here}{place}") for one, place in zip(waiting, below, strict=True))


def _row(frame: Frame, one: Waiting, onward: str) -> Row:
    words = frame.words
    author = one.comment.author
    until = one.author.banned_until_ms
    is_banned = until is not None and until > frame.now_ms
    reasons = {choice.value: choice.name for choice in report_reasons(words)}
    return Row(
        id=to_text(one.comment.id),
        node=comment_view(frame, one.comment),
        story=one.story_headline,
        story_href=f"/s/{one.story_code}",
        parent=one.parent_html,
        told=tuple(_finding(words, finding.name) for finding in one.findings),
        reports=tuple(Told(reasons.get(report.name, report.name), report.detail) for report in one.reports),
        record=_record(words, one.author),
        ban=words.t("Banned") if is_banned else "",
        ban_href="" if author.role in STAFF else f"/people/{to_text(author.id)}/ban",
        onward=onward,
    )


def _record(words: Translator, known: Record) -> str:
    """The author's last hundred comments, in two numbers."""
    live = words.tn("{n} comment", "{n} comments", known.live_count)
    if not known.taken_down_count:
        return live
    return f"{live}, {words.tn('{n} taken down', '{n} taken down', known.taken_down_count)}"


def _finding(words: Translator, phase: str) -> str:
    """What a phase noticed, in a moderator's words."""
    known = {
        "pre_moderation": words.t("This story is pre-moderated."),
        "repeated_text": words.t("The author posted the same text before."),
        "flood": words.t("Many comments in a short time."),
        "links": words.t("Links, or a first link of a new reader."),
        "shouting": words.t("Mostly capital letters."),
    }
    return known.get(phase, phase)
