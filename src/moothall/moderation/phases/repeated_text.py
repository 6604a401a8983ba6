"""The same text again, from the same author."""

from collections.abc import Sequence

from moothall.discussion.verdict import Context, Finding, Weight

# Short agreement ("Thanks!", "Quite so.") is repeated in good faith.
_SHORT_CHARS = 30


def check(context: Context) -> Sequence[Finding]:
    """Hold a long text that the author posted before."""
    text = _folded(context.body)
    if len(text) < _SHORT_CHARS or text not in {_folded(body) for body in context.recent_bodies}:
        return ()
    return (Finding("repeated_text", Weight.HOLD, rule="spam"),)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
