"""Very long comments."""

from collections.abc import Sequence

from moothall.discussion.verdict import Context, Finding
from moothall.moderation.means import Means

# A screen of a phone; what is shorter is nobody's concern.
_LONG = 1_000


def check(context: Context, _: Means) -> Sequence[Finding]:
    """Note a comment of a thousand characters or more; the value is how many."""
    size = len(context.body)
    return (Finding("length", cue="long", value=float(size)),) if size >= _LONG else ()
