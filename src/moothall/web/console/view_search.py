"""The search as the console draws it."""

from collections.abc import Callable

import msgspec

from moothall.discussion.model import State
from moothall.kernel import page as cursors
from moothall.kernel.ids import made_at_ms
from moothall.kernel.limits import BATCH, QUEUE_PAGE
from moothall.moderation.queue import QueuePage, Waiting
from moothall.moderation.sought import Sought
from moothall.web.console.row import Row, row
from moothall.web.console.view import head, rule_keys
from moothall.web.console.view_context import state_name
from moothall.web.pages.standards import rules_in
from moothall.web.pages.view import Frame, page
from moothall.web.pages.view_acts import Choice
from moothall.web.render import Context


class Found(msgspec.Struct, frozen=True):
    """A comment and what became of it."""

    row: Row
    state: str


def search_page(
    frame: Frame, sought: Sought, found: QueuePage, *, query: str, new_key: Callable[[], str]
) -> Context:
    """`console/search.html`."""
    words = frame.words
    title = words.t("Search")
    here = f"/console/search?{query}"

    def one(waiting: Waiting) -> Found:
        state = state_name(words, waiting.comment.state, waiting.comment.removal_rule)
        return Found(row(frame, waiting, onward=here, key=new_key()), state)

    return page(
        frame,
        head(frame, title),
        title=title,
        sought=sought,
        found=tuple(one(waiting) for waiting in found.waiting),
        states=tuple(Choice(one.value, state_name(words, one), chosen=one == sought.state) for one in State),
        rules=rule_keys(rules_in(words)),
        query=query,
        most=BATCH,
        here=here,
        looked=_looked(frame, found),
        next_href=f"{here}&cursor={found.next_cursor}" if found.next_cursor else "",
    )


def _looked(frame: Frame, found: QueuePage) -> str:
    """How far back, where that is further than the last comment shown."""
    if found.next_cursor is None or len(found.waiting) >= QUEUE_PAGE:
        return ""
    until_ms = made_at_ms(cursors.decode(found.next_cursor).id)
    return frame.words.t("Looked back to {time}.", time=frame.times.long(until_ms))
