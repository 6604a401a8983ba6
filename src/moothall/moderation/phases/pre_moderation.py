"""Where every comment is read first, but those of trusted readers and staff."""

from collections.abc import Sequence

from moothall.discussion.verdict import Context, Finding
from moothall.moderation.means import Means
from moothall.people.role import Right, may
from moothall.story.model import Moderation


def check(context: Context, means: Means) -> Sequence[Finding]:
    """Find when the site, the section or the story says so."""
    if may(context.author.role, Right.SKIP_PREMODERATION):
        return ()
    if context.story.moderation is not Moderation.POST:
        return (Finding("pre_moderation", cue="story"),)
    if context.story.section in means.pre_moderate.sections:
        return (Finding("pre_moderation", cue="section"),)
    return (Finding("pre_moderation", cue="site"),) if means.pre_moderate.site else ()
