"""Nearly the same text within 24 hours, beneath any story."""

from collections.abc import Sequence

from moothall.discussion.verdict import Context, Finding
from moothall.moderation.means import Means
from moothall.people.role import STAFF

# Below this, texts on one subject are as alike as copies.
_ALIKE = 0.4


def check(context: Context, means: Means) -> Sequence[Finding]:
    """Find a text much like one's own or another's; the value is how alike, to 1."""
    if context.author.role in STAFF:
        return ()
    near = means.recent.alike(context.author.id, context.body, context.now_ms)
    # The text that is edited is much like its new version.
    found = {"others": near.others} if context.is_edit else {"own": near.own, "others": near.others}
    return tuple(
        Finding("near_duplicate", cue=name, value=round(value, 3))
        for name, value in found.items()
        if value >= _ALIKE
    )
