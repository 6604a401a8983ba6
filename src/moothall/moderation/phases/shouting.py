"""Long stretches of capitals: noted for moderators, never a reason by itself."""

from collections.abc import Sequence

from moothall.discussion.verdict import Context, Finding, Weight

_MIN_LETTERS = 40
_SHARE = 0.8


def check(context: Context) -> Sequence[Finding]:
    """Note a text that is mostly capitals."""
    letters = sum(map(str.isalpha, context.body))
    if letters < _MIN_LETTERS or sum(map(str.isupper, context.body)) < _SHARE * letters:
        return ()
    return (Finding("shouting", Weight.NOTE, rule="civil"),)
