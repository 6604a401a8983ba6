"""A moderator's own decisions as they are listed."""

from collections.abc import Sequence

import msgspec

from moothall.kernel.ids import to_text
from moothall.moderation.decide import Act
from moothall.moderation.standards import rule_of
from moothall.moderation.taken import Done
from moothall.web.console.view import head
from moothall.web.i18n import Translator
from moothall.web.pages.view import Frame, page
from moothall.web.render import Context

_EXCERPT = 160


class Line(msgspec.Struct, frozen=True):
    """One decision; `key` is empty when it was taken back."""

    id: str
    key: str
    what: str
    when: str
    when_iso: str
    author: str
    story: str
    excerpt: str


def decided_page(frame: Frame, found: Sequence[Done], *, error: str = "") -> Context:
    """`console/decided.html`."""
    title = frame.words.t("My decisions")
    lines = tuple(_line(frame, one) for one in found)
    return page(frame, head(frame, title), title=title, lines=lines, error=error)


def _line(frame: Frame, one: Done) -> Line:
    body = " ".join(one.comment.body.split())
    return Line(
        id=to_text(one.comment.id),
        key="" if one.undone_at_ms else one.key,
        what=_what(frame.words, one),
        when=frame.times.short(one.at_ms, frame.now_ms),
        when_iso=frame.times.iso(one.at_ms),
        author=one.comment.author.display_name,
        story=one.story_headline,
        excerpt=body if len(body) <= _EXCERPT else f"{body[:_EXCERPT]}…",
    )


def _what(words: Translator, one: Done) -> str:
    if one.undone_at_ms:
        return words.t("Taken back")
    if one.kind == Act.REMOVE.value:
        rule = rule_of(one.rule)
        return words.t("Taken down: rule {n}", n=rule.number if rule else "–")
    return words.t("Approved") if one.kind == Act.APPROVE.value else words.t("Held")
