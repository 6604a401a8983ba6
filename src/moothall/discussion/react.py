"""Respect or disagree, change one's mind, take it back."""

from moothall.discussion import rules
from moothall.discussion.model import Comment, CommentId, ReactionKind
from moothall.discussion.post_comment import Parts
from moothall.people.model import Account


async def react(parts: Parts, comment_id: CommentId, reader: Account, kind: ReactionKind | None) -> Comment:
    """The comment with its new counts; the same reaction twice counts once.

    Raises: NotFound, OwnComment, Banned.
    """
    now_ms = parts.clock()
    rules.check_react(await parts.store.get(comment_id), reader, now_ms)
    return await parts.store.react(comment_id, reader.id, kind, now_ms)
