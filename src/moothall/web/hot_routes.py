"""Every page that is kept ready for readers who are not signed in: match an address, build its bytes.

A builder makes what the handler of the same address answers to nobody in particular; what it does not
make (a wrong address, an embargo) is the handler's to answer.
"""

from collections.abc import Awaitable, Callable
from urllib.parse import parse_qs

import msgspec
from msgspec.structs import replace

from moothall.discussion.access import may_see
from moothall.discussion.model import Sort
from moothall.kernel.errors import NotFound
from moothall.kernel.ids import from_text, is_short_code
from moothall.kernel.limits import COUNTS_URLS, PAGE_COMMENTS
from moothall.live.source import StoreSource
from moothall.people.model import NOBODY
from moothall.story.model import Story, StoryId
from moothall.web.api.paths import comment_id, story_id
from moothall.web.api.shapes import page_json
from moothall.web.frame import public_frame
from moothall.web.hot import HotKey, HotRoute, plain_query
from moothall.web.hot_page import HotPage
from moothall.web.i18n import LANGUAGES, choose
from moothall.web.live_route import changes_route
from moothall.web.pages.fragments import first_page
from moothall.web.pages.front import front_html, section_html
from moothall.web.pages.story import story_html
from moothall.web.pages.view import Frame, story_href
from moothall.web.pages.view_discussion import comments_fragment, discussion, embedded, page_fragment
from moothall.web.render import render
from moothall.web.services import Services

_HTML = "text/html; charset=utf-8"
_LANG = {"lang": frozenset(LANGUAGES)}
_SORT = {"sort": frozenset(sort.value for sort in Sort)}
# Longer queries are no program's habit; the framework answers them.
_LONGEST = 4_000
_STORIES, _COMMENTS = "/stories/", "/comments"
_Build = Callable[[str, dict[str, str]], Awaitable[HotPage | None]]


def page_routes(parts: Services) -> list[HotRoute]:
    """In the order of their use."""
    pages = _Pages(parts)
    return [
        HotRoute(_match_story, _built(pages.story)),
        HotRoute(_match_front, _built(pages.front)),
        HotRoute(_match_section, _built(pages.section)),
        HotRoute(_match_list("/fragments", _SORT | _LANG), _built(pages.fragment), own_pages=True),
        HotRoute(_match_node, _built(pages.node), own_pages=True),
        HotRoute(_match_embed, _built(pages.embed)),
        HotRoute(_match_list("/api/v1", _SORT), _built(pages.api)),
    ]


def poll_routes(parts: Services) -> list[HotRoute]:
    """What programs ask over and over, each with positions or addresses of its own: kept apart from the pages."""
    return [
        changes_route(StoreSource(parts.db, parts.clock)),
        HotRoute(_match_counts, _counted(parts), for_all=True),
    ]


class _Pages:
    """The builders.  `query` holds the allowed values alone."""

    def __init__(self, parts: Services) -> None:
        self._parts = parts

    async def story(self, path: str, query: dict[str, str]) -> HotPage | None:
        story = await self._parts.stories.public_by_code(path[-6:], NOBODY)
        if story.external or path != story_href(story):
            return None
        frame = await self._frame(path, query, story)
        html = await story_html(self._parts, frame, story, sort=query.get("sort"), cursor=None, written=None)
        return _page(html, story)

    async def front(self, path: str, query: dict[str, str]) -> HotPage | None:
        html = await front_html(self._parts, await self._frame(path, query))
        return HotPage(html.encode(), _HTML, any_story=True)

    async def section(self, path: str, query: dict[str, str]) -> HotPage | None:
        html = await section_html(self._parts, await self._frame(path, query), path.strip("/"))
        return HotPage(html.encode(), _HTML, any_story=True)

    async def fragment(self, path: str, query: dict[str, str]) -> HotPage | None:
        story = await self._parts.stories.discussed(_story_in(path), NOBODY)
        frame, sort = await self._frame(path, query, story), query.get("sort")
        page = await first_page(self._parts, frame, story, sort=sort, cursor=None)
        order = Sort(sort or self._parts.settings.default_sort)
        return _page(render("fragment.html", page_fragment(frame, story, page, sort=order)), story)

    async def node(self, path: str, query: dict[str, str]) -> HotPage | None:
        found = await self._parts.comments.get(comment_id(path.rpartition("/")[2]))
        if not may_see(found, NOBODY):
            return None
        story = await self._parts.stories.discussed(found.story_id, NOBODY)
        frame = await self._frame(path, query, story)
        return _page(render("fragment.html", comments_fragment(frame, [found])), story)

    async def embed(self, path: str, query: dict[str, str]) -> HotPage | None:
        settings, stories = self._parts.settings, self._parts.stories
        found = await stories.at(query.get("url", ""), settings.public_url)
        story = await stories.public(found.id, NOBODY)
        frame = replace(await self._frame(path, query, story), base=settings.public_url)
        sort = query.get("sort")
        page = await first_page(self._parts, frame, story, sort=sort, cursor=None)
        talk = discussion(frame, story, page, sort=Sort(sort or settings.default_sort), seq=story.version)
        return _page(render("embed.html", embedded(frame, talk)), story) if talk else None

    async def api(self, path: str, query: dict[str, str]) -> HotPage | None:
        settings = self._parts.settings
        story = await self._parts.stories.discussed(_story_in(path), NOBODY)
        order = Sort(query.get("sort") or settings.default_sort)
        page = await self._parts.comments.page(story.id, sort=order, limit=PAGE_COMMENTS)
        content = msgspec.json.encode(page_json(page, NOBODY, settings.public_url))
        return HotPage(content, "application/json", stories=frozenset({story.id}))

    async def _frame(self, path: str, query: dict[str, str], story: Story | None = None) -> Frame:
        default = self._parts.settings.locale
        lang = choose(query.get("lang"), story.lang if story else None, accept="", default=default)
        sections = await self._parts.stories.sections()
        # The framework leaves the last slash off, and the page must not depend on who made it.
        return public_frame(self._parts, sections, path=path.rstrip("/") or "/", lang=lang, asked="lang" in query)


def _built(build: _Build) -> Callable[[HotKey], Awaitable[HotPage | None]]:
    async def from_key(key: HotKey) -> HotPage | None:
        path, _, query = key.partition("?")
        try:
            return await build(path, {name: values[0] for name, values in parse_qs(query).items()})
        except NotFound:
            return None

    return from_key


def _counted(parts: Services) -> Callable[[HotKey], Awaitable[HotPage | None]]:
    async def build(key: HotKey) -> HotPage | None:
        urls = list(dict.fromkeys(parse_qs(key.partition("?")[2]).get("url", [])))
        if not 0 < len(urls) <= COUNTS_URLS:
            return None
        counts = await parts.stories.counts(urls, parts.settings.public_url)
        return HotPage(msgspec.json.encode(counts), "application/json", any_story=True)

    return build


def _page(html: str, story: Story) -> HotPage:
    return HotPage(html.encode(), _HTML, stories=frozenset({int(story.id)}))


def _match_story(path: str, query: bytes) -> HotKey | None:
    """`/section/slug-code`."""
    if path.count("/") != 2 or path[-7:-6] != "-" or not is_short_code(path[-6:]):
        return None
    return _key(path, query, _SORT | _LANG)


def _match_front(path: str, query: bytes) -> HotKey | None:
    return _key(path, query, _LANG) if path == "/" else None


def _match_section(path: str, query: bytes) -> HotKey | None:
    """`/section/`."""
    is_one = path.count("/") == 2 and path.endswith("/") and len(path) > 2
    return _key(path, query, _LANG) if is_one else None


def _match_list(before: str, allowed: dict[str, frozenset[str]]) -> Callable[[str, bytes], HotKey | None]:
    """`BEFORE/stories/ID/comments`, its first page."""
    start = before + _STORIES

    def match(path: str, query: bytes) -> HotKey | None:
        if not (path.startswith(start) and path.endswith(_COMMENTS)):
            return None
        is_id = from_text(path[len(start) : -len(_COMMENTS)]) is not None
        return _key(path, query, allowed) if is_id else None

    return match


def _match_node(path: str, query: bytes) -> HotKey | None:
    """`/fragments/comments/ID`."""
    start = "/fragments/comments/"
    if not path.startswith(start) or from_text(path[len(start) :]) is None:
        return None
    return _key(path, query, _LANG)


def _match_embed(path: str, query: bytes) -> HotKey | None:
    """`/embed/discussion?url=…`."""
    if path != "/embed/discussion":
        return None
    plain = plain_query(query, _SORT | _LANG, free="url", longest=_LONGEST)
    return f"{path}?{plain}" if plain else None


def _match_counts(path: str, query: bytes) -> HotKey | None:
    """`/api/v1/counts?url=…&url=…`, in the order asked: a page asks always the same."""
    is_counts = path == "/api/v1/counts" and 0 < len(query) <= _LONGEST
    return f"{path}?{query.decode('latin-1')}" if is_counts else None


def _key(path: str, query: bytes, allowed: dict[str, frozenset[str]]) -> HotKey | None:
    plain = plain_query(query, allowed)
    # A question mark in the path itself (%3F) would make ever new keys of one page.
    if plain is None or "?" in path:
        return None
    return f"{path}?{plain}" if plain else path


def _story_in(path: str) -> StoryId:
    return story_id(path.rpartition(_COMMENTS)[0].rpartition("/")[2])
