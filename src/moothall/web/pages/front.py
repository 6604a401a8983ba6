"""Front page, section pages, topic pages."""

from typing import Any

from litestar import Request, Response, get

from moothall.kernel.errors import NotFound
from moothall.story.model import Section
from moothall.web.frame import frame_of
from moothall.web.headers import NO_STORE
from moothall.web.pages.view import Frame
from moothall.web.pages.view_lists import front_page, section_page, topic_page
from moothall.web.render import render
from moothall.web.services import Services, services

_Request = Request[Any, Any, Any]
_FRONT = 60
_LIST = 60


@get("/", include_in_schema=False)
async def front(request: _Request) -> Response[str]:
    """The front page."""
    return _html(await front_html(services(request), await frame_of(request)))


@get("/{section:str}/", include_in_schema=False)
async def section(request: _Request, section: str) -> Response[str]:
    """The stories of a section."""
    return _html(await section_html(services(request), await frame_of(request), section))


@get("/topics/{keyword:str}", include_in_schema=False)
async def topic(request: _Request, keyword: str) -> Response[str]:
    """The stories of a keyword."""
    found, cards = await services(request).stories.on_topic(keyword, _LIST)
    return _html(render("topic.html", topic_page(await frame_of(request), found, cards)))


async def front_html(parts: Services, frame: Frame) -> str:
    """The newest stories in the site's language first lead; each section has its block."""
    cards = await parts.stories.front(_FRONT)
    own = [card for card in cards if card.lang == parts.settings.locale]
    blocks = [(one, [card for card in cards if card.section.slug == one.slug]) for one in frame.site.sections]
    return render("front.html", front_page(frame, own, blocks))


async def section_html(parts: Services, frame: Frame, slug: str) -> str:
    """Raises: NotFound."""
    found: Section | None = next((one for one in frame.site.sections if one.slug == slug), None)
    if found is None:
        raise NotFound
    return render("section.html", section_page(frame, found, await parts.stories.in_section(slug, _LIST)))


def _html(text: str) -> Response[str]:
    return Response(text, media_type="text/html", headers=NO_STORE)


routes = [front, section, topic]
