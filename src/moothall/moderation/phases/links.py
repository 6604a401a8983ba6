"""Many links, or any from somebody quite new."""

import re
from collections.abc import Sequence

from moothall.discussion.verdict import Context, Finding, Weight
from moothall.people.model import Role

_LINK = re.compile(r"https?://\S+", re.IGNORECASE)
# Sources are welcome; a list of them is an advertisement more often than not.
_MANY = 4
_NEW_AUTHOR_COMMENTS = 3


def check(context: Context) -> Sequence[Finding]:
    """Hold four links or more, and the first links of a new reader; note the others."""
    spans = [match.span() for match in _LINK.finditer(context.body)]
    if not spans or context.author.role is not Role.READER:
        return ()
    is_new = context.live_count < _NEW_AUTHOR_COMMENTS
    weight = Weight.HOLD if is_new or len(spans) >= _MANY else Weight.NOTE
    return tuple(Finding("links", weight, rule="spam", start=start, end=end) for start, end in spans[:_MANY])
