"""Feeds and the sitemap are XML whatever people write."""

from lxml import etree

from moothall.story.feeds import Channel, Entry, Item, news_sitemap, rss
from tests.corpora import vectors

CHANNEL = Channel("The Courier", "https://courier.example/", "https://courier.example/feed.xml", "News", "en")
NOON_MS = 1_795_000_000_000
NAMES = {"dc": "http://purl.org/dc/elements/1.1/", "n": "http://www.google.com/schemas/sitemap-news/0.9",
         "s": "http://www.sitemaps.org/schemas/sitemap/0.9", "atom": "http://www.w3.org/2005/Atom"}  # fmt: skip


def item(text: str) -> Item:
    return Item(
        text, "https://courier.example/city/a-bcdfgh", f"<p>{text}</p>", text, NOON_MS, "moothall:1", (text,)
    )


def test_a_feed_says_what_readers_programs_need() -> None:
    """Title, link, own address, and for each item a date of RFC 822 and a name that never changes."""
    root = etree.fromstring(rss(CHANNEL, [item("Bridge")]))
    assert root.get("version") == "2.0"
    assert root.xpath("string(channel/atom:link/@href)", namespaces=NAMES) == CHANNEL.href
    found = root.find("channel/item")
    assert found is not None
    assert found.findtext("pubDate") == "Wed, 18 Nov 2026 11:06:40 GMT"
    assert (found.findtext("guid"), found.find("guid").get("isPermaLink")) == ("moothall:1", "false")  # type: ignore[union-attr]
    assert found.findtext("category") == "Bridge"
    assert found.findtext("{http://purl.org/dc/elements/1.1/}creator") == "Bridge"


def test_hostile_text_is_text_in_a_feed() -> None:
    """Control characters are dropped, all else comes out as it went in."""
    texts = [
        "a\x00b\x0bc\ufffe",
        "]]> & <b>\"'",
        *vectors("naughty_strings_blns"),
        *vectors("xss_payloadbox_dev30"),
    ]
    root = etree.fromstring(rss(CHANNEL, map(item, texts)))
    titles = [one.findtext("title") or "" for one in root.iter("item")]
    assert titles[:2] == ["abc", "]]> & <b>\"'"]
    assert len(titles) == len(texts)
    assert {one.tag for one in root.iter("item") for one in one} == {
        "title", "link", "description", "category", "pubDate", "guid", "{http://purl.org/dc/elements/1.1/}creator"
    }  # fmt: skip


def test_the_sitemap_names_paper_language_and_day() -> None:
    """As the protocol for news asks."""
    root = etree.fromstring(
        news_sitemap([Entry("https://courier.example/a", "A & B", "de", NOON_MS)], "The Courier")
    )
    said = {name: root.xpath(f"string(//{name})", namespaces=NAMES)
            for name in ("s:loc", "n:name", "n:language", "n:publication_date", "n:title")}  # fmt: skip
    assert said == {
        "s:loc": "https://courier.example/a",
        "n:name": "The Courier",
        "n:language": "de",
        "n:publication_date": "2026-11-18T11:06:40Z",
        "n:title": "A & B",
    }
