"""The rules that the store cannot show: depth and windows."""

import pytest
from msgspec.structs import replace

from moothall.discussion import rules
from moothall.discussion.access import may_read, may_see, public_face
from moothall.discussion.model import CommentId, State
from moothall.discussion.port import ParentTerms
from moothall.discussion.ranking import wilson
from moothall.kernel.errors import BodyTooLong
from moothall.kernel.limits import COMMENT_DEPTH, EDIT_WINDOW_MS
from moothall.people.model import NOBODY, Account, AccountId, Role, Viewer
from moothall.story.model import StoryId
from tests.unit.discussion.test_thread import ADA, comment


def parent(depth: int) -> ParentTerms:
    return ParentTerms(
        id=CommentId(9), story_id=StoryId(1), parent_id=CommentId(8), root_id=CommentId(2), depth=depth,
        state=State.LIVE, author_id=AccountId(1), author_blocks_me=False,
    )  # fmt: skip


def viewer(number: int, role: Role) -> Viewer:
    return Viewer(Account(AccountId(number), "Someone", role, 0))


def test_a_reply_past_the_depth_limit_stands_beside_its_parent() -> None:
    """The deepest level takes further answers beside, not below."""
    assert rules.place(None) == (0, 0, 0)
    assert rules.place(parent(3)) == (9, 2, 4)
    assert rules.place(parent(COMMENT_DEPTH)) == (8, 2, COMMENT_DEPTH)


def test_too_long_says_by_how_much() -> None:
    """The reader is told how many characters must go, counted as readers count."""
    with pytest.raises(BodyTooLong) as told:
        rules.check_body("👩‍👩‍👧‍👦" * 300 + "x" * 1750)
    assert told.value.params["over"] == 50


def test_few_but_enormous_characters_are_too_long() -> None:
    """A thousand combining marks on one letter are bounded by bytes."""
    with pytest.raises(BodyTooLong):
        rules.check_body("a" + "\u0301" * 20_000)


def test_the_edit_window_is_measured_from_posting() -> None:
    """Open until its last millisecond, and not closed by a clock that jumped back."""
    one = replace(comment(1, 0, 0), created_at_ms=1_000)
    assert rules.in_edit_window(one, 1_000 + EDIT_WINDOW_MS - 1)
    assert not rules.in_edit_window(one, 1_000 + EDIT_WINDOW_MS)
    assert rules.in_edit_window(one, 0)


@pytest.mark.parametrize(
    ("state", "replies", "nobody", "other", "author", "moderator"),
    [
        (State.LIVE, 0, "read", "read", "read", "read"),
        (State.HELD, 0, "", "", "read", "read"),
        (State.HELD, 1, "see", "see", "read", "read"),
        (State.REJECTED, 0, "", "", "read", "read"),
        (State.REMOVED, 0, "", "", "read", "read"),
        (State.REMOVED, 2, "see", "see", "read", "read"),
        (State.WITHDRAWN, 0, "", "", "", "read"),
        (State.WITHDRAWN, 2, "see", "see", "see", "read"),
    ],
)
def test_who_may_see_what(state: State, replies: int, nobody: str, other: str, author: str, moderator: str) -> None:
    """The table of states and viewers, and what each gets of the words."""
    one = replace(comment(1, 0, 0), state=state, reply_count=replies, body_html="<p>words</p>")
    viewers = {
        NOBODY: nobody,
        viewer(99, Role.READER): other,
        viewer(ADA.id, Role.READER): author,
        viewer(50, Role.MODERATOR): moderator,
    }
    for who, allowed in viewers.items():
        assert may_read(one, who) == (allowed == "read")
        assert may_see(one, who) == (allowed in {"see", "read"})
        assert bool(public_face(one, who).body_html) == (allowed == "read")
        assert bool(public_face(one, who).author.display_name) == (allowed == "read")


def test_wilson_prefers_many_votes_to_few() -> None:
    """More evidence at one share ranks higher; nothing known ranks lowest."""
    assert wilson(0, 0) == 0
    assert wilson(100, 0) > wilson(10, 0) > wilson(1, 0) > wilson(1, 9) > 0
    assert wilson(60, 40) == 502_001
