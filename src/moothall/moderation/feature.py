"""Marking a comment as worth reading, and taking the mark away."""

import msgspec

from moothall.discussion.model import CommentId
from moothall.people.model import AccountId


class Feature(msgspec.Struct, frozen=True):
    """`featured` is what it is to be.  `id` names the row in the log."""

    id: int
    comment_id: CommentId
    actor_id: AccountId
    featured: bool
    at_ms: int
