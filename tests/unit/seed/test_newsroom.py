"""The fictional newsroom hangs together: nothing refers to what is not there."""

from collections import Counter

import pytest

from moothall.kernel.limits import (
    BYLINE_GRAPHEMES,
    CORRECTION_GRAPHEMES,
    HEADLINE_GRAPHEMES,
    KEYWORD_GRAPHEMES,
    KEYWORDS,
    RELATED,
    STANDFIRST_GRAPHEMES,
)
from moothall.kernel.text import graphemes
from moothall.people.lookalikes import fold
from moothall.people.model import Role
from moothall.people.naming import check_name
from moothall.seed.load import load_newsroom
from moothall.seed.model import SeedStory
from moothall.seed.people import GUESTS
from moothall.seed.photos import SCENES
from moothall.story.model import Discussion, Moderation
from moothall.story.slug import slug

NEWSROOM = load_newsroom()
STORIES = pytest.mark.parametrize("story", NEWSROOM.stories, ids=lambda story: story.slug)


@STORIES
def test_a_story_has_every_part(story: SeedStory) -> None:
    """Nothing on its page stands empty, and the picture can be read out."""
    assert story.headline
    assert story.standfirst
    assert story.byline
    assert story.keywords
    assert story.photo.caption
    assert story.photo.credit
    assert len(story.photo.alt) > 40
    assert story.photo.scene in SCENES
    assert story.section in {section.slug for section in NEWSROOM.sections}


@STORIES
def test_a_story_is_a_story_s_length(story: SeedStory) -> None:
    """350 to 750 words, or as many in a language that joins its small words to others."""
    words = len(story.body.split())
    assert (250 if story.lang == "ar" else 350) <= words <= 750


@STORIES
def test_a_story_keeps_the_bounds_of_a_draft(story: SeedStory) -> None:
    """An editor could have sent it."""
    assert graphemes(story.headline) <= HEADLINE_GRAPHEMES
    assert graphemes(story.standfirst) <= STANDFIRST_GRAPHEMES
    assert graphemes(story.byline) <= BYLINE_GRAPHEMES
    assert len(story.keywords) <= KEYWORDS
    assert all(graphemes(word) <= KEYWORD_GRAPHEMES for word in story.keywords)
    assert all(graphemes(note.text) <= CORRECTION_GRAPHEMES for note in story.corrections)
    assert slug(story.slug) == story.slug


@STORIES
def test_pins_lead_to_other_stories(story: SeedStory) -> None:
    """A related story exists, is public and is not the story itself."""
    others = {other.slug for other in NEWSROOM.stories if other.embargo_minutes_ahead is None} - {story.slug}
    assert set(story.related) <= others
    assert len(story.related) <= RELATED


@STORIES
def test_what_follows_publication_follows_it(story: SeedStory) -> None:
    """Updates and corrections come after it, and not after now."""
    later = [note.minutes_ago for note in story.corrections]
    later += [] if story.updated_minutes_ago is None else [story.updated_minutes_ago]
    assert all(0 <= minutes < story.minutes_ago for minutes in later)


def test_every_kind_of_story_is_there() -> None:
    """What a newcomer should be able to look at: languages, sections, states."""
    stories = NEWSROOM.stories
    assert len(stories) >= 14
    assert {story.lang for story in stories} == {"en", "de", "fr", "ar"}
    assert {story.section for story in stories} == {section.slug for section in NEWSROOM.sections}
    assert any(story.embargo_minutes_ahead for story in stories)
    assert any(story.corrections for story in stories)
    assert Counter(story.discussion for story in stories)[Discussion.OFF] == 1
    assert Counter(story.discussion for story in stories)[Discussion.CLOSED] == 1
    assert Counter(story.moderation for story in stories)[Moderation.PRE] == 1


def test_no_two_stories_share_a_picture() -> None:
    """Each has a scene of its own."""
    scenes = [story.photo.scene for story in NEWSROOM.stories]
    assert len(set(scenes)) == len(scenes)


def test_everybody_bears_a_name_that_may_be_taken() -> None:
    """Under the rules for names, and none that looks like another's."""
    names = [person.name for person in NEWSROOM.people]
    assert [check_name(name, site_name="The Ellery Courier").text for name in names] == names
    assert len({fold(name) for name in names}) == len(names)


def test_the_cast_is_large_and_has_its_staff() -> None:
    """About 180 people, in several scripts, with every role among them."""
    assert len(NEWSROOM.people) >= 180
    assert {person.role for person in NEWSROOM.people} == set(Role)
    assert {person.name for person in NEWSROOM.people} >= set(GUESTS)
    assert sum(not person.name.isascii() for person in NEWSROOM.people) >= 20
    assert all(person.joined_days_ago > 0 for person in NEWSROOM.people)
