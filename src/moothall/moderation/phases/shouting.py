"""Long stretches of capitals: noted for moderators, never a reason by itself."""

from collections.abc import Sequence

from moothall.discussion.verdict import Context, Finding, Weight

_MIN_LETTERS = 40
_SHARE = 0.8


def check(context: Context) -> Sequence[Finding]:
    """Note a text that is mostly capitals."""
    letters = [c for c in context.body if c.isalpha()]
    if len(letters) < _MIN_LETTERS or sum(c.isupper() for c in letters) < _SHARE * len(letters):
        return ()
    return (Finding("shouting", Weight.NOTE, rule="civil"),)
