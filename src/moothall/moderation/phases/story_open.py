"""A discussion that is closed, or not open yet."""

from collections.abc import Sequence

from moothall.discussion.verdict import Context, Finding
from moothall.moderation.means import Means


def check(context: Context, _: Means) -> Sequence[Finding]:
    """Find what came while nobody may write; it is refused before, so this is the second lock."""
    return () if context.story.open_at(context.now_ms) else (Finding("story_open", cue="closed"),)
