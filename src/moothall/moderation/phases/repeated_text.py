"""The same text again, from the same author."""

from collections.abc import Sequence

from moothall.discussion.verdict import Context, Finding
from moothall.moderation.means import Means

# Short agreement ("Thanks!", "Quite so.") is repeated in good faith.
_SHORT_CHARS = 30


def check(context: Context, _: Means) -> Sequence[Finding]:
    """Find a long text that the author posted before."""
    text = _folded(context.body)
    if len(text) < _SHORT_CHARS:
        return ()
    # Folding twenty texts costs more than all other checks; most differ in their first letter.
    alike = [body for body in context.recent_bodies if body.lstrip()[:1].casefold() == text[:1]]
    if text not in map(_folded, alike):
        return ()
    return (Finding("repeated_text", cue="same"),)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
