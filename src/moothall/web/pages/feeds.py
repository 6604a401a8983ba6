"""RSS of the site, a section, a topic and one discussion; the news sitemap; robots.txt."""

from collections.abc import Iterable
from typing import Any

from litestar import Request, Response, get

from moothall.kernel.errors import NotFound
from moothall.kernel.ids import to_text
from moothall.kernel.limits import FEED_ITEMS, SITEMAP_ITEMS, SITEMAP_WINDOW_MS
from moothall.kernel.text import cut
from moothall.people.model import NOBODY
from moothall.story.feeds import Channel, Entry, Item, news_sitemap, rss
from moothall.story.model import Discussion, StoryCard
from moothall.web.pages.contributions import plain
from moothall.web.pages.story import code_of
from moothall.web.pages.view import story_href
from moothall.web.services import Services, services

_Request = Request[Any, Any, Any]
_RSS = "application/rss+xml; charset=utf-8"
# Readers' programs ask often; a minute is fresh enough for them.
_CACHE = {"Cache-Control": "public, max-age=60"}
_TITLE = 80


@get("/feed.xml", include_in_schema=False)
async def site_feed(request: _Request) -> Response[bytes]:
    """RSS of all stories."""
    parts = services(request)
    return _stories(parts, parts.settings.site_name, "/", await parts.stories.front(FEED_ITEMS))


@get("/{section:str}/feed.xml", include_in_schema=False)
async def section_feed(request: _Request, section: str) -> Response[bytes]:
    """RSS of a section."""
    parts = services(request)
    found = next((one for one in await parts.stories.sections() if one.slug == section), None)
    if found is None:
        raise NotFound
    cards = await parts.stories.in_section(section, FEED_ITEMS)
    return _stories(parts, f"{found.name} – {parts.settings.site_name}", f"/{section}/", cards)


@get("/topics/{keyword:str}/feed.xml", include_in_schema=False)
async def topic_feed(request: _Request, keyword: str) -> Response[bytes]:
    """RSS of a topic."""
    parts = services(request)
    found, cards = await parts.stories.on_topic(keyword, FEED_ITEMS)
    return _stories(parts, f"{found.name} – {parts.settings.site_name}", f"/topics/{keyword}/", cards)


@get("/{section:str}/{name:str}/feed.xml", include_in_schema=False)
async def discussion_feed(request: _Request, section: str, name: str) -> Response[bytes]:  # noqa: ARG001
    """Live comments only, newest first."""
    parts = services(request)
    story = await parts.stories.public_by_code(code_of(name), NOBODY)
    if story.discussion is Discussion.OFF:
        raise NotFound
    site = parts.settings.public_url
    here = story.url if story.external else f"{site}{story_href(story)}"
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
        href=f"{site}{story_href(story)}/feed.xml",
        description=story.standfirst or story.headline,
        lang=story.lang,
    )
    return Response(rss(channel, items), media_type=_RSS, headers=_CACHE)


@get("/sitemap-news.xml", include_in_schema=False)
async def sitemap(request: _Request) -> Response[bytes]:
    """The stories of the last two days, for news search."""
    parts = services(request)
    since_ms = parts.clock() - SITEMAP_WINDOW_MS
    cards = [one for one in await parts.stories.front(SITEMAP_ITEMS) if one.published_at_ms >= since_ms]
    entries = [
        Entry(_link(parts, one), one.headline, one.lang, one.published_at_ms) for one in cards if not one.external
    ]
    document = news_sitemap(entries, parts.settings.site_name)
    return Response(document, media_type="application/xml; charset=utf-8", headers=_CACHE)


@get("/robots.txt", include_in_schema=False)
async def robots(request: _Request) -> Response[str]:
    """What crawlers may read."""
    site = services(request).settings.public_url
    closed = "".join(f"Disallow: {path}\n" for path in ("/console/", "/desk/", "/signin", "/fragments/"))
    text = f"User-agent: *\n{closed}\nSitemap: {site}/sitemap-news.xml\n"
    return Response(text, media_type="text/plain", headers=_CACHE)


def _stories(parts: Services, title: str, path: str, cards: Iterable[StoryCard]) -> Response[bytes]:
    site = parts.settings.public_url
    channel = Channel(
        title=title,
        link=f"{site}{path}",
        href=f"{site}{path}feed.xml",
        description=parts.settings.site_tagline or title,
        lang=parts.settings.locale,
    )
    return Response(rss(channel, (_item(parts, one) for one in cards)), media_type=_RSS, headers=_CACHE)


def _item(parts: Services, card: StoryCard) -> Item:
    return Item(
        title=card.headline,
        link=_link(parts, card),
        html=card.standfirst,
        author=card.byline,
        at_ms=card.published_at_ms,
        guid=f"moothall:story:{card.code}",
        categories=(card.section.name,),
    )


def _link(parts: Services, card: StoryCard) -> str:
    return card.url if card.external else f"{parts.settings.public_url}{story_href(card)}"


routes = [site_feed, section_feed, topic_feed, discussion_feed, sitemap, robots]
