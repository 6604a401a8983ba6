"""Somebody of whom nothing has been published yet."""

from collections.abc import Sequence

from moothall.discussion.verdict import Context, Finding
from moothall.moderation.means import Means
from moothall.people.model import Role


def check(context: Context, _: Means) -> Sequence[Finding]:
    """Find a reader's first comment."""
    is_first = context.live_count == 0 and context.author.role is Role.READER and not context.is_edit
    return (Finding("new_author", cue="first"),) if is_first else ()
