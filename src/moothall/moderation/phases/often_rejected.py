"""Somebody whose comments are often taken down."""

from collections.abc import Sequence

from moothall.discussion.verdict import Context, Finding
from moothall.moderation.means import Means
from moothall.people.model import Role

# Fewer comments say nothing about a habit.
_MIN_COMMENTS = 4
_MIN_SHARE = 0.25


def check(context: Context, _: Means) -> Sequence[Finding]:
    """Find a reader of whose last comments a quarter was taken down; the value is the share."""
    count = context.live_count + context.rejected_count
    if context.author.role is not Role.READER or count < _MIN_COMMENTS:
        return ()
    share = context.rejected_count / count
    return (Finding("often_rejected", cue="share", value=round(share, 3)),) if share >= _MIN_SHARE else ()
