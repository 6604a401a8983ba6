"""The hub tells every open page, once, in order, and forgets those that leave."""

import asyncio
import json

import pytest

from moothall.kernel.event import Event, EventKind
from moothall.kernel.ids import to_text
from moothall.kernel.limits import LIVE_RING, LIVE_STALL_MS
from moothall.live.channel import HEARTBEAT, Listener
from moothall.live.hub import Crowded, Full, Hub, care
from tests.unit.live.events import STORY, FakeSource, event, recent, standing

pytestmark = pytest.mark.anyio
HERE = "192.0.2.1"


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def told(listener: Listener) -> dict[str, object] | None:
    """The document of the next message, or None when there is none."""
    message = listener.take()
    if message is None:
        return None
    return json.loads(message["body"].partition(b"data: ")[2])  # type: ignore[no-any-return]


async def commit(hub: Hub, source: FakeSource, *events: Event) -> None:
    """What the writer does after a commit, until the hub has told it."""
    source.known = recent(*source.known.events, *events, floor=source.known.floor)
    hub.tell(events)
    for _ in range(20):
        await asyncio.sleep(0)


def hub_of(source: FakeSource, **values: int) -> Hub:
    hub = Hub(source, tick_ms=0, **values)
    hub.start()
    return hub


async def test_a_new_listener_is_greeted_with_where_things_stand() -> None:
    """The first message says how far the story is, so that an older page catches up at once."""
    source = FakeSource(recent(event(5)))
    hub = hub_of(source)
    listener = await hub.join(STORY, None, whose=HERE)
    assert listener is not None
    assert told(listener) == {"from": 5, "seq": 5, "count": 1, "open": True, "changes": []}
    assert told(listener) is None
    hub.close()


async def test_every_listener_gets_the_same_bytes() -> None:
    """A change is encoded once, however many pages take it."""
    source = FakeSource(recent(event(5)))
    hub = hub_of(source)
    listeners = [await hub.join(STORY, None, whose=HERE) for _ in range(3)]
    for listener in listeners:
        assert listener is not None
        listener.take()
    sleeping = listeners[0].sleep()  # type: ignore[union-attr]
    await commit(hub, source, event(6))
    assert sleeping.done()
    messages = {id(listener.take()) for listener in listeners if listener}
    assert len(messages) == 1
    assert source.reads == 1
    hub.close()


async def test_a_slow_listener_gets_all_it_missed_in_one_message() -> None:
    """What happened while a page was busy is conflated, and nothing is lost."""
    source = FakeSource(recent(event(5)))
    hub = hub_of(source)
    slow = await hub.join(STORY, None, whose=HERE)
    assert slow is not None
    slow.take()
    await commit(hub, source, event(6))
    await commit(hub, source, event(7), event(8))
    document = told(slow)
    assert document is not None
    assert (document["from"], document["seq"], len(document["changes"])) == (5, 8, 3)  # type: ignore[arg-type]
    hub.close()


async def test_a_returning_listener_resumes_after_its_last_event() -> None:
    """`Last-Event-ID` brings exactly the missed events; before the ring it means reload."""
    source = FakeSource(recent(event(5), event(6), event(7), floor=4))
    hub = hub_of(source)
    late, ancient = await hub.join(STORY, 5, whose=HERE), await hub.join(STORY, 3, whose=HERE)
    assert late is not None
    assert ancient is not None
    document = told(late)
    assert document is not None
    assert [change[0] for change in document["changes"]] == ["new", "new"]  # type: ignore[attr-defined]
    assert told(ancient) == {"from": 3, "seq": 7, "count": 3, "open": True, "changes": [], "reload": True}
    hub.close()


async def test_events_committed_while_a_channel_opens_are_not_lost() -> None:
    """An event between the read of the store and the first listener is told, once."""
    source = FakeSource(recent(event(5)))
    hub = hub_of(source)
    gate = asyncio.Event()
    read = source.recent

    async def slowly(story_id: int) -> object:
        found = await read(story_id)
        await gate.wait()
        return found

    source.recent = slowly  # type: ignore[method-assign,assignment]
    joining = asyncio.ensure_future(hub.join(STORY, 5, whose=HERE))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    await commit(hub, source, event(6))
    gate.set()
    listener = await joining
    assert listener is not None
    first = told(listener)
    for _ in range(20):
        await asyncio.sleep(0)
    documents = [document for document in (first, told(listener)) if document]
    assert [change for document in documents for change in document["changes"]] == [["new", to_text(6), ""]]  # type: ignore[attr-defined]
    assert documents[-1]["seq"] == 6
    hub.close()


async def test_a_story_that_is_not_public_has_no_listeners() -> None:
    """Joining answers None, and those who listened are ended when it goes."""
    source = FakeSource(recent(event(5)))
    hub = hub_of(source)
    listener = await hub.join(STORY, None, whose=HERE)
    assert listener is not None
    source.gone = True
    await commit(hub, source, event(6, EventKind.STORY))
    assert not listener.is_open
    hub.leave(listener)
    assert await hub.join(STORY, None, whose=HERE) is None
    assert hub.listeners == 0
    hub.close()


async def test_past_the_limit_pages_are_sent_away() -> None:
    """The server takes no more listeners than it can hold, and again one when one leaves."""
    hub = hub_of(FakeSource(recent(event(5))), listeners_max=1)
    first = await hub.join(STORY, None, whose=HERE)
    with pytest.raises(Full):
        await hub.join(STORY, None, whose=HERE)
    assert first is not None
    hub.leave(first)
    assert await hub.join(STORY, None, whose=HERE) is not None
    hub.close()
    with pytest.raises(Full):
        await hub.join(STORY, None, whose=HERE)


async def test_no_address_takes_every_place() -> None:
    """Each may have so many, whatever others have; who leaves and who was refused hold none."""
    hub = hub_of(FakeSource(recent(event(5))), each_max=2)
    first, _ = [await hub.join(STORY, None, whose=HERE) for _ in range(2)]
    for _ in range(2):
        with pytest.raises(Crowded):
            await hub.join(STORY, None, whose=HERE)
    assert await hub.join(STORY, None, whose="192.0.2.2") is not None
    assert hub.listeners == 3
    assert first is not None
    hub.leave(first)
    assert await hub.join(STORY, None, whose=HERE) is not None
    hub.close()


async def test_a_failed_read_leaves_no_listener_behind() -> None:
    """When the store is down, joining fails and counts nobody."""
    source = FakeSource(recent(event(5)))

    async def down(_story_id: int) -> None:
        raise OSError("down")

    source.recent = down  # type: ignore[method-assign]
    hub = hub_of(source)
    with pytest.raises(OSError, match="down"):
        await hub.join(STORY, None, whose=HERE)
    assert hub.listeners == 0
    hub.close()


async def test_a_quiet_listener_hears_a_heartbeat() -> None:
    """A beat wakes a sleeper with a comment line, and a change takes its place."""
    source = FakeSource(recent(event(5)))
    hub = hub_of(source)
    listener = await hub.join(STORY, None, whose=HERE)
    assert listener is not None
    listener.take()
    listener.beat()
    assert listener.take() is HEARTBEAT
    assert listener.take() is None
    hub.close()


async def test_the_ring_forgets_its_oldest_and_knows_it() -> None:
    """Past the ring's length an old position means reload, a recent one does not."""
    source = FakeSource(recent(event(1)))
    hub = hub_of(source)
    listener = await hub.join(STORY, None, whose=HERE)
    assert listener is not None
    channel = listener.channel
    channel.remember([event(n, EventKind.REACTIONS, 1) for n in range(2, LIVE_RING + 3)])
    channel.tell(standing(LIVE_RING + 2))
    assert b'"reload":true' in channel.message(1)["body"]
    assert b'"reload"' not in channel.message(channel.floor)["body"]
    hub.close()


async def test_who_takes_nothing_is_cut_off_alone() -> None:
    """A page whose last message is still not taken is ended; the others hear as if it were not there."""
    source = FakeSource(recent(event(5)))
    hub = hub_of(source)
    stuck, well = await hub.join(STORY, None, whose=HERE), await hub.join(STORY, None, whose=HERE)
    assert stuck is not None
    assert well is not None
    stuck.task = asyncio.ensure_future(asyncio.Event().wait())  # type: ignore[assignment]
    stuck.busy_since = 1_000.0
    well.take()
    care([stuck, well], 1_000.0 + LIVE_STALL_MS / 1000)
    await asyncio.sleep(0)
    assert not stuck.task.cancelled()  # type: ignore[union-attr]
    care([stuck, well], 1_000.1 + LIVE_STALL_MS / 1000)
    with pytest.raises(asyncio.CancelledError):
        await stuck.task  # type: ignore[misc]
    assert well.take() is HEARTBEAT
    assert well.is_open
    hub.close()


async def test_a_long_stream_ends() -> None:
    """So that what a browser was allowed to hear is asked anew now and then."""
    hub = hub_of(FakeSource(recent(event(5))))
    listener = await hub.join(STORY, None, whose=HERE)
    assert listener is not None
    care([listener], listener.ends_at - 1)
    assert listener.is_open
    care([listener], listener.ends_at + 1)
    assert not listener.is_open
    hub.close()


async def test_a_tick_that_fails_is_told_with_the_next(caplog: pytest.LogCaptureFixture) -> None:
    """When the store is down for a moment the streams stay, and nothing is lost."""
    source = FakeSource(recent(event(5)))
    hub = hub_of(source)
    listener = await hub.join(STORY, None, whose=HERE)
    assert listener is not None
    listener.take()
    standing_of = source.standing

    async def down(_story_id: int) -> None:
        raise OSError("down")

    source.standing = down  # type: ignore[method-assign]
    await commit(hub, source, event(6))
    assert told(listener) is None
    source.standing = standing_of  # type: ignore[method-assign]
    await commit(hub, source, event(7))
    document = told(listener)
    assert document is not None
    assert [change[1] for change in document["changes"]] == [to_text(6), to_text(7)]  # type: ignore[attr-defined]
    hub.close()
