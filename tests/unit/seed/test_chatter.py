"""What the fictional readers say is the same every time, hangs together, and does not repeat itself."""

import hashlib
import os
import re
import subprocess
import sys
from collections import Counter

import pytest

from moothall.discussion.body import render
from moothall.discussion.model import State
from moothall.discussion.ranking import wilson
from moothall.kernel.limits import COMMENT_BODY_GRAPHEMES
from moothall.kernel.text import graphemes
from moothall.seed.chatter import comments_for
from moothall.seed.load import load_newsroom
from moothall.seed.model import SeedComment, SeedStory
from moothall.seed.supply import slots, supply_of

NEWSROOM = load_newsroom()
STORIES = pytest.mark.parametrize("story", NEWSROOM.stories, ids=lambda story: story.slug)
LARGE = pytest.mark.parametrize("story", [s for s in NEWSROOM.stories if s.comments >= 100], ids=lambda s: s.slug)
_DIGEST = """
import hashlib
from moothall.seed.chatter import comments_for
from moothall.seed.load import load_newsroom
said = [repr(one) for story in load_newsroom().stories for one in comments_for(load_newsroom(), story)]
print(hashlib.sha256("".join(said).encode()).hexdigest())
"""


def _said(story: SeedStory, scale: float = 1.0) -> list[SeedComment]:
    return list(comments_for(NEWSROOM, story, scale=scale))


def test_the_same_is_said_in_every_process() -> None:
    """Neither the clock nor the order of sets and hashes has a part in it."""
    here = "".join(repr(one) for story in NEWSROOM.stories for one in _said(story))
    env = os.environ | {"PYTHONHASHSEED": "4711"}
    there = subprocess.run([sys.executable, "-c", _DIGEST], env=env, capture_output=True, text=True, check=True)
    assert there.stdout.strip() == hashlib.sha256(here.encode()).hexdigest()


@STORIES
def test_as_many_as_stated(story: SeedStory) -> None:
    """The story says how many comments it has, held and removed ones included."""
    assert len(_said(story)) == story.comments


@STORIES
def test_parents_come_before_their_replies(story: SeedStory) -> None:
    """In order and in time; keys count from 1."""
    said = _said(story)
    for place, one in enumerate(said, 1):
        assert one.key == place
        assert 0 <= one.parent < one.key
        if one.parent:
            assert one.seconds_ago < said[one.parent - 1].seconds_ago


@STORIES
def test_nobody_speaks_before_publication_or_after_now(story: SeedStory) -> None:
    """Every comment is younger than its story, and none is of the future."""
    assert all(0 < one.seconds_ago < story.minutes_ago * 60 for one in _said(story))


@STORIES
def test_authors_are_people_of_the_newsroom(story: SeedStory) -> None:
    """No author is missing, and nobody answers themselves unless it was written so."""
    assert all(0 <= one.author < len(NEWSROOM.people) for one in _said(story))


@STORIES
def test_nothing_is_said_twice(story: SeedStory) -> None:
    """No two comments of a discussion have the same body."""
    bodies = Counter(one.body for one in _said(story))
    assert [body for body, times in bodies.items() if times > 1] == []


@LARGE
@pytest.mark.parametrize("order", ["oldest", "newest", "respected"])
def test_the_first_page_of_no_order_repeats_itself(story: SeedStory, order: str) -> None:
    """In 50 threads, as a page shows them, no sentence of some length stands twice."""
    roots = [one for one in _said(story) if not one.parent and one.state is State.LIVE]
    if order == "respected":
        roots.sort(key=lambda one: -wilson(one.respect, one.disagree))
    page = roots[-50:] if order == "newest" else roots[:50]
    sentences = Counter(found for one in page for found in re.findall(r"[^.!?\n>]{40,}[.!?]", one.body))
    assert [sentence for sentence, times in sentences.items() if times > 1] == []


@LARGE
def test_a_large_discussion_has_the_shape_of_one(story: SeedStory) -> None:
    """Deep threads, roots that nobody answers, one line here and four paragraphs there."""
    said = _said(story)
    depth = [0]
    for one in said:
        depth.append(depth[one.parent] + 1)
    answered = {one.parent for one in said}
    silent = sum(not one.parent and one.key not in answered for one in said)
    assert max(depth) > 6
    assert silent > 0.04 * len(said)
    assert max(one.body.count("\n\n") for one in said) >= 2
    assert min(len(one.body) for one in said) < 20


def test_moderators_have_something_to_look_at() -> None:
    """Comments that wait, were removed or taken back; none was ever rejected, for nobody would see it."""
    states = {one.state for story in NEWSROOM.stories for one in _said(story)}
    assert states == set(State) - {State.REJECTED}


@STORIES
def test_readers_react_once_each(story: SeedStory) -> None:
    """Nobody has more reactions than there are people to react; what is held has none."""
    for one in _said(story):
        assert one.respect + one.disagree < len(NEWSROOM.people)
        assert one.state is not State.HELD or one.respect + one.disagree == 0


@STORIES
def test_every_comment_could_have_been_sent(story: SeedStory) -> None:
    """It has text, is no longer than a comment may be, and nothing in it is left to fill in."""
    for one in _said(story):
        assert one.body == one.body.strip()
        assert 0 < graphemes(one.body) <= COMMENT_BODY_GRAPHEMES
        assert not re.search(r"[{}|]|^[~^=*]+ ", one.body, re.MULTILINE), one.body


def test_markdown_is_used_now_and_then() -> None:
    """Quotes, lists, emphasis and links are there to be looked at."""
    html = "".join(render(one.body) for story in NEWSROOM.stories for one in _said(story))
    assert all(f"<{tag}" in html for tag in ("blockquote", "ul", "em", "strong", "a "))
    assert set(re.findall(r'href="https?://([^/"]+)', html)) == {"example.org"}


@STORIES
def test_a_smaller_newsroom_is_a_shorter_one(story: SeedStory) -> None:
    """`scale` cuts every discussion, and at least three comments stay where there were three."""
    said = _said(story, 0.02)
    assert len(said) == max(min(3, story.comments), round(story.comments * 0.02))
    assert all(one.parent < one.key for one in said)


@STORIES
def test_topics_quote_what_the_story_says(story: SeedStory) -> None:
    """A quotation from the story is in the story."""
    supply = supply_of(story.voices)
    quotes = {quote for topic in supply.topics.values() for quote in topic.quotes}
    assert [quote for quote in quotes if quote not in f"{story.standfirst}\n{story.body}"] == []


@STORIES
def test_everybody_named_in_a_supply_exists(story: SeedStory) -> None:
    """A head names somebody of the newsroom, or a label that begins with @."""
    supply = supply_of(story.voices)
    named = {one.who for one in (*supply.early, *supply.late) if not one.who.startswith("@")}
    assert named <= {person.name for person in NEWSROOM.people}


@LARGE
def test_every_slot_can_be_filled(story: SeedStory) -> None:
    """A `{slot}` in any line has something to stand in it; only answers may speak to somebody."""
    supply = supply_of(story.voices)
    claims = [line for topic in supply.topics.values() for line in topic.claims]
    alone = [*claims, *supply.parts["open"], *supply.parts["close"], *supply.parts["list"]]
    answers = [line for topic in supply.topics.values() for line in topic.answers]
    spoken = [*answers, *supply.parts["nod"], *supply.parts["deep"]]
    assert _slots_of(alone) <= slots().keys()
    assert _slots_of(spoken) <= slots().keys() | {"name", "other"}


def _slots_of(lines: list[str]) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", "\n".join(lines)))
