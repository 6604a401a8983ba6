"""What happens in a discussion reaches the pages that are open, and nothing else does."""

import dataclasses
import json
from collections.abc import AsyncIterator
from functools import partial

import pytest
from msgspec.structs import replace

from moothall import app
from moothall.discussion.model import State
from moothall.kernel.asgi import App
from moothall.kernel.ids import from_text
from moothall.live.hub import Hub
from moothall.store.comment_state import set_state
from moothall.story.model import Discussion, Moderation
from moothall.web.services import Services
from tests.newsroom.live import Stream, fronted
from tests.newsroom.site import URL, Site
from tests.newsroom.talk import JSON, PRE, Talk, publish, talk_on

pytestmark = pytest.mark.anyio


@pytest.fixture
async def front(site: Site) -> AsyncIterator[App]:
    async with fronted(site) as opened:
        yield opened


def events_of(talk: Talk) -> str:
    return f"/api/v1/stories/{talk.key}/events"


def changes_of(talk: Talk) -> str:
    return f"/api/v1/stories/{talk.key}/changes"


async def moderate(site: Site, talk: Talk, comment: str, kind: str) -> None:
    """What a moderator's decision does, through the store."""
    number = from_text(comment)
    assert number is not None
    await site.parts.db.write(lambda tx: set_state(tx, number, State(kind), at_ms=site.clock()))  # type: ignore[arg-type]


async def test_a_comment_reaches_an_open_page(site: Site, front: App) -> None:
    """It is greeted with where things stand, and then told of the new comment and the count."""
    talk = await talk_on(site)
    _, ada = await talk.reader("Ada Pell")
    stream = await Stream.open(front, events_of(talk))
    assert stream.headers[b"content-type"] == b"text/event-stream; charset=utf-8"
    greeting = await stream.event()
    comment = (await talk.say(ada, "Eleven months is optimistic.")).json()["id"]
    event = await stream.event()
    assert event == {
        "from": greeting["seq"], "seq": event["seq"], "count": 1, "open": True, "changes": [["new", comment, ""]],
    }  # fmt: skip
    assert f"id: {event['seq']}\n" in stream.text
    await stream.leave()


async def test_edits_reactions_and_removals_are_told(site: Site, front: App) -> None:
    """Each in its own form, with the numbers that readers see."""
    talk = await talk_on(site)
    _, ada = await talk.reader("Ada Pell")
    _, ben = await talk.reader("Ben Oduya")
    comment = (await talk.say(ada, "Eleven months.")).json()["id"]
    stream = await Stream.open(front, events_of(talk))
    await stream.event()
    path = f"/api/v1/comments/{comment}"
    await ada.http.patch(path, json={"body": "Nineteen months."}, headers=JSON)
    assert (await stream.event())["changes"] == [["edited", comment]]
    await ben.http.put(f"{path}/reaction", json={"kind": "respect"}, headers=JSON)
    assert (await stream.event())["changes"] == [["reactions", comment, 1, 0]]
    await ada.http.delete(path, headers=JSON)
    last = await stream.event()
    assert (last["changes"], last["count"]) == ([["removed", comment]], 0)
    await stream.leave()


async def test_what_is_held_is_told_to_nobody(site: Site, front: App) -> None:
    """A held comment, its edit and its refusal leave no trace; approved, it is new."""
    talk = await talk_on(site, **PRE)
    _, ada = await talk.reader("Ada Pell")
    anyone = site.browser()
    stream = await Stream.open(front, events_of(talk))
    before = (await stream.event())["seq"]
    held, refused = [(await talk.say(ada, text)).json() for text in ("Held for now.", "Held for ever.")]
    assert held["state"] == "held"
    await ada.http.patch(f"/api/v1/comments/{held['id']}", json={"body": "Held, and mended."}, headers=JSON)
    await moderate(site, talk, refused["id"], "rejected")
    polled = (await anyone.get(f"{changes_of(talk)}?since={before}")).json()
    assert (polled["changes"], polled["count"], polled["seq"]) == ([], 0, before)
    await moderate(site, talk, held["id"], "live")
    event = await stream.event()
    assert (event["from"], event["changes"], event["count"]) == (before, [["new", held["id"], ""]], 1)
    assert refused["id"] not in stream.text
    await stream.leave()


async def test_a_page_that_slept_resumes_where_it_stopped(site: Site, front: App) -> None:
    """`Last-Event-ID`, or `since` on a first connection, brings exactly what was missed."""
    talk = await talk_on(site)
    _, ada = await talk.reader("Ada Pell")
    first = (await talk.say(ada, "One.")).json()["id"]
    stream = await Stream.open(front, events_of(talk))
    seq = (await stream.event())["seq"]
    await stream.leave()
    later = [(await talk.say(ada, text)).json()["id"] for text in ("Two.", "Three.")]
    for values in ({"last_event": seq}, {"query": f"since={seq}"}):
        back = await Stream.open(front, events_of(talk), **values)  # type: ignore[arg-type]
        event = await back.event()
        assert event["from"] == seq
        assert [change[1] for change in event["changes"]] == later
        assert first not in back.text
        await back.leave()


async def test_polling_gives_the_same_document(site: Site, front: App) -> None:
    """Tiny, the same for everybody, with a tag; a position that never was means reload."""
    talk = await talk_on(site)
    _, ada = await talk.reader("Ada Pell")
    anyone = site.browser()
    start = (await anyone.get(f"{changes_of(talk)}?since=0")).json()["seq"]
    comment = (await talk.say(ada, "Eleven months.")).json()["id"]
    answer = await ada.get(f"{changes_of(talk)}?since={start}")
    assert answer.json()["changes"] == [["new", comment, ""]]
    assert answer.headers["cache-control"].startswith("public, max-age=0, s-maxage=1")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "vary" not in answer.headers or "cookie" not in answer.headers["vary"].lower()
    again = await anyone.get(f"{changes_of(talk)}?since={start}", if_none_match=answer.headers["etag"])
    assert again.status_code == 304
    for never_was in ("since=999999", f"since={'9' * 18}"):
        assert (await anyone.get(f"{changes_of(talk)}?{never_was}")).json()["reload"] is True
    for no_number in ("since=-1", "since=x", ""):
        assert (await anyone.get(f"{changes_of(talk)}?{no_number}")).json()["from"] == 0


async def test_a_closed_discussion_says_so(site: Site, front: App) -> None:
    """Closing is an event without changes; `open` turns false."""
    talk = await talk_on(site)
    stream = await Stream.open(front, events_of(talk))
    assert (await stream.event())["open"] is True
    await site.parts.stories.set_discussion(
        talk.story.id,
        discussion=Discussion.CLOSED,
        moderation=Moderation.POST,
        closes_at_ms=None,
        at_ms=site.clock(),
    )
    event = await stream.event()
    assert (event["open"], event["changes"]) == (False, [])
    await stream.leave()


async def test_what_is_not_public_has_no_stream(site: Site, front: App) -> None:
    """No story, an embargoed one, one without a discussion: nothing is there, by stream or by poll."""
    hidden = await publish(site, "Not yet", embargo_until_ms=site.clock() + 60_000)
    silent = await publish(site, "No discussion", discussion=Discussion.OFF)
    anyone = site.browser()
    for talk in (Talk(site, hidden), Talk(site, silent), Talk(site, replace(hidden, id=77))):
        assert (await Stream.open(front, events_of(talk))).status == 404
        assert (await anyone.get(f"{changes_of(talk)}?since=0")).status_code == 404


async def test_a_story_that_goes_ends_its_streams(site: Site, front: App) -> None:
    """Taken offline, it is silent: the open pages are let go, and told when to come back."""
    talk = await talk_on(site)
    stream = await Stream.open(front, events_of(talk))
    await stream.event()
    await site.parts.stories.set_discussion(
        talk.story.id, discussion=Discussion.OFF, moderation=Moderation.POST, closes_at_ms=None, at_ms=site.clock()
    )
    assert "retry: " in await stream.end()


async def test_past_the_limit_a_page_is_told_to_poll(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """503 with Retry-After, which ends a browser's own attempts; a place that is left is free again."""
    monkeypatch.setattr(app, "Hub", partial(Hub, listeners_max=1))
    talk = await talk_on(site)
    async with fronted(site) as front:
        first = await Stream.open(front, events_of(talk))
        second = await Stream.open(front, events_of(talk))
        assert second.status == 503
        assert int(second.headers[b"retry-after"]) > 0
        await first.leave()
        third = await Stream.open(front, events_of(talk))
        assert third.status == 200
        await third.leave()


async def test_one_address_takes_only_so_many_streams(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """429 with Retry-After; the page polls, and pages elsewhere listen on.  A household shares an IPv6 network."""
    monkeypatch.setattr(app, "Hub", partial(Hub, each_max=1))
    talk = await talk_on(site)
    async with fronted(site) as front:
        for here, near, far in (
            ("192.0.2.1",) * 2 + ("192.0.2.2",),
            ("2001:db8::1", "2001:db8::2", "2001:db8:1::1"),
        ):
            first = await Stream.open(front, events_of(talk), address=here)
            second = await Stream.open(front, events_of(talk), address=near)
            assert (first.status, second.status) == (200, 429)
            assert int(second.headers[b"retry-after"]) > 0
            other = await Stream.open(front, events_of(talk), address=far)
            assert other.status == 200
            await first.leave()
            await other.leave()


async def test_stopping_lets_every_page_go(site: Site) -> None:
    """The server's stop ends the streams, each with its own time to come back."""
    talk = await talk_on(site)
    async with fronted(site) as front:
        streams = [await Stream.open(front, events_of(talk)) for _ in range(3)]
    texts = [await stream.end() for stream in streams]
    assert all("retry: " in text for text in texts)


async def test_health_is_answered_in_front(site: Site, front: App) -> None:
    """Alive and ready without the framework."""
    far = site.browser("192.0.2.7")
    assert (await far.get("/healthz")).text == "ok\n"
    ready = json.loads((await far.get("/readyz")).text)
    assert (ready["ready"], ready["writes"]) == (True, "ok")


@pytest.mark.parametrize("base_url", ["", URL])
async def test_metrics_are_for_this_machine_until_a_proxy_may_stand_in_front(site: Site, base_url: str) -> None:
    """A proxy here that does not say so makes every reader local; with an address of its own a site has one."""
    site.parts = parts_with(site, base_url=base_url)
    async with fronted(site):
        near, far = site.browser("127.0.0.1"), site.browser("192.0.2.7")
        answer = await near.get("/metrics")
        assert (answer.status_code == 404) if base_url else ("moothall_listeners 0.0" in answer.text)
        assert (await far.get("/metrics")).status_code == 404
        for name in ("x_forwarded_for", "x_forwarded_proto", "forwarded", "via", "x_real_ip"):
            assert (await near.get("/metrics", **{name: "192.0.2.7"})).status_code == 404, name


async def test_metrics_are_for_whoever_has_the_token(site: Site) -> None:
    """From anywhere, through any proxy; and then for nobody else, wherever they are."""
    site.parts = parts_with(site, metrics_token="t" * 32)
    async with fronted(site):
        for address in ("127.0.0.1", "192.0.2.7"):
            browser = site.browser(address)
            sent = await browser.get("/metrics", authorization=f"Bearer {'t' * 32}", x_forwarded_for="192.0.2.8")
            assert "moothall_listeners 0.0" in sent.text
            for wrong in ("", "Bearer ", "Bearer x", "t" * 31):
                assert (await browser.get("/metrics", authorization=wrong)).status_code == 404, wrong


def parts_with(site: Site, **values: str) -> Services:
    """The same parts under other settings."""
    return dataclasses.replace(site.parts, settings=replace(site.parts.settings, **values))
