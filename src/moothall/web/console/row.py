"""A comment of a queue as the console draws it."""

from collections.abc import Sequence

import msgspec

from moothall.kernel.ids import to_text
from moothall.moderation.queue import Noticed, Record, Told, Waiting
from moothall.moderation.standards import rule_of
from moothall.people.role import STAFF
from moothall.web.i18n import Translator
from moothall.web.pages.view import Frame
from moothall.web.pages.view_acts import report_reasons
from moothall.web.pages.view_nodes import NodeView, comment_view
from moothall.web.pages.view_standards import phase_names

# So much of the text around a span says what it is about.
_AROUND = 40


class Line(msgspec.Struct, frozen=True):
    """Why a comment is here.  `span` is empty where the finding names none; `rule` is its number."""

    text: str
    before: str = ""
    span: str = ""
    after: str = ""
    rule: str = ""


class Row(msgspec.Struct, frozen=True):
    """A comment with what speaks about it; `ban_href` is empty for staff,
    `thread_href` where nobody replied.

    `onward` leads back to this place when the comment has been decided on; `key` lets a decision count once.
    """

    id: str
    key: str
    revision: int
    state: str
    node: NodeView
    story: str
    story_href: str
    parent: str
    lines: tuple[Line, ...]
    reports: tuple[Told, ...]
    record: str
    ban: str
    ban_href: str
    thread_href: str
    onward: str


def row(frame: Frame, one: Waiting, *, onward: str, key: str) -> Row:
    """Of one comment."""
    words = frame.words
    author = one.comment.author
    until = one.author.banned_until_ms
    is_banned = until is not None and until > frame.now_ms
    reasons = {choice.value: choice.name for choice in report_reasons(words)}
    return Row(
        id=to_text(one.comment.id),
        key=key,
        revision=one.comment.revision,
        state=one.comment.state.value,
        node=comment_view(frame, one.comment),
        story=one.story_headline,
        story_href=f"/s/{one.story_code}",
        parent=one.parent_html,
        lines=lines(words, one.findings, one.comment.body),
        reports=tuple(Told(reasons.get(report.name, report.name), report.detail) for report in one.reports),
        record=record(words, one.author),
        ban=words.t("Banned") if is_banned else "",
        ban_href="" if author.role in STAFF else f"/people/{to_text(author.id)}/sanctions",
        thread_href=f"/console/thread/{to_text(one.comment.id)}" if one.comment.reply_count else "",
        onward=onward,
    )


def lines(words: Translator, findings: Sequence[Noticed], body: str) -> tuple[Line, ...]:
    """Findings in a moderator's words, each with the part of the text that it is about."""
    return tuple(_line(words, one, body) for one in findings)


def record(words: Translator, known: Record) -> str:
    """The author's last hundred comments, in two numbers."""
    live = words.tn("{n} comment", "{n} comments", known.live_count)
    if not known.taken_down_count:
        return live
    return f"{live}, {words.tn('{n} taken down', '{n} taken down', known.taken_down_count)}"


def _line(words: Translator, found: Noticed, body: str) -> Line:
    rule = rule_of(found.rule)
    said = _broken(words, found.detail) or _estimate(words, found) or _finding(words, found.name)
    number = rule.number if rule else ""
    start, end = found.start, min(found.end, len(body))
    if not 0 <= start < end:
        return Line(said, rule=number)
    return Line(said, _before(body, start), body[start:end], _after(body, end), number)


def _before(body: str, start: int) -> str:
    """The words before a span, whole ones."""
    if start <= _AROUND:
        return body[:start]
    return "… " + body[start - _AROUND : start].partition(" ")[2]


def _after(body: str, end: int) -> str:
    """The words after a span, whole ones."""
    if len(body) - end <= _AROUND:
        return body[end:]
    return body[end : end + _AROUND].rpartition(" ")[0] + " …"


def _broken(words: Translator, detail: str) -> str:
    """A check or a judge that gave no answer: nobody but a moderator has looked at this."""
    if not detail.endswith(("failed", ": late", ": nonsense")):
        return ""
    name = detail.partition(":")[0] if ":" in detail else ""
    return words.t("A check gave no usable answer, so a person decides. {name}", name=name).strip()


def _estimate(words: Translator, found: Noticed) -> str:
    """What the classifier thinks likely, and how likely."""
    if found.name != "classifier":
        return ""
    known = {
        "toxicity": words.t("toxic"),
        "severe_toxicity": words.t("severely toxic"),
        "insult": words.t("an insult"),
        "profanity": words.t("profane"),
        "threat": words.t("a threat"),
        "identity_attack": words.t("an attack on a group"),
    }
    what = known.get(found.cue, found.cue.replace("_", " "))
    return words.t("A program’s estimate: {what}, {share} of 100", what=what, share=round(found.value * 100))


def _finding(words: Translator, phase: str) -> str:
    """What a phase noticed."""
    known = {
        "pre_moderation": words.t("This story is pre-moderated."),
        "repeated_text": words.t("The author posted the same text before."),
        "flood": words.t("Many comments in a short time."),
        "links": words.t("Links, or a first link of a new reader."),
        "shouting": words.t("Mostly capital letters."),
    }
    return known.get(phase) or phase_names(words).get(phase, phase.replace("_", " "))
