"""RSS of the site, a section, a topic and one discussion; the news sitemap; robots.txt."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from litestar import Request, Response, get

from moothall.kernel.errors import NotFound
from moothall.kernel.ids import to_text
from moothall.kernel.limits import FEED_ITEMS, SITEMAP_ITEMS, SITEMAP_WINDOW_MS
from moothall.kernel.text import cut
from moothall.people.model import NOBODY
from moothall.story.address import own_path, page_url
from moothall.story.feeds import Channel, Entry, Item, news_sitemap, rss
from moothall.story.model import ELSEWHERE, StoryCard
from moothall.web.conditional import conditional
from moothall.web.pages.contributions import plain
from moothall.web.pages.story import code_of
from moothall.web.services import services

_Request = Request[Any, Any, Any]
_XML = "application/xml; charset=utf-8"
_RSS = "application/rss+xml; charset=utf-8"
# Readers' programs ask often; a minute is fresh enough for them.
_CACHE = {"Cache-Control": "public, max-age=60"}
_TITLE = 80


@get("/feed.xml", include_in_schema=False)
async def site_feed(request: _Request) -> Response[bytes]:
    """RSS of all stories."""
    parts = services(request)
    return _stories(request, parts.settings.site_name, "/", await parts.stories.front(FEED_ITEMS))


@get("/{section:str}/feed.xml", include_in_schema=False)
async def section_feed(request: _Request, section: str) -> Response[bytes]:
    """RSS of a section."""
    parts = services(request)
    found = next((one for one in await parts.stories.sections() if one.slug == section), None)
    if found is None or found.slug == ELSEWHERE:
        raise NotFound
    cards = await parts.stories.in_section(section, FEED_ITEMS)
    return _stories(request, f"{found.name} – {parts.settings.site_name}", f"/{section}/", cards)


@get("/topics/{keyword:str}/feed.xml", include_in_schema=False)
async def topic_feed(request: _Request, keyword: str) -> Response[bytes]:
    """RSS of a topic."""
    parts = services(request)
    found, cards = await parts.stories.on_topic(keyword, FEED_ITEMS)
    return _stories(request, f"{found.name} – {parts.settings.site_name}", f"/topics/{keyword}/", cards)


@get("/{section:str}/{name:str}/feed.xml", include_in_schema=False)
async def discussion_feed(request: _Request, section: str, name: str) -> Response[bytes]:  # noqa: ARG001
    """Live comments only, newest first."""
    parts = services(request)
    story = await parts.stories.discussed_by_code(code_of(name), NOBODY)
    site = parts.settings.public_url
    here = page_url(story, site)
    items = [
        Item(
            title=f"{one.author.display_name}: {cut(' '.join(plain(one.body_html).split()), _TITLE)}",
            link=f"{site}/c/{to_text(one.id)}",
            html=one.body_html,
            author=one.author.display_name,
            at_ms=one.created_at_ms,
            guid=f"moothall:comment:{to_text(one.id)}",
        )
        for one in await parts.comments.latest_live(story.id, FEED_ITEMS)
    ]
    channel = Channel(
        title=f"{story.headline} – {parts.settings.site_name}",
        link=f"{here}#discussion",
        href=f"{site}{quote(own_path(story.section.slug, story.slug, story.code))}/feed.xml",
        description=story.standfirst or story.headline,
        lang=story.lang,
    )
    return conditional(request, rss(channel, items), media_type=_RSS, headers=_CACHE)


@get("/sitemap-news.xml", include_in_schema=False)
async def sitemap(request: _Request) -> Response[bytes]:
    """The stories of the last two days, for news search."""
    parts = services(request)
    site = parts.settings.public_url
    since_ms = parts.clock() - SITEMAP_WINDOW_MS
    cards = [one for one in await parts.stories.front(SITEMAP_ITEMS) if one.published_at_ms >= since_ms]
    entries = [
        Entry(page_url(one, site), one.headline, one.lang, one.published_at_ms) for one in cards if not one.external
    ]
    document = news_sitemap(entries, parts.settings.site_name)
    return conditional(request, document, media_type=_XML, headers=_CACHE)


@get("/robots.txt", include_in_schema=False)
async def robots(request: _Request) -> Response[str]:
    """What crawlers may read."""
    site = services(request).settings.public_url
    closed = "".join(f"Disallow: {path}\n" for path in ("/console/", "/desk/", "/signin", "/fragments/"))
    text = f"User-agent: *\n{closed}\nSitemap: {site}/sitemap-news.xml\n"
    return Response(text, media_type="text/plain", headers=_CACHE)


def _stories(request: _Request, title: str, path: str, cards: Iterable[StoryCard]) -> Response[bytes]:
    settings = services(request).settings
    here = f"{settings.public_url}{quote(path)}"
    channel = Channel(
        title=title,
        link=here,
        href=f"{here}feed.xml",
        description=settings.site_tagline or title,
        lang=settings.locale,
    )
    document = rss(channel, (_item(one, settings.public_url) for one in cards))
    return conditional(request, document, media_type=_RSS, headers=_CACHE)


def _item(card: StoryCard, site: str) -> Item:
    return Item(
        title=card.headline,
        link=page_url(card, site),
        html=card.standfirst,
        author=card.byline,
        at_ms=card.published_at_ms,
        guid=f"moothall:story:{card.code}",
        categories=(card.section.name,),
    )


routes = [site_feed, section_feed, topic_feed, discussion_feed, sitemap, robots]
