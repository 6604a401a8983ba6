"""Readers' programs and search engines ask for what is new."""

from urllib.parse import urlsplit

import httpx
import pytest
from lxml import etree

from moothall.kernel.limits import DAY_MS
from moothall.people.model import Role
from moothall.story.model import Discussion
from tests.newsroom.site import URL, Site
from tests.newsroom.talk import JSON, Talk, publish, talk_on

pytestmark = pytest.mark.anyio
NEWS = {"n": "http://www.google.com/schemas/sitemap-news/0.9", "s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def titles(answer: httpx.Response) -> list[str]:
    return [str(one) for one in etree.fromstring(answer.content).xpath("//item/title/text()")]


async def test_every_list_has_a_feed(site: Site) -> None:
    """Site, section and topic; each says where it is and leads to pages that are there."""
    await publish(site, "Old bridge to close", keywords=("Bridges",))
    site.clock.move(1_000)
    await publish(site, "Brücke im Nebel", lang="de", keywords=("Bridges", "Fog"))
    reader = site.browser()
    for path, expected in (
        ("/feed.xml", ["Brücke im Nebel", "Old bridge to close"]),
        ("/city/feed.xml", ["Brücke im Nebel", "Old bridge to close"]),
        ("/topics/bridges/feed.xml", ["Brücke im Nebel", "Old bridge to close"]),
        ("/topics/fog/feed.xml", ["Brücke im Nebel"]),
    ):
        answer = await reader.get(path)
        assert answer.headers["content-type"] == "application/rss+xml; charset=utf-8"
        assert titles(answer) == expected
        root = etree.fromstring(answer.content)
        assert root.xpath("string(//*[local-name()='link'][@rel='self']/@href)") == f"{URL}{path}"
        for link in root.xpath("//link/text()"):
            assert (await reader.get(urlsplit(link).path)).status_code == 200, link
    for path in ("/world/feed.xml", "/topics/nothing/feed.xml", "/city/x-zzzzzz/feed.xml"):
        assert (await reader.get(path)).status_code == 404, path


async def test_a_discussion_has_a_feed_of_what_is_live(site: Site) -> None:
    """Newest first, safe HTML, links to permalinks; nothing held, removed nor withdrawn, then or later."""
    talk = await talk_on(site)
    _, ada = await talk.reader("Ada Pell")
    path = f"{talk.path}/feed.xml"
    first = (await talk.say(ada, "Eleven *months* & <b>more</b>\x0b.")).json()["id"]
    site.clock.move(60_000)
    second = (await talk.say(ada, "Nineteen, last time.")).json()["id"]
    answer = await site.browser().get(path)
    assert titles(answer) == ["Ada Pell: Nineteen, last time.", "Ada Pell: Eleven months & <b>more</b>."]
    items = etree.fromstring(answer.content).findall("channel/item")
    assert [one.findtext("link") for one in items] == [f"{URL}/c/{second}", f"{URL}/c/{first}"]
    assert items[1].findtext("description") == "<p>Eleven <em>months</em> &amp; &lt;b&gt;more&lt;/b&gt;.</p>"
    await ada.http.delete(f"/api/v1/comments/{first}", headers=JSON)
    assert titles(await site.browser().get(path)) == ["Ada Pell: Nineteen, last time."]
    await site.parts.db.write(lambda tx: tx.conn.exec_driver_sql("UPDATE comment SET state = 'held'"))
    assert titles(await site.browser().get(path)) == []
    moderator = await site.signed_in(await site.person("Mo", Role.MODERATOR))
    assert titles(await moderator.get(path)) == [], "a feed is the same for everybody"


async def test_a_story_without_discussion_has_no_feed(site: Site) -> None:
    """Nor has one that nobody may see."""
    for fields in ({"discussion": Discussion.OFF}, {"published": False}):
        talk = Talk(site, await publish(site, **fields))
        assert (await site.browser().get(f"{talk.path}/feed.xml")).status_code == 404


async def test_what_has_not_changed_is_not_sent_again(site: Site) -> None:
    """By ETag alone: a removal changes a feed without a newer date."""
    talk = await talk_on(site)
    _, ada = await talk.reader("Ada Pell")
    said = (await talk.say(ada, "Eleven months.")).json()["id"]
    reader = site.browser()
    for path in ("/feed.xml", "/sitemap-news.xml", f"{talk.path}/feed.xml"):
        first = await reader.get(path)
        again = await reader.get(path, if_none_match=first.headers["etag"])
        assert (again.status_code, again.content) == (304, b""), path
        assert again.headers["etag"] == first.headers["etag"]
        assert "last-modified" not in first.headers
        assert first.headers["cache-control"] == "public, max-age=60"
    await ada.http.delete(f"/api/v1/comments/{said}", headers=JSON)
    assert (await reader.get(path, if_none_match=first.headers["etag"])).status_code == 200


async def test_the_sitemap_holds_two_days(site: Site) -> None:
    """Of our own pages only, in every language."""
    await publish(site, "Three days old", published_at_ms=site.clock() - 3 * DAY_MS)
    await publish(site, "Brücke im Nebel", lang="de", published_at_ms=site.clock() - DAY_MS)
    await publish(site, "Elsewhere", url="https://paper.example/a")
    answer = await site.browser().get("/sitemap-news.xml")
    root = etree.fromstring(answer.content)
    assert root.xpath("//n:title/text()", namespaces=NEWS) == ["Brücke im Nebel"]
    assert root.xpath("string(//n:language)", namespaces=NEWS) == "de"
    (link,) = root.xpath("//s:loc/text()", namespaces=NEWS)
    assert (await site.browser().get(urlsplit(link).path)).status_code == 200
    robots = (await site.browser().get("/robots.txt")).text
    assert f"Sitemap: {URL}/sitemap-news.xml" in robots
    assert "Disallow: /desk/" in robots


async def test_cards_for_other_sites(site: Site) -> None:
    """A story and a comment; other addresses, other formats and hidden things have none."""
    talk = await talk_on(site, standfirst="Repairs cannot wait.")
    _, ada = await talk.reader("Ada Pell")
    said = (await talk.say(ada, "Eleven <script> months.")).json()["id"]
    reader = site.browser()
    story = (await reader.get(f"/oembed?url={URL}{talk.path}")).json()
    assert (story["version"], story["type"], story["title"]) == ("1.0", "rich", "Old bridge to close")
    assert "Repairs cannot wait." in story["html"]
    comment = (await reader.get(f"/oembed?url={URL}/c/{said}&maxwidth=300")).json()
    assert (comment["author_name"], comment["width"]) == ("Ada Pell", 300)
    assert "&lt;script&gt;" in comment["html"]
    await ada.http.delete(f"/api/v1/comments/{said}", headers=JSON)
    for url in (
        f"{URL}/c/{said}",
        f"{URL}/",
        f"{URL}/c/nonsense",
        "https://other.example/",
        "",
        f"{URL}.evil.example/",
    ):
        assert (await reader.get(f"/oembed?url={url}")).status_code == 404, url
    assert (await reader.get(f"/oembed?url={URL}{talk.path}&format=xml")).status_code == 501
