"""Front page, section pages, topic pages."""

from collections.abc import Sequence
from typing import Any

from litestar import Request, Response, get
from msgspec.structs import replace

from moothall.kernel import page as cursors
from moothall.kernel.errors import NotFound
from moothall.kernel.page import Cursor
from moothall.story.model import Section, StoryCard
from moothall.web.frame import frame_of
from moothall.web.headers import NO_STORE
from moothall.web.pages.view import Frame
from moothall.web.pages.view_lists import front_page, older_page, older_than, section_page, topic_page
from moothall.web.render import render
from moothall.web.services import Services, services

_Request = Request[Any, Any, Any]
_FRONT = 60
_LIST = 60


@get("/", include_in_schema=False)
async def front(request: _Request, cursor: str | None = None) -> Response[str]:
    """The front page; with a cursor, what no longer has room on it."""
    parts, frame = services(request), await frame_of(request)
    if not cursor:
        return _html(await front_html(parts, frame))
    cards = await parts.stories.front(_LIST + 1, cursors.decode(cursor))
    return _html(render("section.html", older_page(_paged(frame, cursor), *_page(cards))))


@get("/{section:str}/", include_in_schema=False)
async def section(request: _Request, section: str, cursor: str | None = None) -> Response[str]:
    """The stories of a section."""
    return _html(await section_html(services(request), await frame_of(request), section, cursor=cursor))


@get("/topics/{keyword:str}", include_in_schema=False)
async def topic(request: _Request, keyword: str, cursor: str | None = None) -> Response[str]:
    """The stories of a keyword."""
    found, cards = await services(request).stories.on_topic(keyword, _LIST + 1, _after(cursor))
    frame = _paged(await frame_of(request), cursor)
    return _html(render("topic.html", topic_page(frame, found, *_page(cards))))


async def front_html(parts: Services, frame: Frame) -> str:
    """The newest stories in the site's language first lead; each section has its block."""
    cards = await parts.stories.front(_FRONT + 1)
    own = [card for card in cards if card.lang == parts.settings.locale]
    blocks = [(one, [card for card in cards if card.section.slug == one.slug]) for one in frame.site.sections]
    return render("front.html", front_page(frame, own, blocks, newest=cards))


async def section_html(parts: Services, frame: Frame, slug: str, *, cursor: str | None = None) -> str:
    """Raises: NotFound, BadCursor."""
    found: Section | None = next((one for one in frame.site.sections if one.slug == slug), None)
    if found is None:
        raise NotFound
    cards = await parts.stories.in_section(slug, _LIST + 1, _after(cursor))
    return render("section.html", section_page(_paged(frame, cursor), found, *_page(cards)))


def _page(cards: Sequence[StoryCard]) -> tuple[Sequence[StoryCard], str]:
    """What is shown of one story more than that, and where it goes on."""
    shown = cards[:_LIST]
    return shown, older_than(shown[-1]) if len(cards) > _LIST else ""


def _after(cursor: str | None) -> Cursor | None:
    """Raises: BadCursor."""
    return cursors.decode(cursor) if cursor else None


def _paged(frame: Frame, cursor: str | None) -> Frame:
    """In another language it is the same part of the list."""
    return replace(frame, kept_query=f"cursor={cursor}&") if cursor else frame


def _html(text: str) -> Response[str]:
    return Response(text, media_type="text/html", headers=NO_STORE)


routes = [front, section, topic]
