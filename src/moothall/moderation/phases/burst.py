"""A rush of comments beneath one story: a live debate, or a campaign."""

from collections.abc import Sequence

from moothall.discussion.verdict import Context, Finding
from moothall.moderation.means import Means
from moothall.people.role import Right, may

_COUNT = 50


def check(context: Context, means: Means) -> Sequence[Finding]:
    """Find the fiftieth comment within five minutes and those after it; the value is how many came."""
    if context.is_edit or may(context.author.role, Right.SKIP_PREMODERATION):
        return ()
    count = means.recent.rush(context.story.id, context.now_ms)
    return (Finding("burst", cue="story", value=float(count), detail=str(count)),) if count >= _COUNT else ()
