"""The hot table: one builder a page, rebuilt when the story changes, never personal, never large."""

import asyncio
from collections.abc import Coroutine, MutableMapping
from typing import Any, cast

import pytest

from moothall.kernel.asgi import wire_head
from moothall.kernel.event import Event, EventKind
from moothall.web import hot
from moothall.web.hot import HotRoute, HotTable, plain_query
from moothall.web.hot_page import HotPage
from moothall.web.hot_routes import page_routes
from moothall.web.services import Services

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


class Page:
    """A page whose words can change, that counts its builds and can be held up."""

    def __init__(self) -> None:
        self.words = b"first"
        self.builds = 0
        self.fails = False
        self.gone = False
        self.gate: asyncio.Event | None = None
        self.stories = frozenset({7})
        self.any_story = False

    async def build(self, _key: str) -> HotPage | None:
        self.builds += 1
        words = self.words
        if self.gate is not None:
            await self.gate.wait()
        if self.fails:
            raise OSError("down")
        return None if self.gone else HotPage(words, "text/plain", (), self.stories, self.any_story)


class Visitor:
    """Asks the table, and keeps what it is told."""

    def __init__(self, table: HotTable) -> None:
        self.table = table
        self.shorts = 0
        """Answers that were ready; each was the same by the short way."""

    async def get(
        self, path: str = "/a", query: bytes = b"", method: str = "GET", **headers: str
    ) -> tuple[int, bytes]:
        """Status and body; 0 when the framework was to answer, -1 when the table had nothing to do with it."""
        sent: list[MutableMapping[str, Any]] = []
        passed: list[bool] = []

        async def send(message: MutableMapping[str, Any]) -> None:
            sent.append(message)

        async def receive() -> MutableMapping[str, Any]:
            return {"type": "http.request"}

        async def framework(*_: object) -> None:
            passed.append(True)

        pairs = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
        scope = {"type": "http", "method": method, "path": path, "query_string": query, "headers": pairs}
        url = path.encode("latin-1") + (b"?" + query if query else b"")
        short = self.table.at_once(method.encode(), url, pairs)
        found: Coroutine[None, None, None] | None = self.table.answer(scope, receive, send, framework)
        if found is None:
            assert short is None
            return -1, b""
        await found
        if passed:
            assert short is None
            return 0, b""
        self.headers = dict(sent[0]["headers"])
        status, content = sent[0]["status"], sent[1]["body"]
        assert short in (None, (wire_head(status, tuple(sent[0]["headers"])), content))
        self.shorts += short is not None
        return status, content


class Clock:
    """The monotonic clock of the table."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(hot, "time", made)
    return made


@pytest.fixture
def page() -> Page:
    return Page()


def match(path: str, query: bytes) -> str | None:
    allowed = plain_query(query, {"sort": frozenset({"newest", "oldest"})})
    if not path.startswith("/a") or allowed is None:
        return None
    return f"{path}?{allowed}" if allowed else path


def visitor_of(page: Page, **values: Any) -> Visitor:
    for_all = values.pop("for_all", False)
    return Visitor(HotTable([HotRoute(match, page.build, for_all)], lambda _path, headers: headers, **values))


def changed(story_id: int = 7) -> list[Event]:
    return [Event(1, story_id, EventKind.NEW)]


async def test_a_page_is_built_once(page: Page, clock: Clock) -> None:
    """The first reader builds it, the others are given the bytes."""
    visitor = visitor_of(page)
    assert [await visitor.get() for _ in range(3)] == [(200, b"first")] * 3
    assert page.builds == 1
    assert visitor.shorts == 2


async def test_an_encoded_address_takes_the_long_way(page: Page, clock: Clock) -> None:
    """Keys are decoded, so that an address as sent could name another page's key."""
    visitor = visitor_of(page)
    assert [(await visitor.get("/a%20b"))[0] for _ in range(2)] == [200, 200]
    assert [(await visitor.get("/a\u00e9"))[0] for _ in range(2)] == [200, 200]
    assert visitor.shorts == 0


async def test_a_crowd_at_a_cold_page_builds_it_once(page: Page, clock: Clock) -> None:
    """Single flight: who comes while it is built waits for it."""
    page.gate = asyncio.Event()
    visitor = visitor_of(page)
    crowd = [asyncio.ensure_future(visitor.get()) for _ in range(20)]
    await asyncio.sleep(0)
    page.gate.set()
    assert set(await asyncio.gather(*crowd)) == {(200, b"first")}
    assert page.builds == 1


async def test_a_change_shows_after_the_interval_at_the_latest(page: Page, clock: Clock) -> None:
    """Within it the old bytes may stand; after it no reader is given them."""
    visitor = visitor_of(page)
    await visitor.get()
    clock.now += 10
    page.words = b"second"
    visitor.table.take(changed())
    clock.now += 0.101
    assert await visitor.get() == (200, b"second")


async def test_under_steady_change_pages_are_built_ten_times_a_second(page: Page, clock: Clock) -> None:
    """However often a story changes and is read, the builds are bounded by time."""
    visitor = visitor_of(page)
    for _ in range(1_000):
        visitor.table.take(changed())
        await visitor.get()
        clock.now += 0.001
    assert page.builds <= 12


async def test_without_an_interval_every_answer_is_the_newest(page: Page, clock: Clock) -> None:
    """For tests: what was written is read."""
    visitor = visitor_of(page, rebuild_ms=0)
    for words in (b"one", b"two", b"three"):
        page.words = words
        visitor.table.take(changed())
        assert await visitor.get() == (200, words)


async def test_a_change_during_a_build_is_not_lost(page: Page, clock: Clock) -> None:
    """The bytes that were read before the change count as old when they are done."""
    visitor = visitor_of(page, rebuild_ms=0)
    page.gate = asyncio.Event()
    reading = asyncio.ensure_future(visitor.get())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    page.words = b"second"
    visitor.table.take(changed())
    page.gate.set()
    await reading
    assert await visitor.get() == (200, b"second")


async def test_another_storys_change_rebuilds_nothing(page: Page, clock: Clock) -> None:
    """Unless the page shows every story."""
    visitor = visitor_of(page, rebuild_ms=0)
    await visitor.get()
    visitor.table.take(changed(8))
    await visitor.get()
    assert page.builds == 1
    page.any_story = True
    visitor.table.take(changed(7))
    await visitor.get()
    visitor.table.take(changed(8))
    await visitor.get()
    assert page.builds == 3


async def test_printed_times_are_a_minute_old_at_most(page: Page, clock: Clock) -> None:
    """A page without events is built again after its greatest age."""
    visitor = visitor_of(page)
    await visitor.get()
    page.words = b"later"
    clock.now += 59
    assert await visitor.get() == (200, b"first")
    clock.now += 2
    assert await visitor.get() == (200, b"later")


@pytest.mark.parametrize(
    "headers",
    [{"cookie": "__Host-moothall=x"}, {"cookie": "a=b; moothall-start_dev=y"}, {"authorization": "Bearer z"}],
)
async def test_who_is_known_is_answered_by_the_framework(page: Page, clock: Clock, headers: dict[str, str]) -> None:
    """A session, a sign-in begun or a token: never the bytes of strangers; another site's cookie does not count."""
    visitor = visitor_of(page)
    await visitor.get()
    assert await visitor.get(**headers) == (-1, b"")
    assert await visitor.get(cookie="theme=dark") == (200, b"first")
    assert await visitor_of(page, for_all=True).get(**headers) == (200, b"first")


async def test_a_known_tag_is_answered_in_short(page: Page, clock: Clock) -> None:
    """If-None-Match with the page's own tag gives 304 without a body; with another, the page."""
    visitor = visitor_of(page)
    await visitor.get()
    tag = visitor.headers[b"etag"].decode()
    assert await visitor.get(if_none_match=tag) == (304, b"")
    assert await visitor.get(if_none_match='"other"') == (200, b"first")
    assert visitor.shorts == 2


async def test_head_has_the_headers_alone(page: Page, clock: Clock) -> None:
    """HEAD tells the length and sends nothing."""
    visitor = visitor_of(page)
    assert [await visitor.get(method="HEAD") for _ in range(2)] == [(200, b"")] * 2
    assert visitor.shorts == 1
    assert visitor.headers[b"content-length"] == b"5"


async def test_what_is_not_there_is_left_to_the_framework(page: Page, clock: Clock) -> None:
    """A page that the builder refuses is not kept, and a page that went is dropped."""
    visitor = visitor_of(page, rebuild_ms=0)
    page.gone = True
    assert await visitor.get() == (0, b"")
    assert len(visitor.table) == 0
    page.gone = False
    assert await visitor.get() == (200, b"first")
    page.gone = True
    visitor.table.take(changed())
    assert await visitor.get() == (0, b"")
    assert await visitor.get("/b") == (-1, b"")


async def test_when_the_store_is_down_the_last_good_bytes_stand(page: Page, clock: Clock) -> None:
    """A failing build keeps what there is; without any the framework names the error."""
    visitor = visitor_of(page)
    page.fails = True
    assert await visitor.get() == (0, b"")
    page.fails = False
    await visitor.get()
    page.fails = True
    clock.now += 61
    assert await visitor.get() == (200, b"first")


async def test_the_table_is_bounded(page: Page, clock: Clock) -> None:
    """Those longest unread go first, with all that remembers them."""
    visitor = visitor_of(page, entries=2)
    for path in ("/a1", "/a2", "/a1", "/a3"):
        await visitor.get(path)
    assert len(visitor.table) == 2
    assert page.builds == 3
    await visitor.get("/a1")
    assert page.builds == 3
    await visitor.get("/a2")
    assert page.builds == 4


async def test_a_query_has_one_form(page: Page, clock: Clock) -> None:
    """Only allowed values of allowed names make a page of their own."""
    visitor = visitor_of(page)
    assert await visitor.get(query=b"sort=oldest") == (200, b"first")
    assert await visitor.get(query=b"sort=oldest") == (200, b"first")
    assert page.builds == 1
    for query in (b"sort=other", b"sort=oldest&sort=newest", b"cursor=x", b"sort", b"sort=oldest&x=1", b"s" * 200):
        assert await visitor.get(query=query) == (-1, b"")


def test_a_querys_one_form_is_sorted() -> None:
    """The order in which names came does not matter."""
    allowed = {"sort": frozenset({"oldest"}), "lang": frozenset({"de"})}
    assert (
        plain_query(b"sort=oldest&lang=de", allowed)
        == plain_query(b"lang=de&sort=oldest", allowed)
        == "lang=de&sort=oldest"
    )


@pytest.mark.parametrize(
    "path", ["/city/x?a=b-dhzmtk", "/city?/", "/?lang=de", "/city/old-bridge-dhzmtk?x=1-dhzmtk"]
)
def test_a_question_mark_in_a_path_names_no_page(path: str) -> None:
    """It comes from %3F, and would make ever new keys for one page."""
    assert not any(route.match(path, b"") for route in page_routes(cast("Services", None)))
