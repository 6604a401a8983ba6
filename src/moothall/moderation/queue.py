"""The moderation queues: what waits for whom, in which order."""

from enum import StrEnum

import msgspec

from moothall.discussion.model import Comment
from moothall.kernel.errors import InvalidField
from moothall.people.model import AccountId


class Queue(StrEnum):
    """What waits; what was reported; first comments; stories that one watches; everything live."""

    HELD = "held"
    REPORTED = "reported"
    NEW = "new"
    WATCHED = "watched"
    LIVE = "live"


class Order(StrEnum):
    """What comes first."""

    OLDEST = "oldest"
    NEWEST = "newest"
    REPORTED = "reported"
    BUSIEST = "busiest"
    LIKELY = "likely"


# What a queue is for decides how it is read unless somebody says otherwise.
ORDERS: dict[Queue, tuple[Order, ...]] = {
    Queue.HELD: (Order.OLDEST, Order.LIKELY, Order.REPORTED, Order.BUSIEST),
    Queue.REPORTED: (Order.REPORTED, Order.LIKELY, Order.OLDEST, Order.BUSIEST),
    Queue.NEW: (Order.NEWEST,),
    Queue.WATCHED: (Order.NEWEST,),
    Queue.LIVE: (Order.NEWEST,),
}
WORK = frozenset({Queue.HELD, Queue.REPORTED})
"""What somebody must decide on, and therefore is claimed."""


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which part of which queue.  Empty texts leave nothing out.

    `section` is a slug, `story` a short-link code, `lang` a story's language.
    """

    queue: Queue
    order: Order
    section: str = ""
    story: str = ""
    lang: str = ""

    @property
    def filtered(self) -> bool:
        """Whether something is left out."""
        return bool(self.section or self.story or self.lang)


def wanted(queue: Queue, order: str = "", **parts: str) -> Wanted:
    """Raises: InvalidField for an order that the queue does not have."""
    offered = ORDERS[queue]
    chosen = next((one for one in offered if one.value == order), None) if order else offered[0]
    if chosen is None:
        raise InvalidField(name="sort")
    return Wanted(queue=queue, order=chosen, **parts)


class Sparing(msgspec.Struct, frozen=True):
    """How much of what breaks one of `rules` a moderator is given within an hour."""

    rules: tuple[str, ...]
    most: int


class Told(msgspec.Struct, frozen=True):
    """A report, as a moderator reads it."""

    name: str
    detail: str


class Noticed(msgspec.Struct, frozen=True):
    """A finding; `start` and `end` are code-point offsets in the body, equal where it names no span."""

    name: str
    rule: str | None
    detail: str
    start: int
    end: int
    cue: str = ""
    value: float = 1.0


class Record(msgspec.Struct, frozen=True):
    """What is known of an author.  Counts stop at a hundred: more says no more."""

    live_count: int
    taken_down_count: int
    banned_until_ms: int | None


class Waiting(msgspec.Struct, frozen=True):
    """A comment of a queue, with what speaks about it.  `parent_html` is what it answers."""

    comment: Comment
    story_headline: str
    story_code: str
    report_count: int
    author: Record
    parent_html: str = ""
    findings: tuple[Noticed, ...] = ()
    reports: tuple[Told, ...] = ()


class QueuePage(msgspec.Struct, frozen=True):
    """Some of a queue, and where it goes on; `spared` when harsh ones are left to colleagues or to later."""

    waiting: tuple[Waiting, ...]
    next_cursor: str | None
    spared: bool = False


class Holder(msgspec.Struct, frozen=True):
    """A colleague at work, and how many comments they have in hand."""

    id: AccountId
    name: str
    count: int
