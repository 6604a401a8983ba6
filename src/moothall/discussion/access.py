"""The only doors to a comment: who may see it, and what of it.

`store/comment_state.py` keeps the same as the column `shown`.
"""

import msgspec

from moothall.discussion.model import Author, Comment, State
from moothall.people.model import AccountId, Role, Viewer
from moothall.people.role import Right, may

UNNAMED = Author(AccountId(0), "", Role.READER)
_STUBS = frozenset({State.WITHDRAWN, State.REMOVED, State.HELD})


def may_see(comment: Comment, viewer: Viewer) -> bool:
    """Whether a viewer may know that a comment is there.

    A comment that is no longer shown but has replies is seen by all, as a stub without its words.
    """
    return may_read(comment, viewer) or (comment.state in _STUBS and comment.reply_count > 0)


def may_read(comment: Comment, viewer: Viewer) -> bool:
    """Whether a viewer may read its words: everybody when live, else its author and staff."""
    if comment.state is State.LIVE:
        return True
    if viewer.account is None:
        return False
    is_own = comment.author.id == viewer.account.id and comment.state is not State.WITHDRAWN
    return is_own or may(viewer.role, Right.SEE_HELD)


def public_face(comment: Comment, viewer: Viewer) -> Comment:
    """The comment as a viewer may have it: only its place, where that is all that remains."""
    if may_read(comment, viewer):
        return comment
    return msgspec.structs.replace(
        comment,
        author=UNNAMED,
        body="",
        body_html="",
        note="",
        edited_at_ms=None,
        respect=0,
        disagree=0,
        my_reaction=None,
    )
