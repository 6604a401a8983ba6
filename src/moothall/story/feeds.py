"""RSS 2.0 and the news sitemap, by a real serializer.  Sources: RSS 2.0.11; Sitemaps 0.9 with news."""

import re
from collections.abc import Iterable
from email.utils import format_datetime
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

import msgspec

from moothall.kernel.clock import to_datetime, to_rfc3339

_ATOM = "http://www.w3.org/2005/Atom"
_DC = "http://purl.org/dc/elements/1.1/"
_MAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
# What XML 1.0 cannot hold even when escaped.
_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

for _prefix, _name in (("atom", _ATOM), ("dc", _DC), ("news", _NEWS)):
    register_namespace(_prefix, _name)


class Channel(msgspec.Struct, frozen=True):
    """A feed; `href` is its own address."""

    title: str
    link: str
    href: str
    description: str
    lang: str


class Item(msgspec.Struct, frozen=True):
    """An entry; `html` is cleaned HTML or plain text."""

    title: str
    link: str
    html: str
    author: str
    at_ms: int
    guid: str
    categories: tuple[str, ...] = ()


class Entry(msgspec.Struct, frozen=True):
    """A story of the sitemap."""

    link: str
    headline: str
    lang: str
    at_ms: int


def rss(channel: Channel, items: Iterable[Item]) -> bytes:
    """The feed's document."""
    root = Element("rss", version="2.0")
    body = SubElement(root, "channel")
    for name, value in (("title", channel.title), ("link", channel.link), ("description", channel.description)):
        _text(body, name, value)
    _text(body, "language", channel.lang)
    SubElement(body, f"{{{_ATOM}}}link", href=channel.href, rel="self", type="application/rss+xml")
    for item in items:
        _item(SubElement(body, "item"), item)
    return _document(root)


def news_sitemap(entries: Iterable[Entry], publication: str) -> bytes:
    """The news sitemap's document."""
    root = Element(f"{{{_MAP}}}urlset")
    for entry in entries:
        url = SubElement(root, f"{{{_MAP}}}url")
        _text(url, f"{{{_MAP}}}loc", entry.link)
        news = SubElement(url, f"{{{_NEWS}}}news")
        paper = SubElement(news, f"{{{_NEWS}}}publication")
        _text(paper, f"{{{_NEWS}}}name", publication)
        _text(paper, f"{{{_NEWS}}}language", entry.lang)
        _text(news, f"{{{_NEWS}}}publication_date", to_rfc3339(entry.at_ms))
        _text(news, f"{{{_NEWS}}}title", entry.headline)
    return _document(root, default=_MAP)


def _item(node: Element, item: Item) -> None:
    _text(node, "title", item.title)
    _text(node, "link", item.link)
    _text(node, "description", item.html)
    _text(node, f"{{{_DC}}}creator", item.author)
    for category in item.categories:
        _text(node, "category", category)
    _text(node, "pubDate", format_datetime(to_datetime(item.at_ms), usegmt=True))
    SubElement(node, "guid", isPermaLink="false").text = item.guid


def _text(parent: Element, name: str, value: str) -> None:
    if value:
        SubElement(parent, name).text = _UNFIT.sub("", value)


def _document(root: Element, default: str | None = None) -> bytes:
    document: bytes = tostring(root, encoding="utf-8", xml_declaration=True, default_namespace=default)
    return document
