"""Long stretches of capitals: noted for moderators, never a reason by itself."""

from collections.abc import Sequence

from moothall.discussion.verdict import Context, Finding
from moothall.moderation.means import Means

_MIN_LETTERS = 40
_SHARE = 0.8
_SMALL = bytes(range(ord("a"), ord("z") + 1))


def check(context: Context, _: Means) -> Sequence[Finding]:
    """Find a text that is mostly capitals; the value is their share."""
    if _is_mostly_small(context.body):
        return ()
    capitals = sum(map(str.isupper, context.body))
    if capitals < _SHARE * _MIN_LETTERS:
        return ()
    letters = sum(map(str.isalpha, context.body))
    if letters < _MIN_LETTERS or capitals < _SHARE * letters:
        return ()
    return (Finding("shouting", cue="capitals", value=round(capitals / letters, 3)),)


def _is_mostly_small(text: str) -> bool:
    """Whether plain small letters alone leave too few for capitals; counting every letter costs ten times more."""
    size = len(text)
    small = len(text.encode()) - len(text.encode().translate(None, _SMALL))
    return size - small < _SHARE * size
