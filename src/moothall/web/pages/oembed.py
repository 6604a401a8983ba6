"""oEmbed: a story or a comment as a card that other sites can show.  Source: oembed.com 1.0."""

from html import escape
from typing import Any
from urllib.parse import unquote, urlsplit

import msgspec
from litestar import Request, Response, get

from moothall.discussion.model import State
from moothall.kernel.errors import FormatUnknown, NotFound
from moothall.kernel.text import cut
from moothall.people.model import NOBODY
from moothall.story.address import page_url
from moothall.web.api.paths import comment_id
from moothall.web.pages.contributions import plain
from moothall.web.pages.story import code_of
from moothall.web.pages.view import photo_view
from moothall.web.services import Services, services

_Request = Request[Any, Any, Any]
_CACHE = {"Cache-Control": "public, max-age=300"}
_EXCERPT = 280


class Card(msgspec.Struct, omit_defaults=True):
    """`html` is a quotation with a link: no script, so that it survives any host's cleaning."""

    version: str
    type: str
    title: str
    provider_name: str
    provider_url: str
    html: str
    width: int
    height: None = None
    author_name: str = ""
    thumbnail_url: str = ""
    thumbnail_width: int = 0
    thumbnail_height: int = 0
    cache_age: int = 300


@get("/oembed", include_in_schema=False)
async def oembed(request: _Request, url: str = "", format: str = "json", maxwidth: int = 640) -> Response[bytes]:
    """A story or a comment as a card for other sites."""
    if format != "json":
        raise FormatUnknown
    parts = services(request)
    site = parts.settings.public_url
    if not url.startswith(f"{site}/"):
        raise NotFound
    path = unquote(urlsplit(url).path).strip("/").split("/")
    width = max(200, min(maxwidth, 640))
    match path:
        case ["c", key]:
            card = await _comment_card(parts, key, width)
        case ["s", code]:
            card = await _story_card(parts, f"-{code}", width)
        case [_, name]:
            card = await _story_card(parts, name, width)
        case _:
            raise NotFound
    return Response(msgspec.json.encode(card), media_type="application/json", headers=_CACHE)


async def _story_card(parts: Services, name: str, width: int) -> Card:
    story = await parts.stories.public_by_code(code_of(name), NOBODY)
    site = parts.settings.public_url
    href = page_url(story, site)
    photo = photo_view(story.photo) if story.photo else None
    return Card(
        version="1.0",
        type="rich",
        title=story.headline,
        provider_name=parts.settings.site_name,
        provider_url=f"{site}/",
        html=_quote(story.standfirst or story.headline, href, story.headline),
        width=width,
        author_name=story.byline,
        thumbnail_url=f"{site}{photo.src}" if photo else "",
        thumbnail_width=photo.width if photo else 0,
        thumbnail_height=photo.height if photo else 0,
    )


async def _comment_card(parts: Services, key: str, width: int) -> Card:
    comment = await parts.comments.get(comment_id(key))
    story = await parts.stories.discussed(comment.story_id, NOBODY)
    if comment.state is not State.LIVE:
        raise NotFound
    site = parts.settings.public_url
    text = cut(" ".join(plain(comment.body_html).split()), _EXCERPT)
    return Card(
        version="1.0",
        type="rich",
        title=story.headline,
        provider_name=parts.settings.site_name,
        provider_url=f"{site}/",
        html=_quote(text, f"{site}/c/{key}", f"{comment.author.display_name}, {story.headline}"),
        width=width,
        author_name=comment.author.display_name,
    )


def _quote(text: str, href: str, source: str) -> str:
    return f'<blockquote><p>{escape(text)}</p><p><a href="{escape(href)}">{escape(source)}</a></p></blockquote>'


routes = [oembed]
