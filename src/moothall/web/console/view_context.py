"""What surrounds a comment, as the console draws it."""

import msgspec

from moothall.discussion.model import Comment, State
from moothall.kernel.ids import to_text
from moothall.moderation.context import About, Past
from moothall.moderation.standards import rule_of
from moothall.web.console.row import lines, record
from moothall.web.console.view import head
from moothall.web.i18n import Translator
from moothall.web.pages.standards import rules_in
from moothall.web.pages.view import Frame, page
from moothall.web.pages.view_nodes import NodeView, comment_view
from moothall.web.render import Context

_EXCERPT = 140


class Earlier(msgspec.Struct, frozen=True):
    """An earlier comment of the author in one line."""

    id: str
    state: str
    excerpt: str
    story: str


class Alike(msgspec.Struct, frozen=True):
    """A comment with much the same words."""

    id: str
    name: str
    state: str
    excerpt: str
    percent: int


def context_page(frame: Frame, found: About, *, watched: bool) -> Context:
    """`console/around.html`, and `console/context.html` around it."""
    words = frame.words
    one = found.waiting
    author = one.comment.author
    title = words.t("Context")
    named = {line.rule for line in lines(words, one.findings, one.comment.body) if line.rule}
    return page(
        frame,
        head(frame, title),
        title=title,
        at=to_text(one.comment.id),
        name=author.display_name,
        record=record(words, one.author),
        joined=words.t("Joined {time}", time=frame.times.short(found.joined_ms, frame.now_ms)),
        share=_share(words, found),
        story=one.story_headline,
        story_href=f"/s/{one.story_code}",
        story_id=to_text(one.comment.story_id),
        story_comments=words.tn("{n} comment", "{n} comments", found.story_comments),
        watched=watched,
        before=_views(frame, (*found.above, *found.beside)),
        here=comment_view(frame, one.comment),
        after=_views(frame, found.below),
        lines=lines(words, one.findings, one.comment.body),
        named_rules=tuple(rule for rule in rules_in(words) if rule.number in named),
        past=tuple(_earlier(words, past) for past in found.past if past.id != one.comment.id),
        alike=tuple(
            Alike(
                to_text(copy.comment.id),
                copy.comment.author.display_name,
                state_name(words, copy.comment.state),
                excerpt(copy.comment.body),
                round(copy.share * 100),
            )
            for copy in found.copies[:8]
        ),
        alike_count=len(found.copies),
    )


def state_name(words: Translator, state: str, rule: str | None = None) -> str:
    """What became of a comment, in a word or two."""
    named = rule_of(rule)
    if named and state in {State.REJECTED, State.REMOVED}:
        return words.t("Taken down: rule {n}", n=named.number)
    names = {
        State.LIVE: words.t("Live"),
        State.HELD: words.t("Held"),
        State.REJECTED: words.t("Rejected"),
        State.REMOVED: words.t("Removed"),
        State.WITHDRAWN: words.t("Withdrawn"),
    }
    return names[State(state)]


def excerpt(body: str) -> str:
    """The beginning of a text, on one line."""
    line = " ".join(body.split())
    return line if len(line) <= _EXCERPT else f"{line[:_EXCERPT]}…"


def _share(words: Translator, found: About) -> str:
    """How much of the author's latest was taken down; empty for fewer than five, which say nothing."""
    known = found.waiting.author
    counted = known.live_count + known.taken_down_count
    if counted < 5 or not known.taken_down_count:
        return ""
    return words.t("{n} % taken down", n=round(100 * known.taken_down_count / counted))


def _views(frame: Frame, some: tuple[Comment, ...]) -> tuple[NodeView, ...]:
    return tuple(comment_view(frame, one) for one in some)


def _earlier(words: Translator, past: Past) -> Earlier:
    state = state_name(words, past.state, past.rule)
    return Earlier(to_text(past.id), state, excerpt(past.body), past.story_headline)
