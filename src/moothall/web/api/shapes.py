"""Comments as the API gives them.  Source: DESIGN, section 6."""

import msgspec

from moothall.discussion.access import public_face
from moothall.discussion.model import Comment, Node, Page, State
from moothall.kernel.clock import to_rfc3339
from moothall.kernel.ids import to_text
from moothall.people.model import Role, Viewer


class AuthorJson(msgspec.Struct, frozen=True):
    id: str
    display_name: str
    avatar_url: str
    badges: tuple[str, ...]


class ReactionsJson(msgspec.Struct, frozen=True):
    respect: int
    disagree: int


class CommentJson(msgspec.Struct, frozen=True):
    """Where only a comment's place remains, `author` and `body_html` are null and nothing is counted."""

    id: str
    story_id: str
    parent_id: str | None
    depth: int
    author: AuthorJson | None
    body_html: str | None
    created_at: str
    edited_at: str | None
    state: State
    reply_count: int
    reactions: ReactionsJson
    my_reaction: str | None
    featured: bool
    permalink: str


class NodeJson(msgspec.Struct, frozen=True):
    """`more` direct replies are folded; `more_cursor` opens them."""

    comment: CommentJson
    replies: tuple["NodeJson", ...]
    more: int
    more_cursor: str | None


class PageJson(msgspec.Struct, frozen=True):
    comments: tuple[NodeJson, ...]
    next_cursor: str | None


def comment_json(comment: Comment, viewer: Viewer, base_url: str) -> CommentJson:
    """A comment as this viewer may have it."""
    shown = public_face(comment, viewer)
    key = to_text(comment.id)
    return CommentJson(
        id=key,
        story_id=to_text(comment.story_id),
        parent_id=to_text(comment.parent_id) if comment.parent_id else None,
        depth=comment.depth,
        author=_author(shown, base_url) if shown.author.id else None,
        body_html=shown.body_html if shown.author.id else None,
        created_at=to_rfc3339(comment.created_at_ms),
        edited_at=to_rfc3339(shown.edited_at_ms) if shown.edited_at_ms else None,
        state=comment.state,
        reply_count=comment.reply_count,
        reactions=ReactionsJson(shown.respect, shown.disagree),
        my_reaction=shown.my_reaction,
        featured=shown.featured,
        permalink=f"{base_url}/c/{key}",
    )


def page_json(page: Page, viewer: Viewer, base_url: str) -> PageJson:
    """A page of nested comments."""
    return PageJson(tuple(_node(node, viewer, base_url) for node in page.nodes), page.next_cursor)


def _node(node: Node, viewer: Viewer, base_url: str) -> NodeJson:
    replies = tuple(_node(reply, viewer, base_url) for reply in node.replies)
    return NodeJson(comment_json(node.comment, viewer, base_url), replies, node.more, node.more_cursor)


def _author(comment: Comment, base_url: str) -> AuthorJson:
    author = comment.author
    key = to_text(author.id)
    badges = () if author.role in {Role.READER, Role.TRUSTED} else (author.role.value,)
    return AuthorJson(key, author.display_name, f"{base_url}/avatars/{key}.png", badges)
