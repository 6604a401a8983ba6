"""Many comments in a short time from one author."""

from collections.abc import Sequence

from moothall.discussion.verdict import Context, Finding
from moothall.kernel.limits import MINUTE_MS
from moothall.moderation.means import Means
from moothall.people.role import Right, may

# A fast writer in a live debate sends three a minute.
_WINDOW_MS = 5 * MINUTE_MS
_COUNT = 5


def check(context: Context, _: Means) -> Sequence[Finding]:
    """Find what comes after five comments within five minutes; a journalist in a live debate is no flood."""
    if context.is_edit or may(context.author.role, Right.SKIP_PREMODERATION):
        return ()
    recent = sum(0 <= context.now_ms - at_ms < _WINDOW_MS for at_ms in context.recent_times_ms)
    return (Finding("flood", cue="author", value=float(recent), detail=str(recent)),) if recent >= _COUNT else ()
