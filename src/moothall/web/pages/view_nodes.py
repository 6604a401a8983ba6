"""A comment as the templates draw it.  Made sixty times a page, so it is kept lean."""

from collections.abc import Iterable
from functools import lru_cache

import msgspec

from moothall.discussion.access import may_read
from moothall.discussion.model import Comment, Node, Sort, State
from moothall.kernel.ids import to_text
from moothall.kernel.limits import EDIT_WINDOW_MS
from moothall.moderation.standards import rule_of
from moothall.people.model import Role
from moothall.people.role import STAFF
from moothall.web.i18n import Translator, number
from moothall.web.pages.view import Frame

# Threads in or near the window.  A browser takes as long for an image as for a third of a comment, seen or not.
_NEAR_THREADS = 12


class NodeView(msgspec.Struct, gc=False):
    """One node.  Empty texts mean "not shown".

    `plain` says that nothing is out of the ordinary: the template asks once instead of five times.
    `here` is the comment that a permalink is about.
    `far` is one so far down that the widget adds its avatar when it comes near.
    `rule`, `rule_title` and `note` tell its author why it is not shown; a stub tells all its `stub_rule`.
    `mine`, `blocked` and `may` are looked at only for who is signed in; `may` are the acts of the menu, and
    empty where they are what anybody signed in may do to a comment of another.
    """

    id: str
    author: str
    parent: str
    state: str
    plain: bool = True
    here: bool = False
    far: bool = False
    name: str = ""
    when: str = ""
    when_iso: str = ""
    body: str = ""
    respect: str = "0"
    disagree: str = "0"
    reply_to: str = ""
    badge: str = ""
    featured: bool = False
    waiting: str = ""
    edited: str = ""
    stub: str = ""
    stub_rule: str = ""
    rule: str = ""
    rule_title: str = ""
    note: str = ""
    blocked: bool = False
    mine: str = ""
    may: str = ""
    replies: "tuple[NodeView, ...]" = ()
    more: str = ""
    more_href: str = ""
    more_to: str = ""


def node_views(frame: Frame, nodes: Iterable[Node], sort: Sort) -> tuple[NodeView, ...]:
    """Nodes with everything beneath them, in a listing's order."""
    return tuple(node_view(frame, node, sort, far=at >= _NEAR_THREADS) for at, node in enumerate(nodes))


def node_view(frame: Frame, node: Node, sort: Sort, *, far: bool = False) -> NodeView:
    """A comment and its drawn replies."""
    view = comment_view(frame, node.comment)
    view.far = far
    if node.replies:
        view.replies = tuple(node_view(frame, reply, sort, far=far) for reply in node.replies)
    if node.more:
        view.more = frame.words.tn("Show {n} more reply", "Show {n} more replies", node.more)
        view.more_href, view.more_to = replies_links(frame, view.id, node.more_cursor, sort)
    return view


def replies_links(frame: Frame, at: str, cursor: str | None, sort: Sort) -> tuple[str, str]:
    """Page and fragment with further replies.

    Replies are answered oldest first in every order but the most respected, which must be named.
    """
    query = f"?cursor={cursor}" if cursor else ""
    if sort is Sort.RESPECTED:
        query += f"{'&' if query else '?'}sort={sort.value}"
    return f"{frame.base}/c/{at}{query}", f"{frame.base}/fragments/comments/{at}/replies{query}"


def comment_view(frame: Frame, comment: Comment) -> NodeView:
    """A comment without replies."""
    # The one door of HTML: whatever a handler passes, its reader is drawn only what that reader may read.
    if comment.state is not State.LIVE and not may_read(comment, frame.viewer):
        return _stub(frame.words, comment)
    view = _text(frame, comment)
    if comment.state is not State.LIVE or comment.edited_at_ms or comment.featured or comment.author.role in STAFF:
        _mark(frame, comment, view)
    if comment.state is not State.LIVE:
        _explain(frame.words, comment, view)
    if frame.viewer.account:
        _fill_rights(frame, comment, view)
    return view


def _text(frame: Frame, comment: Comment) -> NodeView:
    lang, made_ms = frame.words.lang, comment.created_at_ms
    printed = frame.times
    parent = comment.parent_id
    return NodeView(
        id=to_text(comment.id),
        author=author_text(comment.author.id),
        parent=to_text(parent) if parent else "",
        state=comment.state,
        name=comment.author.display_name,
        when=printed.short(made_ms, frame.now_ms),
        when_iso=printed.stamp(made_ms),
        body=comment.body_html,
        respect=number(lang, comment.respect),
        disagree=number(lang, comment.disagree),
        reply_to=(comment.parent_author or "") if parent else "",
    )


# The same people write again and again; a page's authors are a third of its ids.
author_text = lru_cache(maxsize=4_096)(to_text)


def _stub(words: Translator, comment: Comment) -> NodeView:
    if comment.state is State.WITHDRAWN:
        text = words.t("This comment was withdrawn by its author.")
    elif comment.state is State.REMOVED:
        text = words.t("This comment was removed by a moderator.")
    else:
        text = words.t("This comment waits for a moderator.")
    rule = rule_of(comment.removal_rule)
    return NodeView(
        id=to_text(comment.id),
        author="",
        parent=to_text(comment.parent_id) if comment.parent_id else "",
        state=comment.state,
        plain=False,
        stub=text,
        stub_rule=rule.number if rule else "",
    )


def _mark(frame: Frame, comment: Comment, view: NodeView) -> None:
    """What is out of the ordinary about a comment."""
    view.plain = False
    view.badge = badge(frame.words, comment.author.role)
    view.featured = comment.featured
    view.waiting = waiting(frame.words, comment.state)
    if comment.edited_at_ms:
        view.edited = frame.times.short(comment.edited_at_ms, frame.now_ms)


def _explain(words: Translator, comment: Comment, view: NodeView) -> None:
    """Why it is not shown, to those who may read it: its author and staff."""
    rule = rule_of(comment.removal_rule)
    if rule:
        view.rule, view.rule_title = rule.number, rule.worded(words.lang).title
    view.note = comment.note


def _fill_rights(frame: Frame, comment: Comment, view: NodeView) -> None:
    viewer = frame.viewer
    view.mine = comment.my_reaction.value if comment.my_reaction else ""
    acts = []
    if comment.author.id in viewer.blocked:
        view.blocked, view.plain = True, False
        acts = ["copy", "report", "unblock", "decide"]
    elif comment.author.id == viewer.id:
        acts = ["copy", "decide"]
        if comment.state in (State.LIVE, State.HELD):
            acts.append("withdraw")
            if frame.now_ms < comment.created_at_ms + EDIT_WINDOW_MS:
                acts.append("edit")
    view.may = " ".join(acts)


def badge(words: Translator, role: Role) -> str:
    """What readers are told of an author's role: that somebody speaks for the newsroom."""
    if role not in STAFF:
        return ""
    return words.t("Moderator") if role is Role.MODERATOR else words.t("Newsroom")


def waiting(words: Translator, state: State) -> str:
    """The badge of a comment that is not live."""
    names = {
        State.HELD: words.t("Waiting for a moderator"),
        State.REJECTED: words.t("Not published"),
        State.WITHDRAWN: words.t("Withdrawn"),
        State.REMOVED: words.t("Removed"),
    }
    return names.get(state, "")
