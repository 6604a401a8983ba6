"""Many comments in a short time from one author."""

from collections.abc import Sequence

from moothall.discussion.verdict import Context, Finding, Weight
from moothall.kernel.limits import MINUTE_MS
from moothall.people.role import Right, may

# A fast writer in a live debate sends three a minute; ten in five minutes is a flood.
_WINDOW_MS = 5 * MINUTE_MS
_COUNT = 10


def check(context: Context) -> Sequence[Finding]:
    """Hold what comes after ten comments within five minutes; a journalist in a live debate is no flood."""
    if may(context.author.role, Right.SKIP_PREMODERATION):
        return ()
    recent = sum(0 <= context.now_ms - at_ms < _WINDOW_MS for at_ms in context.recent_times_ms)
    if context.is_edit or recent < _COUNT:
        return ()
    return (Finding("flood", Weight.HOLD, rule="spam", detail=str(recent)),)
