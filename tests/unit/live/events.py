"""Events and stories for the live room's tests."""

from moothall.kernel.event import Event, EventKind
from moothall.store.outbox import Recent, Standing

STORY = 7


def event(seq: int, kind: EventKind = EventKind.NEW, comment: int = 0, **values: int) -> Event:
    """An event of the one story; its comment is numbered like the event unless said otherwise."""
    return Event(seq, STORY, kind, comment or seq, **values)


def standing(seq: int, count: int = 0) -> Standing:
    """An open discussion whose newest event is `seq`."""
    return Standing(count=count, open=True, seq=seq)


def recent(*events: Event, floor: int = 0) -> Recent:
    """What the store knows of the story."""
    return Recent(events, floor, standing(events[-1].seq if events else floor, len(events)))


class FakeSource:
    """A store of one story; `gone` makes it not public."""

    def __init__(self, known: Recent) -> None:
        self.known = known
        self.gone = False
        self.reads = 0

    async def recent(self, _story_id: int) -> Recent | None:
        self.reads += 1
        return None if self.gone else self.known

    async def standing(self, _story_id: int) -> Standing | None:
        return None if self.gone else self.known.standing
