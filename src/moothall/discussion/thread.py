"""Nest, fold and page a discussion.  Pure: the rows come through `children`."""

from collections.abc import Sequence
from typing import Protocol

from msgspec.structs import replace

from moothall.discussion.model import NO_PARENT, Comment, CommentId, Node, Page, Sort, State
from moothall.kernel import page as cursors
from moothall.kernel.limits import REPLIES_SHOWN
from moothall.kernel.page import Cursor


class Children(Protocol):
    """Shown children of a parent in an order, after a cursor, at most `limit`."""

    def __call__(self, parent_id: CommentId, sort: Sort, after: Cursor | None, limit: int) -> Sequence[Comment]: ...


def reply_sort(sort: Sort) -> Sort:
    """Answers read in the order in which they were given, but for the most respected."""
    return Sort.RESPECTED if sort is Sort.RESPECTED else Sort.OLDEST


def sort_key(comment: Comment, sort: Sort) -> int:
    """The number an order sorts by, before the id."""
    if sort is Sort.RESPECTED:
        return comment.score
    return comment.reply_count if sort is Sort.REPLIES else 0


def build_page(children: Children, sort: Sort, after: Cursor | None, limit: int) -> Page:
    """Roots with their first replies: whole threads until `limit` comments are drawn."""
    roots = children(NO_PARENT, sort, after, limit + 1)
    nodes: list[Node] = []
    drawn = 0
    for root in roots[:limit]:
        if drawn >= limit:
            break
        node, size = _grow(children, root, sort, limit - drawn)
        nodes.append(node)
        drawn += size
    more = len(roots) > len(nodes)
    return Page(tuple(nodes), _cursor(nodes[-1].comment, sort) if more and nodes else None)


def build_replies(children: Children, parent: Comment, sort: Sort, after: Cursor | None, limit: int) -> Page:
    """Further replies of one comment, each with its own first replies."""
    order = reply_sort(sort)
    rows = children(parent.id, order, after, limit + 1)
    nodes = [_grow(children, row, sort, limit)[0] for row in rows[:limit]]
    nodes = [_answering(node, parent) for node in nodes]
    return Page(tuple(nodes), _cursor(nodes[-1].comment, order) if len(rows) > limit else None)


def _grow(children: Children, comment: Comment, sort: Sort, room: int) -> tuple[Node, int]:
    """A node with at most `room - 1` comments beneath it, and how many it drew."""
    shown = REPLIES_SHOWN[comment.depth] if comment.depth < len(REPLIES_SHOWN) else 1
    wanted = min(shown, room - 1)
    if comment.reply_count == 0 or wanted <= 0:
        return Node(comment, (), comment.reply_count, None), 1
    order = reply_sort(sort)
    replies: list[Node] = []
    drawn = 1
    for reply in children(comment.id, order, None, wanted):
        if drawn >= room:
            break
        node, size = _grow(children, reply, sort, room - drawn)
        replies.append(_answering(node, comment))
        drawn += size
    more = max(0, comment.reply_count - len(replies))
    cursor = _cursor(replies[-1].comment, order) if more and replies else None
    return Node(comment, tuple(replies), more, cursor), drawn


def _answering(node: Node, parent: Comment) -> Node:
    """Names whom a reply answers, while that may be known."""
    if parent.state is not State.LIVE:
        return node
    return replace(node, comment=replace(node.comment, parent_author=parent.author.display_name))


def _cursor(comment: Comment, sort: Sort) -> str:
    return cursors.encode(Cursor(sort_key(comment, sort), comment.id))
