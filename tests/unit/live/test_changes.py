"""The changes document says what a page needs, in the shortest form, and only what is public."""

import json

import msgspec

from moothall.kernel.event import EventKind
from moothall.kernel.ids import to_text
from moothall.kernel.limits import CHANGES_MAX
from moothall.live.changes import Span, changes, fold
from moothall.live.source import polled
from tests.unit.live.events import event, recent, standing

ONE, TWO = to_text(1), to_text(2)


def test_each_kind_has_its_form() -> None:
    """New, edited, removed and reactions look as the page contract says."""
    told = fold(
        [
            event(1, parent_id=2),
            event(2, EventKind.EDITED, 8),
            event(3, EventKind.REMOVED, 9),
            event(4, EventKind.REACTIONS, 8, a=12, b=3),
        ]
    )
    eight, nine = to_text(8), to_text(9)
    assert told == (("new", ONE, TWO), ("edited", eight), ("removed", nine), ("reactions", eight, 12, 3))


def test_many_reactions_fold_into_the_last() -> None:
    """Only the newest numbers are told."""
    told = fold([event(1, EventKind.REACTIONS, 5, a=1), event(2, EventKind.REACTIONS, 5, a=2)])
    assert told == (("reactions", to_text(5), 2, 0),)


def test_a_comment_that_came_and_went_is_only_gone() -> None:
    """What is no longer public is not announced as new, edited or liked."""
    told = fold(
        [
            event(1),
            event(2, EventKind.EDITED, 1),
            event(3, EventKind.REACTIONS, 1, a=1),
            event(4, EventKind.REMOVED, 1),
        ]
    )
    assert told == (("removed", ONE),)


def test_a_restored_comment_is_new() -> None:
    """Removed and restored within one document counts as new, not as gone."""
    assert fold([event(1, EventKind.REMOVED, 1), event(2, comment=1)]) == (("new", ONE, ""),)


def test_opening_and_closing_tell_through_the_flag_alone() -> None:
    """A discussion's own events carry no change of a comment."""
    assert fold([event(1, EventKind.DISCUSSION), event(2, EventKind.STORY)]) == ()


def test_only_the_span_is_told() -> None:
    """Events up to `since` and after `seq` are left out."""
    document = changes([event(n) for n in range(1, 6)], Span(2, 4), standing(4, 9))
    assert (document.since, document.seq, document.count, document.open) == (2, 4, 9, True)
    assert [change[1] for change in document.changes] == [to_text(3), to_text(4)]


def test_the_json_has_the_contracts_names() -> None:
    """`from`, `seq`, `count`, `open`, `changes`; `reload` only when it is true."""
    document = json.loads(msgspec.json.encode(changes([event(4)], Span(3, 4), standing(4, 1))))
    assert document == {"from": 3, "seq": 4, "count": 1, "open": True, "changes": [["new", to_text(4), ""]]}


def test_too_many_changes_mean_reload() -> None:
    """A page too far behind reloads; at the limit it is still told."""
    events = [event(n) for n in range(1, CHANGES_MAX + 2)]
    assert not changes(events, Span(1, CHANGES_MAX + 1), standing(0)).reload
    document = changes(events, Span(0, CHANGES_MAX + 1), standing(0))
    assert document.reload
    assert document.changes == ()


def test_a_poll_beyond_what_is_known_means_reload() -> None:
    """Before the oldest kept event, or after the newest (a restored backup), the page reloads."""
    known = recent(event(11), event(12), floor=10)
    assert [json.loads(polled(known, since)).get("reload", False) for since in (9, 10, 12, 13)] == [
        True,
        False,
        False,
        True,
    ]


def test_a_poll_of_a_quiet_story_is_complete() -> None:
    """A page that stands at the newest event never reloads, however old that event is."""
    assert json.loads(polled(recent(floor=500), 500)) == {
        "from": 500, "seq": 500, "count": 0, "open": True, "changes": [],
    }  # fmt: skip
