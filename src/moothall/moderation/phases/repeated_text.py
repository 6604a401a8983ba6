"""The same text again, from the same author."""

from collections.abc import Sequence

from moothall.discussion.verdict import Context, Finding
from moothall.moderation.means import Means

# Short agreement ("Thanks!", "Quite so.") is repeated in good faith.
_SHORT_CHARS = 30


def check(context: Context, _: Means) -> Sequence[Finding]:
    """Find a long text that the author posted before."""
    # Folding twenty texts costs more than all other checks; most differ in their first letter.
    first = _first(context.body)
    alike = [body for body in context.recent_bodies if _first(body) == first]
    if not alike:
        return ()
    text = _folded(context.body)
    if len(text) < _SHORT_CHARS or text not in map(_folded, alike):
        return ()
    return (Finding("repeated_text", cue="same"),)


def _first(text: str) -> str:
    return text.lstrip()[:1].casefold()


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
