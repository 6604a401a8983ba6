"""Live comments of a page as structured data."""

from collections.abc import Sequence
from html import unescape

import nh3

from moothall.discussion.model import Node, State
from moothall.kernel.ids import to_text
from moothall.story.metadata import Contribution


def contributions(nodes: Sequence[Node], site_url: str) -> tuple[Contribution, ...]:
    """Only what everybody may read: a stub's replies stand in its place."""
    found: list[Contribution] = []
    for node in nodes:
        below = contributions(node.replies, site_url)
        comment = node.comment
        if comment.state is not State.LIVE:
            found.extend(below)
            continue
        found.append(
            Contribution(
                url=f"{site_url}/c/{to_text(comment.id)}",
                author=comment.author.display_name,
                text=plain(comment.body_html),
                created_at_ms=comment.created_at_ms,
                respect=comment.respect,
                replies=below,
                reply_count=comment.reply_count,
            )
        )
    return tuple(found)


def plain(html: str) -> str:
    """Cleaned HTML as plain text."""
    return unescape(nh3.clean(html, tags=set())).strip()
