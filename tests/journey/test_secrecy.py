"""What is not public stays so on every surface: hidden comments, hidden stories, switched-off discussions."""

from dataclasses import replace

import httpx
import msgspec
import pytest

from moothall.people import session as sessions
from moothall.people.model import AccountId, Role, SessionKind
from moothall.story.model import Discussion, StoryDraft
from moothall.story.publish import Place, to_record
from tests.newsroom.site import SETTINGS, URL, Browser, Site
from tests.newsroom.talk import JSON, Talk, publish, talk_on

pytestmark = pytest.mark.anyio
ELSEWHERE = "https://blog.example"
WORDS, NAME = "Zanzibar-words", "Quillon Marrow"


async def _stub(talk: Talk, act: str, *, respected: bool = False) -> str:
    """A comment that is gone but for its place: it has a reply."""
    _, author = await talk.reader(NAME)
    _, other = await talk.reader("Ben Oake")
    _, mod = await talk.reader("Mia Guard", Role.MODERATOR)
    key = (await talk.say(author, WORDS)).json()["id"]
    assert (await talk.say(other, "An answer.", to=key)).status_code == 201
    if respected:
        put = await other.http.put(f"/api/v1/comments/{key}/reaction", json={"kind": "respect"}, headers=JSON)
        assert put.json()["reactions"]["respect"] == 1
    if act == "withdraw":
        assert (await author.http.delete(f"/api/v1/comments/{key}", headers=JSON)).status_code == 200
    else:
        await mod.get(f"/c/{key}/decide")
        await mod.submit(f"/c/{key}/decide", decision=act, rule="1")
        assert mod.page.status_code == 303
    return key


@pytest.mark.parametrize("act", ["withdraw", "remove", "hold"])
async def test_no_page_of_a_stub_tells_its_words_or_its_author(site: Site, act: str) -> None:
    """Neither who is signed in nor who is not finds them, on whichever page of the comment."""
    talk = await talk_on(site)
    key = await _stub(talk, act)
    _, reader = await talk.reader("Ada Pell")
    pages = ("", "?reply=1", "/report", "/edit", "/withdraw")
    paths = [f"/c/{key}{page}" for page in pages]
    paths += [f"/fragments/comments/{key}", f"/api/v1/comments/{key}", f"/oembed?url={URL}/c/{key}", talk.path]
    paths += [f"/api/v1/stories/{talk.key}/comments", f"/fragments/stories/{talk.key}/new", f"{talk.path}/feed.xml"]
    for browser in (site.browser(), reader):
        for path in paths:
            answer = await browser.get(path)
            assert WORDS not in answer.text, path
            assert NAME not in answer.text, path


@pytest.mark.parametrize("act", ["withdraw", "remove", "hold"])
async def test_a_stub_counts_no_reactions(site: Site, act: str) -> None:
    """What readers thought of it goes with its words, for who reacted too."""
    talk = await talk_on(site)
    key = await _stub(talk, act, respected=True)
    _, reader = await talk.reader("Ada Pell")
    for browser in (site.browser(), reader):
        one = (await browser.get(f"/api/v1/comments/{key}")).json()
        page = (await browser.get(f"/api/v1/stories/{talk.key}/comments")).json()
        for shown in (one, page["comments"][0]["comment"]):
            assert (shown["id"], shown["author"]) == (key, None)
            assert shown["reactions"] == {"respect": 0, "disagree": 0}
            assert shown["my_reaction"] is None


async def test_only_its_author_gets_the_form_to_edit_a_comment(site: Site) -> None:
    """The form holds the text as it was typed."""
    talk = await talk_on(site)
    _, author = await talk.reader(NAME)
    _, reader = await talk.reader("Ada Pell")
    key = (await talk.say(author, WORDS)).json()["id"]
    for page in ("edit", "withdraw"):
        assert (await author.get(f"/c/{key}/{page}")).status_code == 200
        assert (await reader.get(f"/c/{key}/{page}")).status_code == 404


async def test_nothing_is_done_to_comments_of_a_story_that_is_hidden(site: Site) -> None:
    """A story taken back hides its comments from acts as well as from reading."""
    talk = await talk_on(site)
    _, author = await talk.reader(NAME)
    _, reader = await talk.reader("Ada Pell")
    key = (await talk.say(author, WORDS)).json()["id"]
    await _hide(site, talk)
    put = await reader.http.put(f"/api/v1/comments/{key}/reaction", json={"kind": "respect"}, headers=JSON)
    gone = await reader.http.delete(f"/api/v1/comments/{key}/reaction", headers=JSON)
    told = await reader.http.post(f"/api/v1/comments/{key}/reports", json={"reason": "spam"}, headers=JSON)
    assert [put.status_code, gone.status_code, told.status_code] == [404, 404, 404]
    assert WORDS not in put.text + gone.text


async def test_a_page_elsewhere_gets_no_staff_sight_with_its_token(site: Site) -> None:
    """A moderator's embed token sees what a reader sees: no held words, no hidden stories."""
    talk = await talk_on(site)
    key = await _stub(talk, "hold")
    editor = await site.person("Edda Line", Role.EDITOR)
    http = await _embedded(site, editor)
    for path in (f"/api/v1/comments/{key}", f"/fragments/comments/{key}", f"/c/{key}",
                 f"/api/v1/stories/{talk.key}/comments", f"/embed/discussion?url={URL}{talk.path}"):  # fmt: skip
        assert WORDS not in (await http.get(path)).text, path
    await _hide(site, talk)
    assert (await http.get(f"/api/v1/stories/{talk.key}/comments")).status_code == 404


async def test_a_page_elsewhere_changes_no_account(site: Site) -> None:
    """An embed's token writes, reacts and reports; the account itself is its owner's."""
    http = await _embedded(site, await site.person("Ada Pell"))
    renamed = await http.post("/signin/name", data={"display_name": "Somebody Else"})
    assert renamed.status_code == 403
    assert (await http.get("/api/v1/me")).json()["account"]["display_name"] == "Ada Pell"


async def test_a_switched_off_discussion_is_nowhere(site: Site) -> None:
    """`off` shows no discussion at all: not on the page, in its data, or through any address."""
    talk = await talk_on(site)
    _, author = await talk.reader(NAME)
    key = (await talk.say(author, WORDS)).json()["id"]
    await site.parts.stories.set_discussion(
        talk.story.id,
        discussion=Discussion.OFF,
        moderation=talk.story.moderation,
        closes_at_ms=None,
        at_ms=site.clock(),
    )
    paths = [talk.path, f"/c/{key}", f"/fragments/comments/{key}", f"/api/v1/comments/{key}"]
    paths += [f"/api/v1/stories/{talk.key}/comments", f"/fragments/stories/{talk.key}/comments"]
    paths += [f"/fragments/stories/{talk.key}/new", f"{talk.path}/feed.xml", f"/oembed?url={URL}/c/{key}"]
    bad = [p for p in paths if WORDS in (await site.browser().get(p)).text]
    assert not bad
    counted = await site.browser().get(f"/api/v1/counts?url={URL}{talk.path}")
    assert counted.json() == {}
    known = (await site.browser().get(f"/api/v1/stories?url={URL}{talk.path}")).json()
    assert (known["discussion"], known["comment_count"]) == ("off", 0)


@pytest.mark.parametrize("hidden", [{"published": False}, {"embargo_until_ms": 1 << 45}])
async def test_a_story_that_is_not_out_is_counted_nowhere(site: Site, hidden: dict[str, object]) -> None:
    """Nor told of, in any list, feed, card or embed."""
    talk = await talk_on(site, headline="Zanzibar-words", **hidden)
    there = Talk(site, await publish(site, headline="Another bridge"))
    here = f"{URL}{talk.path}"
    reader = site.browser()
    counted = await reader.get(f"/api/v1/counts?url={here}&url={URL}{there.path}")
    assert counted.json() == {f"{URL}{there.path}": 0}
    for path in (f"/api/v1/stories?url={here}", f"/embed/discussion?url={here}", f"/oembed?url={here}",
                 f"{talk.path}/feed.xml", f"/api/v1/stories/{talk.key}/comments"):  # fmt: skip
        assert (await reader.get(path)).status_code == 404, path
    for path in ("/", "/city/", "/feed.xml", "/city/feed.xml", "/sitemap-news.xml"):
        assert WORDS not in (await reader.get(path)).text, path


async def test_what_a_host_page_opened_stands_in_no_list_of_ours(site: Site) -> None:
    """Anybody can claim an origin: a discussion opened so is found by its address alone."""
    await publish(site)
    site.serve(replace(site.parts, settings=msgspec.structs.replace(SETTINGS, embed_hosts=("blog.example",))))
    stranger = site.browser()
    opened = f"/embed/discussion?url={ELSEWHERE}/mayor-flees-country"
    assert (await stranger.get(opened, origin=ELSEWHERE)).status_code == 200
    for path in ("/", "/feed.xml", "/sitemap-news.xml", "/elsewhere/", "/elsewhere/feed.xml"):
        assert "flees" not in (await stranger.get(path)).text, path
        assert "lsewhere/" not in (await stranger.get(path)).text.replace(f'"{path}', ""), path


async def test_a_stranger_opens_only_so_many_discussions(site: Site) -> None:
    """Each is a story that somebody must look through."""
    site.serve(replace(site.parts, settings=msgspec.structs.replace(SETTINGS, embed_hosts=("blog.example",))))
    stranger = site.browser()
    tried = [await stranger.get(f"/embed/discussion?url={ELSEWHERE}/{n}", origin=ELSEWHERE) for n in range(12)]
    assert [one.status_code for one in tried] == [200] * 8 + [429] * 4
    assert (await stranger.get(f"/embed/discussion?url={ELSEWHERE}/1", origin=ELSEWHERE)).status_code == 200


async def test_a_key_stands_for_one_text_in_one_place(site: Site) -> None:
    """The same key under another story is a client's mistake, not a comment that is silently lost."""
    talk = await talk_on(site)
    other = Talk(site, await publish(site, headline="Another bridge"))
    _, author = await talk.reader(NAME)
    assert (await talk.say(author, WORDS, key="k1")).status_code == 201
    again = await other.say(author, WORDS, key="k1")
    assert again.json()["code"] == "idempotency_key_reused"


async def _hide(site: Site, talk: Talk) -> None:
    """An editor takes the story back."""
    story = talk.story
    draft = StoryDraft(headline=story.headline, body=story.body, section=story.section.slug, published=False)
    record = to_record(draft, story.section, Place(story.id, story.code, "en"), now_ms=site.clock(), before=story)
    await site.parts.stories.save(record, site.clock())


async def _embedded(site: Site, account: AccountId) -> httpx.AsyncClient:
    """A page elsewhere that holds somebody's token."""
    token = "t" * 43
    opened = sessions.begin(token, "c" * 43, kind=SessionKind.EMBED, device="blog.example", now_ms=site.clock())
    await site.parts.people.open_session(account, opened)
    browser: Browser = site.browser(authorization=f"Bearer {token}")
    assert await browser.me()
    return browser.http
