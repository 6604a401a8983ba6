"""The document that tells an open page what happened since an event; pure.

Source: docs/reference/page-contract.md, section Live.  Only what every reader may know is in it: events
are made for comments that became public or ceased to be, never for held or rejected ones.
"""

from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from moothall.kernel.event import Event, EventKind
from moothall.kernel.ids import to_text
from moothall.kernel.limits import CHANGES_MAX
from moothall.store.outbox import Standing

Change = tuple[str, ...] | tuple[str, str, int, int]


class Changes(msgspec.Struct, frozen=True, omit_defaults=True):
    """All changes after event `since` up to event `seq`; `reload` when there were too many to tell."""

    since: int = msgspec.field(name="from")
    seq: int
    count: int
    open: bool
    changes: tuple[Change, ...]
    reload: bool = False


class Span(NamedTuple):
    """Where a document starts and ends."""

    since: int
    seq: int


def changes(events: Iterable[Event], span: Span, standing: Standing, *, complete: bool = True) -> Changes:
    """The document of a story's events within a span.

    Args:
        complete: False when some events of the span are no longer known.
    """
    folded = fold(e for e in events if span.since < e.seq <= span.seq)
    if not complete or len(folded) > CHANGES_MAX:
        return Changes(span.since, span.seq, standing.count, standing.open, (), reload=True)
    return Changes(span.since, span.seq, standing.count, standing.open, folded)


def fold(events: Iterable[Event]) -> tuple[Change, ...]:
    """Each comment's changes in their shortest form, in the order in which they first happened."""
    told: dict[tuple[int, EventKind], Change] = {}
    for event in events:
        key = (event.comment_id, event.kind)
        match event.kind:
            case EventKind.NEW:
                told.pop((event.comment_id, EventKind.REMOVED), None)
                told[key] = ("new", to_text(event.comment_id), _text(event.parent_id))
            case EventKind.EDITED:
                told[key] = ("edited", to_text(event.comment_id))
            case EventKind.REMOVED:
                for kind in (EventKind.NEW, EventKind.EDITED, EventKind.REACTIONS):
                    told.pop((event.comment_id, kind), None)
                told[key] = ("removed", to_text(event.comment_id))
            case EventKind.REACTIONS:
                told[key] = ("reactions", to_text(event.comment_id), event.a, event.b)
            case EventKind.DISCUSSION | EventKind.STORY:
                pass  # `count` and `open` say all that a page needs
    return tuple(told.values())


def _text(value: int) -> str:
    return to_text(value) if value else ""
