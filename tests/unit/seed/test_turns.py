"""Who speaks when in a fictional discussion."""

import random

import pytest

from moothall.seed.supply import Supply, Topic, Written
from moothall.seed.turns import turns

EARLY = (
    Written(None, "@a", "first"),
    Written(0, "@b", "answer"),
    Written(1, "@a", "again"),
    Written(None, "@c", "second"),
)
LATE = (Written(None, "@d", "late"), Written(0, "@e", "late answer"))
TALK = Supply(EARLY, LATE, {"bridge": Topic((), ("A claim.",), ("An answer.",))}, {})
SILENT = Supply(EARLY, LATE, {}, {})


@pytest.mark.parametrize("count", [1, 3, 6, 7, 40])
def test_replies_follow_what_they_answer(count: int) -> None:
    """However few there is room for."""
    given = turns(TALK, count, random.Random(1))
    assert len(given) == count
    seen: set[tuple[bool, int] | None] = {None}
    for turn in filter(None, given):
        assert turn.parent in seen
        seen.add((turn.late, turn.place))


def test_what_was_written_stands_at_both_ends() -> None:
    """The middle is for others."""
    given = turns(TALK, 40, random.Random(1))
    assert given[0] is not None
    assert sum(turn is not None for turn in given) == len(EARLY) + len(LATE)
    assert [turn for turn in given[8:30] if turn] == []


def test_without_topics_only_the_written_is_said() -> None:
    """Nobody is made to speak who has nothing to say."""
    given = turns(SILENT, 6, random.Random(1))
    assert [turn.one.body for turn in given if turn][-2:] == ["late", "late answer"]
    assert len(given) == 6
