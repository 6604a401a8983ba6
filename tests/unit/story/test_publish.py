"""From what an editor or a CMS sends to a story that can be written."""

import pytest
from msgspec.structs import replace

from moothall.kernel.errors import InvalidField, TextTooLong
from moothall.kernel.limits import (
    DAY_MS,
    FIRST_NEWSPAPER_MS,
    HEADLINE_GRAPHEMES,
    KEYWORDS,
    LAST_TIME_MS,
    RELATED,
    STORY_BODY_CHARS,
)
from moothall.story.model import Discussion, Moderation, PhotoId, Section, Story, StoryDraft, StoryId, StoryRecord
from moothall.story.publish import Place, check_correction, check_section, keywords, to_record

CITY = Section("city", "City")
PLACE = Place(StoryId(7), "bcdfgh", "en")
NOW_MS = 1_000 * DAY_MS
DRAFT = StoryDraft(headline="Old bridge to close", body="The city will close it.", section="city")


def record(draft: StoryDraft = DRAFT, *, before: Story | None = None, section: Section = CITY) -> StoryRecord:
    """What would be written now."""
    return to_record(draft, section, PLACE, now_ms=NOW_MS, before=before)


def standing(made: StoryRecord, **changes: object) -> Story:
    """A story as it stands after a record was written."""
    kept = {name: getattr(made, name) for name in Story.__struct_fields__ if hasattr(made, name)}
    rest = {"photo": None, "corrections": (), "comment_count": 0, "newest_comment": 0, "version": 1}
    return Story(**(kept | rest | changes))


def test_a_story_of_ours_has_a_path() -> None:
    """Section, words of the headline, code."""
    made = record()
    assert (made.url, made.external, made.slug) == (
        "/city/old-bridge-to-close-bcdfgh",
        False,
        "old-bridge-to-close",
    )
    assert (made.published_at_ms, made.updated_at_ms, made.embargo_until_ms) == (NOW_MS, None, None)
    assert made.body_html == "<p>The city will close it.</p>"


def test_the_address_outlives_the_headline() -> None:
    """A changed headline keeps the words; a changed section moves the page."""
    before = standing(record())
    made = record(
        replace(DRAFT, headline="Old bridge stays open"), before=before, section=Section("world", "World")
    )
    assert made.url == "/world/old-bridge-to-close-bcdfgh"


def test_a_story_elsewhere_keeps_its_address() -> None:
    """In one form; an editor who changes it here need not know where it lives."""
    made = record(replace(DRAFT, url="HTTPS://Paper.example:443/a#top", body=""))
    assert (made.url, made.external) == ("https://paper.example/a", True)
    assert record(before=standing(made)).url == "https://paper.example/a"


@pytest.mark.parametrize(
    "url", ["mailto:a@b.example", "ftp://a.example/", "javascript:alert(1)", "https://a.example/ b", "https://",
            "https://a@b.example/", "https://a.example/" + "x" * 2_000]
)  # fmt: skip
def test_an_address_must_be_a_page(url: str) -> None:
    """Nothing but http and https, with a host and nobody's name before it."""
    with pytest.raises(InvalidField, match="url"):
        record(replace(DRAFT, url=url))


def test_a_draft_is_dated_when_it_appears() -> None:
    """Written on Monday and published on Wednesday, it is of Wednesday."""
    monday = standing(record(replace(DRAFT, published=False)), published_at_ms=NOW_MS - 2 * DAY_MS)
    assert record(before=monday).published_at_ms == NOW_MS


def test_what_was_seen_keeps_its_time() -> None:
    """A change, even one that takes the story off, does not make it newer."""
    seen = standing(record(), published_at_ms=NOW_MS - DAY_MS, updated_at_ms=NOW_MS - 5)
    made = record(replace(DRAFT, published=False), before=seen)
    assert (made.published_at_ms, made.updated_at_ms) == (NOW_MS - DAY_MS, NOW_MS - 5)
    assert record(replace(DRAFT, updated_at_ms=NOW_MS), before=seen).updated_at_ms == NOW_MS


def test_an_embargo_is_the_time_of_appearance() -> None:
    """And a time of publication to come is an embargo."""
    later = NOW_MS + DAY_MS
    made = record(replace(DRAFT, embargo_until_ms=later))
    assert (made.published_at_ms, made.embargo_until_ms) == (later, later)
    assert record(replace(DRAFT, published_at_ms=later)).embargo_until_ms == later
    past = record(replace(DRAFT, embargo_until_ms=NOW_MS - DAY_MS))
    assert (past.published_at_ms, past.embargo_until_ms) == (NOW_MS, NOW_MS - DAY_MS)


def test_an_embargo_that_is_moved_forward_is_kept() -> None:
    """An embargo that ended earlier than first said: the story is of the new time."""
    waiting = standing(record(replace(DRAFT, embargo_until_ms=NOW_MS + DAY_MS)))
    assert record(before=waiting).published_at_ms == NOW_MS
    sooner = record(replace(DRAFT, embargo_until_ms=NOW_MS + 60_000), before=waiting)
    assert sooner.published_at_ms == NOW_MS + 60_000


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"headline": " \u200b "}, "headline"),
        ({"body": "\u200b"}, "body"),
        ({"lang": "e"}, "lang"),
        ({"lang": "???"}, "lang"),
        ({"photo_id": PhotoId(5)}, "photo_alt"),
        ({"keywords": tuple(f"k{n}" for n in range(KEYWORDS + 1))}, "keywords"),
        ({"keywords": ("!!!",)}, "keywords"),
    ],
)
def test_what_is_missing_or_wrong_is_named(changes: dict[str, object], field: str) -> None:
    """The field's own name, so that a form and a CMS can point at it."""
    with pytest.raises(InvalidField, match=field):
        record(replace(DRAFT, **changes))


@pytest.mark.parametrize("name", ["published_at", "updated_at", "embargo_until", "closes_at"])
@pytest.mark.parametrize("at_ms", [FIRST_NEWSPAPER_MS - 1, LAST_TIME_MS, -(10**18), 10**18])
def test_times_are_such_as_a_page_can_print(name: str, at_ms: int) -> None:
    """A story of the year ten thousand would break every list that it stands in."""
    with pytest.raises(InvalidField) as wrong:
        record(replace(DRAFT, **{f"{name}_ms": at_ms}))
    assert wrong.value.params["name"] == name


def test_too_long_says_by_how_much() -> None:
    """In characters as readers count them."""
    with pytest.raises(TextTooLong) as long:
        record(replace(DRAFT, headline="é" * (HEADLINE_GRAPHEMES + 3)))
    assert long.value.params == {"name": "headline", "over": 3, "limit": HEADLINE_GRAPHEMES}
    with pytest.raises(TextTooLong) as body:
        record(replace(DRAFT, body="x" * (STORY_BODY_CHARS + 9)))
    assert body.value.params["over"] == 9


def test_lines_are_cleaned() -> None:
    """One line, one space, no control and no direction tricks."""
    made = record(replace(DRAFT, headline=" Old\n bridge\u202e\x00 ", byline="A\tReporter", standfirst="a\r\nb"))
    assert (made.headline, made.byline, made.standfirst) == ("Old bridge", "A Reporter", "a b")


def test_a_draft_may_be_empty() -> None:
    """Only what is published needs a body."""
    assert record(replace(DRAFT, body="", published=False)).body_html == ""


def test_the_language_is_the_storys_own() -> None:
    """Its own, else the one that it had, else the site's; of a tag only the first part."""
    assert record().lang == "en"
    german = record(replace(DRAFT, lang="de-CH", headline="Brücke"))
    assert (german.lang, german.slug) == ("de", "bruecke")
    assert record(before=standing(german)).lang == "de"


def test_keywords_are_kept_once() -> None:
    """The first spelling of each, in order; blank ones are nothing."""
    assert [(k.slug, k.name) for k in keywords((" Bridges ", "bridges", "", "Öl"), lang="de")] == [
        ("bridges", "Bridges"),
        ("oel", "Öl"),
    ]


def test_related_stories_are_bounded() -> None:
    """As many as the page shows."""
    many = tuple(StoryId(n) for n in range(20, 40))
    assert record(replace(DRAFT, related=many)).related == many[:RELATED]


def test_a_discussion_is_as_it_was_asked_for() -> None:
    """Its state, its end and its moderation."""
    made = record(replace(DRAFT, discussion=Discussion.OFF, closes_at_ms=5, moderation=Moderation.PRE))
    assert (made.discussion, made.closes_at_ms, made.moderation) == (Discussion.OFF, 5, Moderation.PRE)


def test_a_section_is_known_or_comes_with_a_name() -> None:
    """A new one is last; a name that our own addresses use is refused."""
    assert check_section("city", "", (CITY,)) == CITY
    assert check_section("river-life", " River  life ", (CITY,)) == Section("river-life", "River life", 1)
    for wrong, name in (("world", ""), ("World", "World"), ("a b", "A"), ("console", "Console"), ("", "Nothing")):
        with pytest.raises(InvalidField, match="section"):
            check_section(wrong, name, (CITY,))


def test_a_correction_says_something() -> None:
    """Cleaned, never empty, never endless."""
    assert check_correction(" It was\n1911. ") == "It was 1911."
    with pytest.raises(InvalidField, match="correction"):
        check_correction(" ")
    with pytest.raises(TextTooLong):
        check_correction("x" * 1_001)
