"""What the console's templates take."""

from collections.abc import Mapping

import msgspec

from moothall.discussion.model import ReportReason
from moothall.kernel.ids import to_text
from moothall.moderation.queue import Queue, QueuePage, Told, Waiting
from moothall.web.i18n import Translator
from moothall.web.pages.standards import rules_in
from moothall.web.pages.strings import WRITER
from moothall.web.pages.view import Frame, Head, page
from moothall.web.pages.view_nodes import NodeView, comment_view
from moothall.web.render import Context

# What a phase noticed, in a moderator's words.
_FINDINGS = {
    "pre_moderation": "This story is pre-moderated.",
    "repeated_text": "The author posted the same text before.",
    "flood": "Many comments in a short time.",
    "links": "Links, or a first link of a new reader.",
    "shouting": "Mostly capital letters.",
}


class Tab(msgspec.Struct, frozen=True):
    """A queue in the navigation; `count` is a text, empty where nothing is counted."""

    name: str
    href: str
    count: str
    current: bool


class Row(msgspec.Struct, frozen=True):
    """A comment of a queue with what speaks about it."""

    id: str
    author_id: str
    node: NodeView
    story: str
    story_href: str
    told: tuple[str, ...]
    reports: tuple[Told, ...]


def queue_page(frame: Frame, queue: Queue, found: QueuePage, counts: Mapping[Queue, int]) -> Context:
    """`console/queue.html`."""
    words = frame.words
    title = queue_names(words)[queue]
    return page(
        frame,
        Head(
            title=f"{title} – {frame.site.name}", robots="noindex", styles=("moothall.css", "forms.css", "desk.css")
        ),
        title=title,
        tabs=_tabs(words, queue, counts),
        rows=tuple(_row(frame, one) for one in found.waiting),
        rules=rules_in(words),
        here=f"/console/{queue.value}",
        next_href=f"/console/{queue.value}?cursor={found.next_cursor}" if found.next_cursor else "",
    )


def queue_names(words: Translator) -> dict[Queue, str]:
    """The queues as moderators know them."""
    return {
        Queue.HELD: words.t("Held"),
        Queue.REPORTED: words.t("Reported"),
        Queue.LIVE: words.t("Everything live"),
    }


def _tabs(words: Translator, current: Queue, counts: Mapping[Queue, int]) -> tuple[Tab, ...]:
    return tuple(
        Tab(name, f"/console/{queue.value}", str(counts[queue]) if counts.get(queue) else "", queue is current)
        for queue, name in queue_names(words).items()
    )


def _row(frame: Frame, one: Waiting) -> Row:
    words = frame.words
    reports = tuple(Told(words.t(str(WRITER[ReportReason(r.name).value])), r.detail) for r in one.reports)
    return Row(
        id=to_text(one.comment.id),
        author_id=to_text(one.comment.author.id),
        node=comment_view(frame, one.comment),
        story=one.story_headline,
        story_href=f"/s/{one.story_code}",
        told=tuple(words.t(_FINDINGS.get(f.name, f.name)) for f in one.findings),
        reports=reports,
    )
