"""Many comments at once, as the console draws them."""

from collections.abc import Sequence

import msgspec

from moothall.kernel.ids import to_text
from moothall.moderation.queue import Waiting
from moothall.moderation.thread_hold import Thread
from moothall.web.console.view import head, rule_keys
from moothall.web.console.view_context import excerpt, state_name
from moothall.web.pages.standards import rules_in
from moothall.web.pages.view import Frame, page
from moothall.web.render import Context


class One(msgspec.Struct, frozen=True):
    """A comment of a batch in one line; `item` says which text of it was read."""

    id: str
    item: str
    name: str
    state: str
    story: str
    excerpt: str


def batch_page(frame: Frame, found: Sequence[Waiting], *, key: str, error: str = "") -> Context:
    """`console/batch.html`."""
    words = frame.words
    title = words.tn("Decide on {n} comment", "Decide on {n} comments", len(found))
    people = len({one.comment.author.id for one in found})
    stories = len({one.comment.story_id for one in found})
    return page(
        frame,
        head(frame, title),
        title=title,
        by=words.tn("by {n} author", "by {n} authors", people),
        on=words.tn("on {n} story", "on {n} stories", stories),
        some=tuple(_one(frame, one) for one in found),
        items=" ".join(_item(one) for one in found),
        rules=rule_keys(rules_in(words)),
        key=key,
        error=error,
    )


def thread_page(
    frame: Frame, found: Thread, some: Sequence[Waiting], *, at: str, key: str, error: str = ""
) -> Context:
    """`console/thread.html`.  Args: some: the first of it, to be looked over."""
    words = frame.words
    count = len(found.parts)
    title = words.tn("Hold {n} comment", "Hold {n} comments", count)
    further = count - len(some)
    return page(
        frame,
        head(frame, title),
        title=title,
        at=at,
        by=words.tn("by {n} author", "by {n} authors", found.authors),
        some=tuple(_one(frame, one) for one in some),
        further=words.tn("{n} further comment", "{n} further comments", further) if further else "",
        key=key,
        error=error,
    )


def done_page(frame: Frame, *, done: int = 0, left: int = 0, back: int = 0, key: str = "") -> Context:
    """`console/batch_done.html`."""
    words = frame.words
    told = []
    if done:
        told.append(words.tn("{n} comment was decided on.", "{n} comments were decided on.", done))
    if left:
        alone = words.tn(
            "{n} changed meanwhile and was left alone.", "{n} changed meanwhile and were left alone.", left
        )
        told.append(alone)
    if back or not told:
        told.append(words.tn("{n} decision was taken back.", "{n} decisions were taken back.", back))
    title = words.t("Several comments")
    return page(frame, head(frame, title), title=title, told=tuple(told), key=key if done else "")


def _one(frame: Frame, one: Waiting) -> One:
    comment = one.comment
    return One(
        to_text(comment.id),
        _item(one),
        comment.author.display_name,
        state_name(frame.words, comment.state, comment.removal_rule),
        one.story_headline,
        excerpt(comment.body),
    )


def _item(one: Waiting) -> str:
    return f"{to_text(one.comment.id)}.{one.comment.revision}.{one.comment.state.value}"
