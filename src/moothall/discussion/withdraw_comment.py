"""Take back one's own comment: its place stays when it has replies, its words go."""

from moothall.discussion import rules
from moothall.discussion.model import Comment, CommentId, State
from moothall.discussion.post_comment import Parts
from moothall.people.model import Account


async def withdraw_comment(parts: Parts, comment_id: CommentId, author: Account) -> Comment:
    """The withdrawn comment; asking twice changes nothing.  Raises: NotFound, NotYours."""
    comment = await parts.store.get(comment_id)
    rules.check_withdraw(comment, author)
    if comment.state is State.WITHDRAWN:
        return comment
    return await parts.store.withdraw(comment_id, author.id, parts.clock())
