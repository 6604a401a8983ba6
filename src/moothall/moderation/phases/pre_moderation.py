"""A pre-moderated story holds every comment, but those of trusted readers and staff."""

from collections.abc import Sequence

from moothall.discussion.verdict import Context, Finding, Weight
from moothall.people.role import Right, may
from moothall.story.model import Moderation


def check(context: Context) -> Sequence[Finding]:
    """Hold when the story says so."""
    if context.story.moderation is Moderation.POST or may(context.author.role, Right.SKIP_PREMODERATION):
        return ()
    return (Finding("pre_moderation", Weight.HOLD),)
