"""Which stories stand beside a story."""

from moothall.kernel.limits import DAY_MS
from moothall.story.model import Discussion, Section, StoryCard, StoryId
from moothall.story.related import Candidate, related

NOW_MS = 1_000 * DAY_MS


def card(number: int, *, days_ago: int = 0) -> StoryCard:
    """A story; only id and age matter here."""
    return StoryCard(StoryId(number), "bcdfgh", "slug", "/city/slug-bcdfgh", False, "en", Section("city", "City"),
                     f"Story {number}", "", "", None, NOW_MS - days_ago * DAY_MS, None, 0,
                     Discussion.OPEN)  # fmt: skip


def order(*candidates: Candidate, pinned: tuple[StoryCard, ...] = (), limit: int = 9) -> list[int]:
    """Ids as they would be shown."""
    return [one.id for one in related(pinned, candidates, now_ms=NOW_MS, limit=limit)]


def test_the_editors_choice_stands_first_and_once() -> None:
    """Pinned ones keep the editor's order; the rest follows."""
    pinned = (card(7), card(3))
    assert order(Candidate(card(3), (2,)), Candidate(card(5), (2,)), pinned=pinned) == [7, 3, 5]


def test_a_rare_keyword_says_more_than_a_common_one() -> None:
    """Two stories on the same bridge are nearer than two of five hundred on the council."""
    assert order(Candidate(card(1), (500,)), Candidate(card(2), (2,))) == [2, 1]


def test_more_shared_keywords_say_more() -> None:
    """Two of the same rarity beat one."""
    assert order(Candidate(card(1), (9,)), Candidate(card(2), (9, 9))) == [2, 1]


def test_the_section_alone_is_the_weakest_tie() -> None:
    """A neighbour of today loses to a month-old story on the same subject, and still fills the list."""
    assert order(Candidate(card(1), ()), Candidate(card(2, days_ago=30), (3,))) == [2, 1]


def test_fresh_before_old_when_all_else_is_equal() -> None:
    """An old story loses half its worth in a month; of one moment, the later made comes first."""
    assert order(*(Candidate(card(n, days_ago=age), (4,)) for n, age in ((1, 60), (2, 0), (3, 30), (4, 0)))) == [
        4,
        2,
        3,
        1,
    ]


def test_a_story_from_the_future_gains_nothing() -> None:
    """A clock that is ahead elsewhere makes nothing more related."""
    assert order(Candidate(card(1, days_ago=-30), (9,)), Candidate(card(2), (8,))) == [2, 1]


def test_at_most_as_many_as_there_is_room() -> None:
    """The pinned ones count."""
    assert order(Candidate(card(3), (2,)), Candidate(card(4), (9,)), pinned=(card(1),), limit=2) == [1, 3]
    assert order() == []
