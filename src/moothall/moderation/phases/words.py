"""Words and phrases of the newsroom's lists."""

from collections.abc import Sequence

from moothall.discussion.verdict import Context, Finding
from moothall.moderation.means import Means
from moothall.people.role import STAFF


def check(context: Context, means: Means) -> Sequence[Finding]:
    """Find entries however they are spelt, each with its span; the cue is the list's name."""
    if context.author.role in STAFF:
        return ()
    return tuple(
        Finding("words", cue=hit.listed, start=hit.start, end=hit.end) for hit in means.words.find(context.body)
    )
