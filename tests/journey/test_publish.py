"""A CMS publishes, updates and asks, with the newsroom's key."""

import asyncio
import json

import httpx
import pytest

from moothall.kernel.ids import to_text
from moothall.kernel.limits import COUNTS_URLS, DAY_MS, HOUR_MS
from moothall.kernel.secret import digest
from moothall.people.model import Role
from moothall.people.newsroom_key import KeyChange
from moothall.store.raw import rows
from moothall.story.model import Moderation
from tests.newsroom.pictures import POLYGLOTS, bomb, photo
from tests.newsroom.site import URL, Browser, Site
from tests.newsroom.talk import JSON, talk_on

pytestmark = pytest.mark.anyio
KEY = "key-of-the-newsroom"
PAGE = "https://paper.example/2026/bridge"
STORY = {
    "url": PAGE,
    "headline": "Old bridge to close",
    "section": {"slug": "city", "name": "City"},
    "body": "The city will close it.",
    "keywords": ["Bridges"],
    "published_at": "2026-11-18T10:00:00+01:00",
}


@pytest.fixture
async def cms(site: Site) -> Browser:
    """A program with the newsroom's key."""
    await site.parts.stories.put_key(KeyChange(1, "cms", None, 1), digest(KEY))
    return site.browser(authorization=f"Key {KEY}")


async def put(cms: Browser, **fields: object) -> httpx.Response:
    return await cms.http.put("/api/v1/stories", json=STORY | fields)


async def test_a_cms_publishes_and_updates(cms: Browser) -> None:
    """201 with the story's id and short link, then 200 with the same; the change is seen."""
    first = await put(cms)
    assert first.status_code == 201
    made = first.json()
    assert made["url"] == PAGE
    assert made["short_link"] == f"{URL}/s/{made['short_link'][-6:]}"
    assert (made["published_at"], made["is_open"], made["comment_count"]) == ("2026-11-18T09:00:00Z", True, 0)
    again = await put(cms, headline="Old bridge closed", discussion="closed")
    assert again.status_code == 200
    assert again.json() == made | {"headline": "Old bridge closed", "discussion": "closed", "is_open": False}
    asked = await cms.get(f"/api/v1/stories?url={PAGE}%23discussion")
    assert asked.json() == again.json()
    assert asked.headers["cache-control"] == "public, max-age=60"


async def test_the_same_again_changes_nothing(site: Site, cms: Browser) -> None:
    """Whatever the number of times, also at once: one story, one version."""
    answers = await asyncio.gather(*(put(cms) for _ in range(8)))
    assert {one.status_code for one in answers} <= {200, 201}
    assert len({one.json()["id"] for one in answers}) == 1
    assert len(await site.parts.stories.front(9)) == 1
    before = await site.parts.stories.at(PAGE, URL)
    await put(cms)
    assert await site.parts.stories.at(PAGE, URL) == before


async def test_a_cms_that_corrects_a_word_opens_nothing(site: Site, cms: Browser) -> None:
    """What was closed stays so, with the time at which it would have been, until a document speaks of it."""
    await put(cms, closes_at="2026-12-24T18:00:00.123Z", moderation="pre")
    made = await site.parts.stories.at(PAGE, URL)
    for _ in range(2):
        assert (await put(cms, headline="Old bridge closed")).status_code == 200
    after = await site.parts.stories.at(PAGE, URL)
    assert (after.closes_at_ms, after.moderation) == (made.closes_at_ms, Moderation.PRE)
    assert await _decided(site) == []
    await put(cms, discussion="closed")
    assert not (await put(cms)).json()["is_open"]
    assert (await put(cms, discussion="open")).json()["is_open"]
    assert not (await put(cms, discussion="closed")).json()["is_open"]
    assert not (await put(cms, moderation="post")).json()["is_open"]
    assert await _decided(site) == [
        ("cms", "closed pre"), ("cms", "open pre"), ("cms", "closed pre"), ("cms", "closed post")
    ]  # fmt: skip


async def _decided(site: Site) -> list[tuple[str, str]]:
    """By which key, and what the discussion became."""
    query = "SELECT note, after FROM decision WHERE kind = 'discussion' AND actor_id IS NULL ORDER BY id"
    return [tuple(one) for one in await site.parts.db.read(lambda c: rows(c, query))]


async def test_a_story_of_this_site_is_named_by_its_code(site: Site, cms: Browser) -> None:
    """The CMS may choose the code; section and words are ours, and an embargoed one is found again."""
    until = "2026-12-24T18:00:00Z"
    first = await put(cms, url=f"{URL}/x/y-bcdfgh", embargo_until=until)
    assert first.status_code == 201
    assert first.json()["url"] == f"{URL}/city/old-bridge-to-close-bcdfgh"
    again = await put(cms, url=first.json()["url"], embargo_until=until, byline="A Reporter")
    assert (again.status_code, again.json()["id"]) == (200, first.json()["id"])
    assert (await site.parts.stories.by_code("bcdfgh")).byline == "A Reporter"
    for url in (f"{URL}/city/old-bridge", f"{URL}/", f"{URL}/city/"):
        assert (await put(cms, url=url)).json()["detail"] == "“url” is missing or not valid."


@pytest.mark.parametrize("header", ["authorization", "x-moothall-key"])
async def test_a_key_is_asked_for(site: Site, cms: Browser, header: str) -> None:
    """Without it, or with another, nothing is written; both ways to send it work."""
    wrong = ["", "Key ", "Key wrong", f"Bearer {KEY}", KEY] if header == "authorization" else ["", "wrong"]
    for value in wrong:
        answer = await site.browser().http.put("/api/v1/stories", json=STORY, headers={header: value})
        assert (answer.status_code, answer.json()["code"]) == (401, "key_invalid")
    editor = await site.signed_in(await site.person("Ida", Role.EDITOR))
    assert (await editor.http.put("/api/v1/stories", json=STORY, headers=JSON)).status_code == 401
    assert await site.parts.stories.front(9) == ()
    good = f"Key {KEY}" if header == "authorization" else KEY
    assert (await site.browser().http.put("/api/v1/stories", json=STORY, headers={header: good})).status_code == 201


@pytest.mark.parametrize(
    ("fields", "detail"),
    [
        ({"headline": "\u200b"}, "“headline” is missing or not valid."),
        ({"headline": "x" * 203}, "“headline” is 3 characters too long. Please shorten it to 200."),
        ({"section": {"slug": "world"}}, "“section” is missing or not valid."),
        ({"section": {"slug": "console", "name": "Console"}}, "“section” is missing or not valid."),
        ({"url": "javascript:alert(1)"}, "“url” is missing or not valid."),
        ({"url": "https://a@b.example/"}, "“url” is missing or not valid."),
        ({"published_at": "2026-11-18T10:00:00"}, "“published_at” is missing or not valid."),
        ({"photo": {"id": "0000000000001", "alt": "A bridge"}}, "“photo” is missing or not valid."),
        ({"photo": {"id": "nonsense", "alt": "A bridge"}}, "“photo.id” is missing or not valid."),
        ({"related": ["nonsense"]}, "“related” is missing or not valid."),
        ({"lang": "klingonish"}, "“lang” is missing or not valid."),
    ],
)
async def test_what_is_wrong_is_named(site: Site, cms: Browser, fields: dict[str, object], detail: str) -> None:
    """With the field's name, in the words of the error; nothing is written."""
    answer = await put(cms, **fields)
    assert (answer.status_code, answer.json()["detail"]) == (422, detail)
    assert await site.parts.stories.front(9) == ()


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"url": 5}', b'{"unknown": 1}', b"\xff\xfe", b'"x"' * 9])
async def test_what_is_no_story_is_refused(cms: Browser, body: bytes) -> None:
    """Broken JSON, wrong types and unknown fields: a problem document, never a fault of ours."""
    answer = await cms.http.put("/api/v1/stories", content=body, headers={"content-type": "application/json"})
    assert answer.status_code in {400, 422}
    assert answer.headers["content-type"] == "application/problem+json"


async def test_too_much_is_refused(cms: Browser) -> None:
    """A body beyond any honest story's."""
    answer = await put(cms, body="x" * 600_000)
    assert (answer.status_code, answer.json()["status"]) == (413, 413)
    assert answer.json()["code"] == "request_too_large"
    assert (await put(cms, body="x" * 200_001)).status_code == 422
    assert (await put(cms, body="é" * 200_000)).status_code == 201


async def test_an_embargo_hides_a_story_everywhere(site: Site, cms: Browser) -> None:
    """No page, feed, list, sitemap, count, card nor look-up says that it exists, until its hour."""
    until_ms = site.clock() + HOUR_MS
    made = (await put(cms, url=f"{URL}/city/x-bcdfgh", embargo_until="2026-11-18T12:06:40Z")).json()
    assert until_ms == 1_795_003_600_000
    reader = site.browser()
    gone = ["/city/old-bridge-to-close-bcdfgh", "/s/bcdfgh", "/city/old-bridge-to-close-bcdfgh/feed.xml",
            "/topics/bridges", "/topics/bridges/feed.xml", f"/api/v1/stories?url={made['url']}",
            f"/oembed?url={made['url']}", f"/api/v1/stories/{made['id']}/comments"]  # fmt: skip
    bare = ["/", "/city/", "/feed.xml", "/city/feed.xml", "/sitemap-news.xml", f"/api/v1/counts?url={made['url']}"]
    for path in gone:
        assert (await reader.get(path)).status_code == 404, path
    for path in bare:
        text = (await reader.get(path)).text
        assert "Old bridge" not in text, path
        assert "bcdfgh" not in text, path
    editor = await site.signed_in(await site.person("Ida", Role.EDITOR))
    assert (await editor.get("/city/old-bridge-to-close-bcdfgh")).status_code == 200
    assert (await editor.get("/feed.xml")).text.count("Old bridge") == 0
    site.clock.move(HOUR_MS)
    for path in (*gone, *bare):
        answer = await reader.get(path)
        assert answer.status_code in {200, 301}, path


async def test_counts_answer_for_what_is_public(site: Site, cms: Browser) -> None:
    """Under the very addresses that were asked for, a hundred at most."""
    talk = await talk_on(site)
    _, ada = await talk.reader("Ada Pell")
    await talk.say(ada, "Eleven months is optimistic.")
    await put(cms)
    ours = f"{URL}{talk.path}"
    answer = await site.browser().http.get(
        "/api/v1/counts", params={"url": [ours, PAGE, PAGE, "https://paper.example/other", "nonsense"]}
    )
    assert answer.json() == {ours: 1, PAGE: 0}
    many = {"url": [f"https://paper.example/{n}" for n in range(COUNTS_URLS + 1)]}
    assert (await site.browser().http.get("/api/v1/counts", params=many)).status_code in {400, 422}


async def test_addresses_lead_to_one_place(site: Site) -> None:
    """Wrong words, a wrong section and the short link move on for good; other codes are not there."""
    talk = await talk_on(site, headline="Brücke über جسر")
    reader = site.browser()
    right = f"/city/brucke-uber-%D8%AC%D8%B3%D8%B1-{talk.story.code}"
    assert (await reader.get(right)).status_code == 200
    for path in (f"/world/x-{talk.story.code}", f"/city/x-{talk.story.code}", f"/s/{talk.story.code}"):
        answer = await reader.get(path)
        assert (answer.status_code, answer.headers["location"]) == (301, right), path
    for path in ("/city/x-zzzzzz", "/s/zzzzzz", "/s/x", "/city/nothing", "/city/x-BCDFGH"):
        assert (await reader.get(path)).status_code == 404, path


async def test_the_page_tells_machines_what_it_is(site: Site) -> None:
    """NewsArticle with its comments, whatever they hold; Open Graph; canonical, short link and card."""
    from lxml import html

    talk = await talk_on(site, headline="Old </script> bridge", keywords=("Bridges",))
    _, ada = await talk.reader("Ada Pell")
    said = (await talk.say(ada, "Eleven </script> *months*.")).json()
    page = html.fromstring((await site.browser().get(talk.path)).text)
    (block,) = page.xpath("//script[@type='application/ld+json']/text()")
    data = json.loads(block)
    assert (data["@type"], data["headline"], data["commentCount"]) == ("NewsArticle", "Old </script> bridge", 1)
    assert data["comment"][0]["text"] == "Eleven </script> months."
    assert page.xpath("string(//link[@rel='canonical']/@href)") == f"{URL}{talk.path}"
    assert page.xpath("string(//link[@rel='shortlink']/@href)") == f"{URL}/s/{talk.story.code}"
    assert page.xpath("string(//meta[@property='article:tag']/@content)") == "Bridges"
    card = (await site.browser().get(page.xpath("string(//link[@type='application/json+oembed']/@href)"))).json()
    assert (card["type"], card["title"]) == ("rich", "Old </script> bridge")
    assert "<script" not in card["html"]
    alone = html.fromstring((await site.browser().get(f"/c/{said['id']}")).text)
    posting = json.loads(alone.xpath("//script[@type='application/ld+json']/text()")[0])
    assert (posting["@type"], posting["text"]) == ("DiscussionForumPosting", "Eleven </script> months.")


async def test_a_photo_goes_up_once_and_is_served_as_ours(site: Site, cms: Browser) -> None:
    """JPEG in every width, immutable, able to do nothing; the same file is the same photo."""
    sent = photo(2000, 1500, kind="PNG")
    answers = [await cms.http.post("/api/v1/photos", content=sent) for _ in range(2)]
    assert [one.status_code for one in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    key = answers[0].json()["id"]
    assert (await put(cms, photo={"id": key, "alt": "A bridge"})).status_code == 201
    for width in (480, 960, 1600):
        shown = await site.browser().get(f"/media/{key}/{width}.jpg")
        assert (shown.status_code, shown.content[:3]) == (200, b"\xff\xd8\xff")
        assert shown.headers["content-type"] == "image/jpeg"
        assert shown.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert shown.headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in shown.headers["content-security-policy"]
        assert "sandbox" in shown.headers["content-security-policy"]
    for path in (f"/media/{key}/481.jpg", f"/media/{key}/480.png", f"/media/{to_text(1)}/480.jpg",
                 f"/media/{key}/..%2f480.jpg", "/media/x/480.jpg", f"/media/{key}/99999999.jpg"):  # fmt: skip
        assert (await site.browser().get(path)).status_code == 404, path


@pytest.mark.parametrize("name", POLYGLOTS)
async def test_other_files_are_refused(cms: Browser, name: str) -> None:
    """Polyglots, scripts, other formats, nothing."""
    answer = await cms.http.post("/api/v1/photos", content=POLYGLOTS[name]())
    assert (answer.status_code, answer.json()["code"]) == (422, "photo_invalid")


async def test_too_large_a_photo_is_refused(site: Site, cms: Browser) -> None:
    """By what it claims, by its bytes; and nobody without the key uploads at all."""
    for data in (bomb(), b"\xff\xd8\xff" + b"\0" * 20_000_000):
        answer = await cms.http.post("/api/v1/photos", content=data)
        assert (answer.status_code, answer.json()["code"]) == (413, "photo_too_large")
    assert (await cms.http.post("/api/v1/photos", content=b"\0" * 22_000_000)).status_code == 413
    assert (await site.browser().http.post("/api/v1/photos", content=photo(300, 200))).status_code == 401


async def test_a_story_is_dated_by_what_readers_saw(site: Site, cms: Browser) -> None:
    """A draft is of the day on which it appears."""
    bare = {"published_at": None}
    await put(cms, **bare, published=False)
    site.clock.move(2 * DAY_MS)
    shown = (await put(cms, **bare)).json()
    site.clock.move(DAY_MS)
    assert (await put(cms, **bare, headline="Changed")).json()["published_at"] == shown["published_at"]
    assert shown["published_at"] == "2026-11-20T11:06:40Z"
