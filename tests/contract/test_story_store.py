"""What every story store keeps, on SQLite and on PostgreSQL."""

import asyncio

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from moothall.kernel.clock import to_rfc3339
from moothall.kernel.errors import Conflict, InvalidField, NotFound
from moothall.kernel.event import Event, EventKind
from moothall.kernel.limits import DAY_MS, HOUR_MS
from moothall.kernel.page import Cursor
from moothall.people.model import NOBODY, Account, AccountId, Role, Viewer
from moothall.people.newsroom_key import KeyChange
from moothall.store.stories import SqlStories
from moothall.store.tables import decision, photo_rendition, statement
from moothall.story.model import (
    Discussion,
    Moderation,
    Photo,
    PhotoId,
    Rendition,
    Section,
    Story,
    StoryDraft,
    StoryId,
    StoryRecord,
)
from moothall.story.publish import Place, to_record
from tests.newsroom.cast import Cast

pytestmark = pytest.mark.anyio
CITY = Section("city", "City", 1)
SITE = "https://courier.example"
EDITOR = Viewer(Account(AccountId(1), "Ida", Role.EDITOR, 0))
MODERATOR = Viewer(Account(AccountId(2), "Mo", Role.MODERATOR, 0))
_LETTERS = "23456789bcdfghjkmnpqrstvwxz"


class Desk:
    """Writes stories as the desk and a CMS do."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.stories = SqlStories(cast.db, cast.clock)
        self.told: list[Event] = []
        self.made = 0
        cast.db.listen(self.told.extend)

    def record(self, headline: str = "Old bridge to close", *, before: Story | None = None, section: Section = CITY,
               **fields: object) -> StoryRecord:  # fmt: skip
        draft = StoryDraft(headline=headline, body="The city will close it.", section=section.slug)
        self.made += 1
        code = "bcdf" + _LETTERS[self.made // 27] + _LETTERS[self.made % 27]
        place = Place(before.id if before else StoryId(self.cast.new_id()), before.code if before else code, "en")
        return to_record(replace(draft, **fields), section, place, now_ms=self.cast.clock(), before=before)

    async def publish(self, headline: str = "Old bridge to close", **fields: object) -> Story:
        return await self.stories.save(self.record(headline, **fields), self.cast.clock())

    async def change(self, before: Story, **fields: object) -> Story:
        made = self.record(fields.pop("headline", before.headline), before=before, **fields)
        return await self.stories.save(made, self.cast.clock())

    def decisions(self) -> list[tuple[object, ...]]:
        """What the log says of discussions: kind, who, with which key, what it was, what it became."""
        d = decision.c
        wanted = select(d.kind, d.actor_id, d.note, d.before, d.after).order_by(d.id)
        return self.cast.db.read_now(lambda c: [tuple(one) for one in c.execute(wanted)])

    def kinds(self) -> list[EventKind]:
        kinds = [one.kind for one in self.told]
        self.told.clear()
        return kinds


@pytest.fixture
def desk(cast: Cast) -> Desk:
    return Desk(cast)


def headlines(found) -> list[str]:
    return [one.headline for one in found]


async def test_what_is_written_is_read(desk: Desk) -> None:
    """Every field, by id, by code, by address; and the event carries the story's version."""
    made = await desk.publish(standfirst="Repairs.", byline="A Reporter", dateline_place="Harrowgate",
                              dateline_agency="NWA", keywords=("Bridges", "Council"), discussion=Discussion.CLOSED,
                              moderation=Moderation.PRE, closes_at_ms=5, updated_at_ms=6)  # fmt: skip
    assert made == await desk.stories.get(made.id) == await desk.stories.by_code(made.code)
    assert (made.standfirst, made.byline, made.dateline_place, made.dateline_agency) == (
        "Repairs.", "A Reporter", "Harrowgate", "NWA"
    )  # fmt: skip
    assert [one.name for one in made.keywords] == ["Bridges", "Council"]
    assert (made.discussion, made.moderation, made.closes_at_ms, made.updated_at_ms) == ("closed", "pre", 5, 6)
    assert (made.section, made.body_html) == (CITY, "<p>The city will close it.</p>")
    (told,) = desk.told
    assert (told.kind, told.story_id, told.seq) == (EventKind.STORY, made.id, made.version)


async def test_a_story_is_found_by_every_address_of_it(desk: Desk) -> None:
    """Its page under any section and words, its short link; a host page in any spelling."""
    ours = await desk.publish()
    there = await desk.publish(url="https://paper.example/a")
    for path in (ours.url, f"/x/y-{ours.code}", f"/s/{ours.code}"):
        assert (await desk.stories.at(SITE + path, SITE)).id == ours.id
    for url in ("https://paper.example/a", "HTTPS://Paper.Example:443/a#discussion"):
        assert (await desk.stories.at(url, SITE)).id == there.id
    for url in (f"{SITE}/s/zzzzzz", "https://paper.example/b", "https://paper.example/s/" + ours.code):
        with pytest.raises(NotFound):
            await desk.stories.at(url, SITE)


async def test_the_same_again_changes_and_tells_nothing(desk: Desk) -> None:
    """A CMS that repeats itself empties no cache."""
    pinned = await desk.publish("Ferry to run until midnight")
    made = await desk.publish(keywords=("Bridges",), related=(pinned.id,))
    desk.kinds()
    desk.cast.clock.move(HOUR_MS)
    again = await desk.change(made, keywords=("bridges",), related=(pinned.id,))
    assert again == made
    assert desk.kinds() == []


@pytest.mark.parametrize(
    ("fields", "kinds"),
    [
        ({"standfirst": "New."}, [EventKind.STORY]),
        ({"keywords": ("Rivers",)}, [EventKind.STORY]),
        ({"discussion": Discussion.CLOSED}, [EventKind.STORY, EventKind.DISCUSSION]),
        ({"moderation": Moderation.PRE}, [EventKind.STORY, EventKind.DISCUSSION]),
        ({"closes_at_ms": 5}, [EventKind.STORY, EventKind.DISCUSSION]),
        ({"published": False}, [EventKind.STORY]),
    ],
)
async def test_each_change_is_told_as_what_it_is(desk: Desk, fields: dict[str, object], kinds) -> None:
    """Open pages hear of a discussion that closes."""
    made = await desk.publish()
    desk.kinds()
    changed = await desk.change(made, **fields)
    assert changed.version > made.version
    assert desk.kinds() == kinds


async def test_two_stories_never_share_a_code_or_an_address(desk: Desk) -> None:
    """The second is refused whole, also when both come at once."""
    first, second = desk.record(), desk.record(url="https://paper.example/a")
    twin, same_page = replace(desk.record("Another"), code=first.code), desk.record("Another", url=second.url)
    await desk.stories.save(first, 1)
    await desk.stories.save(second, 1)
    for other in (twin, same_page):
        with pytest.raises(Conflict):
            await desk.stories.save(other, 1)
    assert len(await desk.stories.front(9)) == 2


async def test_a_host_page_is_opened_once(desk: Desk) -> None:
    """Ten first visits at once make one story."""
    records = [desk.record(url="https://paper.example/a") for _ in range(10)]
    opened = await asyncio.gather(*(desk.stories.open_once(one, 1) for one in records))
    assert len({one.id for one in opened}) == 1


async def test_an_unknown_photo_is_refused(desk: Desk) -> None:
    """Nothing of the story is written."""
    with pytest.raises(InvalidField, match="photo"):
        await desk.publish(photo_id=PhotoId(99), photo_alt="A bridge")
    assert await desk.stories.front(9) == ()
    assert await desk.stories.sections() == ()


async def test_a_photo_is_kept_once_and_in_every_width(desk: Desk) -> None:
    """The same file again is the same photo; each story has words of its own for it."""
    photo = Photo(PhotoId(5), b"d" * 32, 960, 640)
    renditions = (Rendition(480, b"small"), Rendition(960, b"large"))
    assert await desk.stories.keep_photo(photo, renditions, 1) == 5
    assert await desk.stories.keep_photo(replace(photo, id=PhotoId(6)), renditions, 2) == 5
    assert await desk.cast.db.read(lambda c: len(c.execute(select(photo_rendition)).all())) == 2
    assert await desk.stories.rendition(PhotoId(5), 960) == ("image/jpeg", b"large")
    for number, width in ((5, 481), (6, 480)):
        with pytest.raises(NotFound):
            await desk.stories.rendition(PhotoId(number), width)
    made = await desk.publish(photo_id=PhotoId(5), photo_alt="A bridge", photo_caption="The bridge.",
                              photo_credit="A. Photographer")  # fmt: skip
    assert made.photo is not None
    assert (made.photo.widths, made.photo.width, made.photo.height) == ((480, 960), 960, 640)
    assert (made.photo.alt, made.photo.caption, made.photo.credit) == ("A bridge", "The bridge.", "A. Photographer")
    assert (await desk.stories.front(1))[0].photo == made.photo


async def test_hidden_stories_are_nowhere(desk: Desk) -> None:
    """A draft and an embargoed story: in no list, count nor neighbourhood; only editors open them."""
    shown = await desk.publish(keywords=("Bridges",))
    draft = await desk.publish("A draft", keywords=("Bridges",), published=False)
    until = desk.cast.clock() + HOUR_MS
    waiting = await desk.publish(
        "Embargoed", keywords=("Bridges",), embargo_until_ms=until, url="https://p.example/"
    )
    await desk.change(shown, keywords=("Bridges",), related=(draft.id, waiting.id))
    for hidden in (draft, waiting):
        for viewer in (NOBODY, MODERATOR):
            with pytest.raises(NotFound):
                await desk.stories.public_by_code(hidden.code, viewer)
            with pytest.raises(NotFound):
                await desk.stories.public(hidden.id, viewer)
        assert (await desk.stories.public_by_code(hidden.code, EDITOR)).id == hidden.id
    assert headlines(await desk.stories.front(9)) == ["Old bridge to close"]
    assert headlines(await desk.stories.in_section("city", 9)) == ["Old bridge to close"]
    assert headlines((await desk.stories.on_topic("bridges", 9))[1]) == ["Old bridge to close"]
    assert await desk.stories.related_to(shown, 6) == ()
    urls = [f"{SITE}{one.url}" for one in (shown, draft)] + [waiting.url]
    assert await desk.stories.counts(urls, SITE) == {urls[0]: 0}
    desk.cast.clock.move(HOUR_MS)
    assert headlines(await desk.stories.front(9)) == ["Embargoed", "Old bridge to close"]
    assert headlines(await desk.stories.related_to(shown, 6)) == ["Embargoed"]


async def test_a_topic_without_a_public_story_is_not_there(desk: Desk) -> None:
    """Nor one that nobody ever used."""
    await desk.publish(keywords=("Secret",), published=False)
    for slug in ("secret", "nothing"):
        with pytest.raises(NotFound):
            await desk.stories.on_topic(slug, 9)


async def test_lists_are_newest_first_and_bounded(desk: Desk) -> None:
    """By the time of publication, then by the time of making."""
    now = desk.cast.clock()
    for headline, days in (("Two", 2), ("One", 1), ("Three", 3), ("Also three", 3)):
        await desk.publish(headline, published_at_ms=now - days * DAY_MS)
    assert headlines(await desk.stories.front(9)) == ["One", "Two", "Also three", "Three"]
    assert headlines(await desk.stories.in_section("city", 2)) == ["One", "Two"]
    assert await desk.stories.in_section("world", 9) == ()


async def test_related_stories_are_pinned_or_alike(desk: Desk) -> None:
    """The editor's order first; then shared keywords; then the section; never itself."""
    world = Section("world", "World", 2)
    far = await desk.publish("Far away", section=world)
    alike = await desk.publish("Another bridge", section=world, keywords=("Bridges", "Rivers"))
    beside = await desk.publish("Beside it")
    made = await desk.publish(keywords=("Bridges", "Rivers"), related=(far.id, StoryId(404)))
    assert [one.id for one in await desk.stories.related_to(made, 6)] == [far.id, alike.id, beside.id]
    assert await desk.stories.pins(made.id) == (far.id,)
    assert [one.id for one in await desk.stories.related_to(made, 1)] == [far.id]
    plain = await desk.publish("No keyword", section=Section("arts", "Arts", 3))
    assert await desk.stories.related_to(plain, 6) == ()


async def test_counts_answer_as_they_were_asked(desk: Desk) -> None:
    """Under the very address of the question, once a story, also with comments."""
    ada, made = desk.cast.person("Ada Pell"), await desk.publish()
    there = await desk.publish(url="https://paper.example/a")
    await desk.cast.says(ada, made.id, "Eleven months is optimistic.")
    asked = [f"{SITE}/s/{made.code}", f"{SITE}{made.url}", "https://PAPER.example/a#x", "https://paper.example/no"]
    assert await desk.stories.counts(asked, SITE) == {asked[0]: 1, asked[1]: 1, asked[2]: 0}
    assert await desk.stories.counts([], SITE) == {}
    assert there.comment_count == 0


async def test_a_correction_is_added_and_makes_the_story_updated(desk: Desk) -> None:
    """In order of time; an unknown story has none."""
    made = await desk.publish()
    desk.kinds()
    await desk.stories.correct(made.id, 1, "It was 1911.", 50)
    corrected = await desk.stories.correct(made.id, 2, "And twelve ties.", 60)
    assert [(one.text, one.at_ms) for one in corrected.corrections] == [
        ("It was 1911.", 50),
        ("And twelve ties.", 60),
    ]
    assert corrected.updated_at_ms == 60
    assert desk.kinds() == [EventKind.STORY, EventKind.STORY]
    with pytest.raises(NotFound):
        await desk.stories.correct(StoryId(404), 3, "Nothing.", 70)


async def test_a_discussion_is_opened_and_closed(desk: Desk) -> None:
    """By one command that open pages hear of."""
    made = await desk.publish()
    desk.kinds()
    closed = await desk.stories.set_discussion(
        made.id, discussion=Discussion.CLOSED, moderation=Moderation.PRE, closes_at_ms=None, at_ms=9
    )
    assert (closed.discussion, closed.moderation) == (Discussion.CLOSED, Moderation.PRE)
    assert desk.kinds() == [EventKind.DISCUSSION]
    with pytest.raises(NotFound):
        await desk.stories.set_discussion(
            StoryId(404), discussion=Discussion.OPEN, moderation=Moderation.POST, closes_at_ms=None, at_ms=9
        )


async def test_new_terms_of_a_discussion_are_logged_with_what_else_was_saved(desk: Desk) -> None:
    """Who did it, what it was and became, once; a story that begins so, or another change, is no decision."""
    made = await desk.publish(moderation=Moderation.PRE)
    until = desk.cast.clock() + DAY_MS
    closed = desk.record(before=made, discussion=Discussion.CLOSED, closes_at_ms=until)
    for _ in range(2):
        await desk.stories.save(closed, desk.cast.clock(), actor_id=1)
    await desk.stories.save(desk.record(before=made), desk.cast.clock(), key="cms")
    await desk.change(made, standfirst="At last.")
    terms = ("open pre", f"closed post until {to_rfc3339(until)}", "open post")
    assert desk.decisions() == [("discussion", 1, "", *terms[:2]), ("discussion", None, "cms", *terms[1:])]
    standing = desk.cast.db.read_now(
        lambda c: c.execute(select(statement.c.restriction, statement.c.ended_at_ms)).all()
    )
    assert [(one.restriction, one.ended_at_ms is None) for one in standing] == [("discussion_closed", False)]


async def test_sections_are_made_once_and_renamed_in_place(desk: Desk) -> None:
    """Their order is the masthead's."""
    await desk.stories.keep_section(Section("world", "World", 2))
    await desk.stories.keep_section(CITY)
    await desk.stories.keep_section(Section("world", "The World", 0))
    await desk.stories.keep_section(Section("city", "", 9))
    assert await desk.stories.sections() == (Section("world", "The World", 0), CITY)


async def test_a_newsroom_key_has_a_name(desk: Desk) -> None:
    """Only its hash is kept; a new key of the same name ends the old one."""
    await desk.stories.put_key(KeyChange(1, "cms", None, 1), b"1" * 32)
    assert await desk.stories.key_name(b"1" * 32) == "cms"
    await desk.stories.put_key(KeyChange(2, "cms", None, 2), b"2" * 32)
    query = "SELECT kind, actor_id, before, after, note FROM decision ORDER BY id"
    logged = desk.cast.db.read_now(lambda c: [tuple(one) for one in c.exec_driver_sql(query)])
    assert logged == [("newsroom_key", None, before, "made", "cms") for before in ("", "made")]
    assert await desk.stories.key_name(b"1" * 32) is None
    assert await desk.stories.key_name(b"2" * 32) == "cms"


async def test_editors_see_every_story(desk: Desk) -> None:
    """With what keeps it from readers."""
    await desk.publish()
    later = desk.cast.clock() + DAY_MS
    await desk.publish("Embargoed", embargo_until_ms=later)
    await desk.publish("A draft", published=False)
    listed = await desk.stories.all_for_desk(None, 9)
    assert {card.headline: (published, until) for card, published, until in listed} == {
        "Old bridge to close": (True, None), "Embargoed": (True, later), "A draft": (False, None)
    }  # fmt: skip
    (first, _, _), (second, _, _) = await desk.stories.all_for_desk(None, 2)
    rest = await desk.stories.all_for_desk(Cursor(second.published_at_ms, second.id), 9)
    assert [first.headline, second.headline, *(one[0].headline for one in rest)] == [
        one[0].headline for one in listed
    ]
