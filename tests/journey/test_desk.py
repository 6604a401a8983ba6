"""An editor publishes, changes, corrects and embargoes in a browser without script."""

import httpx
import pytest
from lxml import html

from moothall.kernel.ids import to_text
from moothall.kernel.limits import DAY_MS, HOUR_MS, PHOTO_BYTES
from moothall.people.model import Role
from moothall.store.raw import rows, run
from moothall.story.model import ELSEWHERE, Section, Story
from tests.newsroom.pictures import photo
from tests.newsroom.site import URL, Browser, Site
from tests.newsroom.talk import publish, talk_on

pytestmark = pytest.mark.anyio
_MOVE = "UPDATE story SET section_slug = ? WHERE id = ?"
STORY = {"headline": "Old bridge to close", "body": "The city will *close* it.", "section_name": "City",
         "lang": "en", "published": "1", "discussion": "open", "moderation": "post"}  # fmt: skip


@pytest.fixture
async def ida(site: Site) -> Browser:
    """An editor, signed in."""
    return await site.signed_in(await site.person("Ida Moss", Role.EDITOR))


async def file(
    editor: Browser, path: str, files: dict[str, tuple[str, bytes]] | None = None, **typed: str
) -> httpx.Response:
    """Open a form, fill it in on top of what it holds, and send it as a browser does."""
    await editor.get(path)
    data = held(editor, path) | typed
    parts = files or {"photo_file": ("", b"")}
    editor.page = await editor.http.post(path, data=data, files=parts, headers={"origin": URL})
    return editor.page


def held(editor: Browser, path: str) -> dict[str, str]:
    """What the form on the open page would send untouched."""
    assert editor.page is not None
    (form,) = html.fromstring(editor.page.text).xpath("//form[@action=$action]", action=path)
    return {str(name): str(value) for name, value in form.form_values() if name != "preview"}


def error(answer: httpx.Response) -> tuple[str, str]:
    """What is said, and the field that it is said of."""
    page = html.fromstring(answer.text)
    return page.xpath("string(//*[@id='error'])"), page.xpath("string(//*[@aria-invalid='true']/@name)")


async def newest(site: Site) -> Story:
    """The story that was made last."""
    card, _, _ = max(await site.parts.stories.all_for_desk(None, 99), key=lambda one: one[0].id)
    return await site.parts.stories.get(card.id)


async def test_a_story_is_published_whole(site: Site, ida: Browser) -> None:
    """Every field, a new section, the short link as promised; readers have it at once."""
    await ida.get("/desk/new")
    promised = html.fromstring(ida.page.text).xpath("string(//a[@dir='ltr']/@href)")
    answer = await file(
        ida, "/desk/new", {"photo_file": ("bridge.jpg", photo(1200, 800))}, **STORY,
        code=promised[-6:], standfirst="Repairs cannot wait.", byline="A Reporter", dateline_place="Harrowgate",
        dateline_agency="NWA", keywords="Bridges, Council", photo_alt="A bridge", photo_caption="The bridge.",
        photo_credit="A. Photographer", slug="bridge closes",
    )  # fmt: skip
    assert answer.status_code == 303
    page = (await ida.follow()).text
    assert "Saved." in page
    assert promised in page
    story = await newest(site)
    assert f"{URL}/s/{story.code}" == promised
    assert story.url == f"/city/bridge-closes-{story.code}"
    read = (await site.browser().get(story.url)).text
    for words in ("Old bridge to close", "Repairs cannot wait.", "A Reporter", "Harrowgate", "NWA", "Council",
                  "<em>close</em>", "A bridge", "The bridge.", "A. Photographer"):  # fmt: skip
        assert words in read, words


async def test_sent_twice_it_is_one_story(site: Site, ida: Browser) -> None:
    """A double click on Save leads to the story that the first one made."""
    first = await file(ida, "/desk/new", **STORY, code="bcdfgh")
    second = await file(ida, "/desk/new", **STORY, code="bcdfgh")
    assert first.headers["location"] == second.headers["location"]
    assert len(await site.parts.stories.front(9)) == 1


async def test_a_form_untouched_changes_nothing(site: Site, ida: Browser) -> None:
    """Opened and saved: the same story to the second, however it was made."""
    other = await publish(site, "Ferry to run until midnight")
    made = await publish(site, keywords=("Bridges", "A, B"), related=(other.id,), lang="pt",
                         embargo_until_ms=site.clock() + DAY_MS + 7, closes_at_ms=site.clock() + 9 * DAY_MS + 8,
                         standfirst='"Quoted" & <marked>')  # fmt: skip
    made = await site.parts.stories.get(made.id)
    await site.parts.db.write(lambda tx: tx.conn.exec_driver_sql("DELETE FROM story_keyword WHERE position = 1"))
    before = await site.parts.stories.get(made.id)
    site.clock.move(60_000)
    assert (await file(ida, f"/desk/{to_text(made.id)}")).status_code == 303
    after = await site.parts.stories.get(made.id)
    assert after == before
    assert await site.parts.stories.pins(made.id) == (other.id,)


async def test_what_is_wrong_stands_beside_what_was_typed(ida: Browser) -> None:
    """In the label's own words, at the field, with everything still there."""
    answer = await file(ida, "/desk/new", **STORY | {"headline": " ", "standfirst": "Kept <words>"})
    assert (answer.status_code, error(answer)) == (422, ("“Headline” is missing or not valid.", "headline"))
    assert "Kept &lt;words&gt;" in answer.text
    for typed, said in (
        ({"body": ""}, ("“Body” is missing or not valid.", "body")),
        ({"section_name": "Console"}, ("“Section” is missing or not valid.", "section")),
        ({"related": "nonsense"}, ("“Related stories” is missing or not valid.", "related")),
        ({"embargo_until": "soon"}, ("“Embargo until” is missing or not valid.", "embargo_until")),
        ({"closes_at": "2026-02-30T00:00"}, ("“Closes at” is missing or not valid.", "closes_at")),
        ({"published_at": "99999-01-01T00:00"}, ("“Published at” is missing or not valid.", "published_at")),
        ({"headline": "x" * 201}, ("“Headline” is 1 characters too long. Please shorten it to 200.", "headline")),
    ):
        answer = await file(ida, "/desk/new", **STORY | typed)
        assert error(answer) == said, typed


async def test_a_photo_that_is_none_is_refused_at_its_field(site: Site, ida: Browser) -> None:
    """Nothing is published; the words stay."""
    answer = await file(
        ida, "/desk/new", {"photo_file": ("a.jpg", b"<svg onload=alert(1)>")}, **STORY, photo_alt="A"
    )
    assert answer.status_code == 422
    assert error(answer)[1] == "photo_file"
    assert "Old bridge to close" in answer.text
    answer = await file(ida, "/desk/new", {"photo_file": ("a.jpg", photo(300, 200))}, **STORY)
    assert error(answer) == ("“What it shows, for those who cannot see it” is missing or not valid.", "photo_alt")
    kept = held(ida, "/desk/new")["photo"]
    assert f"/media/{kept}/300.jpg" in answer.text, "the photo need not be sent again"
    large = {"photo_file": ("a.jpg", b"\xff\xd8\xff" + b"\0" * PHOTO_BYTES)}
    assert (await file(ida, "/desk/new", large, **STORY, photo_alt="A")).status_code == 413
    assert await site.parts.stories.all_for_desk(None, 9) == ()


async def test_a_photo_is_taken_off_again(site: Site, ida: Browser) -> None:
    """By a tick."""
    await file(ida, "/desk/new", {"photo_file": ("a.jpg", photo(300, 200))}, **STORY, photo_alt="A bridge")
    story = await newest(site)
    assert story.photo is not None
    await file(ida, f"/desk/{to_text(story.id)}", photo_none="1")
    assert (await newest(site)).photo is None


async def test_a_preview_shows_the_page_and_writes_nothing(site: Site, ida: Browser) -> None:
    """The very page of readers, photo and all, before anything counts."""
    answer = await file(
        ida, "/desk/new", {"photo_file": ("a.jpg", photo(300, 200))}, **STORY, photo_alt="A bridge", preview="1"
    )
    page = html.fromstring(answer.text)
    assert answer.status_code == 200
    assert page.xpath("string(//article//h1)") == "Old bridge to close"
    assert page.xpath("//article//img[@alt='A bridge']")
    assert page.xpath("//article//em")
    assert await site.parts.stories.all_for_desk(None, 9) == ()
    wrong = await file(ida, "/desk/new", **STORY | {"headline": ""}, preview="1")
    assert wrong.status_code == 422


async def test_a_draft_waits_for_its_editor(site: Site, ida: Browser) -> None:
    """Nobody else sees it; published later, it is of that hour."""
    await file(ida, "/desk/new", **STORY | {"published": "", "body": ""})
    story = await newest(site)
    assert (await site.browser().get(story.url)).status_code == 404
    assert (await ida.get(story.url)).status_code == 200
    assert "Draft" in (await ida.get("/desk/")).text
    site.clock.move(11 * HOUR_MS)
    await file(ida, f"/desk/{to_text(story.id)}", published="1", body="At last.")
    assert (await newest(site)).published_at_ms == site.clock()
    assert (await site.browser().get(story.url)).status_code == 200


async def test_an_embargo_is_in_the_newsrooms_time(site: Site, ida: Browser) -> None:
    """Nothing shows before; the list says until when."""
    await file(ida, "/desk/new", **STORY, embargo_until="2026-11-18T12:30")
    story = await newest(site)
    assert story.embargo_until_ms == story.published_at_ms == 1_795_005_000_000
    assert (await site.browser().get(story.url)).status_code == 404
    assert "Embargoed until" in (await ida.get("/desk/")).text
    site.clock.now_ms = 1_795_005_000_000
    assert (await site.browser().get(story.url)).status_code == 200


async def test_related_stories_are_pinned_by_a_tick_or_an_address(site: Site, ida: Browser) -> None:
    """Suggested ones are ticked; any other comes by its address; unticked they are free again."""
    near = await publish(site, "Ferry to run until midnight", keywords=("Bridges",))
    far = await publish(site, "A village votes to stay dark")
    made = await publish(site, keywords=("Bridges",))
    path = f"/desk/{to_text(made.id)}"
    await ida.get(path)
    offered = html.fromstring(ida.page.text).xpath("//input[@name='pin']/@value")
    assert near.code in offered
    await file(ida, path, pin=near.code, related=f"{URL}{far.url}?x=1#discussion /s/{near.code}")
    assert await site.parts.stories.pins(made.id) == (near.id, far.id)
    await ida.get(path)
    assert html.fromstring(ida.page.text).xpath("//input[@name='pin'][@checked]/@value") == [near.code, far.code]
    data = {name: value for name, value in held(ida, path).items() if name != "pin"}
    await ida.http.post(path, data=data, files={"photo_file": ("", b"")}, headers={"origin": URL})
    assert await site.parts.stories.pins(made.id) == ()


async def test_readers_are_told_only_what_matters(site: Site, ida: Browser) -> None:
    """A slip is mended quietly; what changes the story is marked by the editor."""
    made = await publish(site)
    path = f"/desk/{to_text(made.id)}"
    await file(ida, path, headline="Old bridge will close")
    assert (await newest(site)).updated_at_ms is None
    site.clock.move(60_000)
    await file(ida, path, updated="1")
    assert (await newest(site)).updated_at_ms == site.clock()


async def test_a_correction_is_published_with_its_time(site: Site, ida: Browser) -> None:
    """Above the story; an empty or endless one is refused where it was typed."""
    made = await publish(site)
    path = f"/desk/{to_text(made.id)}"
    await ida.get(path)
    assert (await ida.submit(f"{path}/correction", correction="It opened in <1911>.")).status_code == 303
    assert "It opened in &lt;1911&gt;." in (await site.browser().get(made.url)).text
    for text, said in ((" ", "missing"), ("x" * 1_001, "1 characters too long")):
        await ida.get(path)
        answer = await ida.submit(f"{path}/correction", correction=text)
        assert answer.status_code == 422
        assert said in error(answer)[0]
        assert error(answer)[1] == "correction"
    assert "x" * 1_001 in answer.text
    assert len((await newest(site)).corrections) == 1


async def test_a_discussion_is_set_with_the_story(site: Site, ida: Browser) -> None:
    """Closed, held first, ended at an hour, or none at all; old comments stay."""
    talk = await talk_on(site)
    _, ada = await talk.reader("Ada Pell")
    await talk.say(ada, "Eleven months.")
    path = f"/desk/{talk.key}"
    await file(ida, path, discussion="closed")
    assert (await talk.say(ada, "Too late.")).json()["code"] == "discussion_closed"
    assert "Eleven months." in (await site.browser().get(talk.path)).text
    await file(ida, path, discussion="open", moderation="pre")
    assert (await talk.say(ada, "I wait.")).status_code == 202
    await file(ida, path, moderation="post", closes_at="2026-11-18T11:30")
    assert (await talk.say(ada, "In time.")).status_code == 201
    site.clock.now_ms = 1_795_001_400_000
    assert (await talk.say(ada, "Too late again.")).json()["code"] == "discussion_closed"
    await file(ida, path, discussion="off")
    assert "Eleven months." not in (await site.browser().get(talk.path)).text


async def test_a_form_opened_before_a_discussion_was_closed_leaves_it_closed(site: Site, ida: Browser) -> None:
    """Only the terms that were touched count; who opens it on purpose still does."""
    talk = await talk_on(site)
    _, ada = await talk.reader("Ada Pell")
    _, mod = await talk.reader("Mia Guard", Role.MODERATOR)
    path = f"/desk/{talk.key}"
    await ida.get(path)
    early = held(ida, path)
    await mod.get(talk.path)
    await mod.submit(f"/stories/{talk.key}/discussion", discussion="closed")
    for typed in ({"headline": "Old bridge closes"}, {"moderation": "pre"}):
        sent = await ida.http.post(path, data=early | typed, headers={"origin": URL})
        assert sent.status_code == 303
        assert (await talk.say(ada, "Too late.")).json()["code"] == "discussion_closed"
    story = await site.parts.stories.get(talk.story.id)
    assert (story.discussion, story.moderation) == ("closed", "pre")
    await file(ida, path, discussion="open", moderation="post")
    assert (await talk.say(ada, "In time.")).status_code == 201


async def test_the_list_goes_back_to_the_first_story(site: Site, ida: Browser) -> None:
    """Fifty a page, newest first, nothing twice."""
    for n in range(53):
        site.clock.move(1_000)
        await publish(site, f"Story {n:02d}")
    page = html.fromstring((await ida.get("/desk/")).text)
    onward = page.xpath("string(//a[@rel='next']/@href)")
    rest = html.fromstring((await ida.get(onward)).text)
    found = [one.xpath("//tbody//a/text()") for one in (page, rest)]
    assert found[0] + found[1] == [f"Story {n:02d}" for n in reversed(range(53))]
    assert not rest.xpath("//a[@rel='next']")


async def test_only_editors_file(site: Site, ida: Browser) -> None:
    """Readers and moderators are refused before a form is read; a form from elsewhere as well."""
    made = await publish(site)
    paths = ("/desk/", "/desk/new", f"/desk/{to_text(made.id)}")
    assert (await site.browser().get("/desk/")).status_code == 401
    for role in (Role.READER, Role.TRUSTED, Role.MODERATOR):
        other = await site.signed_in(await site.person(f"Some {role.value}", role))
        for path in paths:
            assert (await other.get(path)).status_code == 403
        large = {"photo_file": ("a.jpg", b"\0" * 1_000)}
        for path in (*paths[1:], f"{paths[2]}/correction"):
            answer = await other.http.post(path, data=STORY, files=large, headers={"origin": URL})
            assert answer.status_code == 403
    forged = await ida.http.post("/desk/new", data=STORY, headers={"origin": "https://evil.example"})
    assert forged.status_code == 403
    assert (await ida.http.post("/desk/new", data=STORY, headers={"origin": URL})).status_code == 403, "no token"
    for path in ("/desk/0000000000001", "/desk/nonsense"):
        assert (await ida.get(path)).status_code == 404
    assert len(await site.parts.stories.all_for_desk(None, 9)) == 1


async def test_a_story_from_elsewhere_stays_there(site: Site, ida: Browser) -> None:
    """Its section has no place in the masthead, yet its form keeps it; others are not offered it."""
    await site.parts.stories.keep_section(Section(ELSEWHERE, "Elsewhere", 99))
    made = await publish(site)
    await publish(site, "Ferry to run until midnight")
    moved = await site.parts.db.write(lambda tx: run(tx.conn, _MOVE, [ELSEWHERE, made.id]))
    assert moved == 1
    path = f"/desk/{to_text(made.id)}"
    assert (await file(ida, path, headline="Old bridge closes")).status_code == 303
    story = await site.parts.stories.get(made.id)
    assert (story.headline, story.section.slug) == ("Old bridge closes", ELSEWHERE)
    await ida.get("/desk/new")
    assert "Elsewhere" not in ida.page.text


async def test_an_editor_who_closes_a_discussion_is_on_record(site: Site, ida: Browser) -> None:
    """Once, by name, with what it was; saving the rest of a story is nobody's decision."""
    made = await publish(site)
    path = f"/desk/{to_text(made.id)}"
    for _ in range(2):
        assert (await file(ida, path, discussion="closed", headline="Old bridge closes")).status_code == 303
    query = "SELECT kind, before, after, actor_id FROM decision WHERE story_id = ?"
    found = await site.parts.db.read(lambda c: rows(c, query, [made.id]))
    me = await site.parts.db.read(lambda c: rows(c, "SELECT id FROM account WHERE display_name = ?", ["Ida Moss"]))
    assert [tuple(one) for one in found] == [("discussion", "open post", "closed post", me[0][0])]
