"""All that a moderator may want to know of a comment, each part bounded."""

from collections.abc import Sequence

from sqlalchemy import Connection

from moothall.discussion.model import NO_PARENT, Comment, CommentId, State
from moothall.kernel.errors import NotFound
from moothall.kernel.limits import BATCH, COPIES_LOOKED, THREAD_AROUND
from moothall.moderation.context import About, Alike, Past
from moothall.moderation.likeness import ALIKE, likeness, shingles
from moothall.moderation.queue import Waiting
from moothall.people.model import AccountId
from moothall.store import comment_rows
from moothall.store.queue_rows import waiting
from moothall.store.raw import row, rows

_ONE = f"SELECT {comment_rows.COLUMNS} {comment_rows.FROM} WHERE "
_LATEST = (
    "SELECT c.id, c.state, c.removal_rule, c.body, s.headline FROM comment c JOIN story s ON s.id = c.story_id"
    " WHERE c.author_id = ? ORDER BY c.id DESC LIMIT 12"
)
# Where copies are: with the same author, in the same discussion, among what waits.
_BY_AUTHOR = "c.author_id = ? AND c.id <> ?"
_IN_STORY = "c.story_id = ? AND c.state = 'live' AND c.id <> ?"
_HELD = "c.state = 'held' AND c.state IN ('held', 'rejected', 'removed')"


def about(conn: Connection, comment_id: CommentId) -> About:
    """Raises: NotFound."""
    found = waiting(conn, [comment_id])
    if not found:
        raise NotFound
    (one,) = found
    comment = one.comment
    return About(
        waiting=one,
        above=_above(conn, comment),
        below=_some(conn, "c.parent_id = ? AND c.shown = 1 AND c.story_id = ?", [comment.id, comment.story_id]),
        beside=_beside(conn, comment),
        past=tuple(Past(*one) for one in rows(conn, _LATEST, [comment.author.id])),
        joined_ms=_joined(conn, comment.author.id),
        copies=copies(conn, comment),
        story_comments=_story_comments(conn, comment.story_id),
    )


def copies(conn: Connection, comment: Comment) -> tuple[Alike, ...]:
    """Comments whose words are much the same, most alike first."""
    mine = shingles(comment.body)
    found: dict[int, Alike] = {}
    for other in _candidates(conn, comment):
        share = likeness(mine, shingles(other.body))
        if share >= ALIKE:
            found[other.id] = Alike(other, share)
    return tuple(sorted(found.values(), key=lambda one: (-one.share, -one.comment.id)))


def alike(conn: Connection, comment_id: CommentId) -> tuple[Waiting, ...]:
    """One comment and those like it that may still be decided on.  Raises: NotFound."""
    found = waiting(conn, [comment_id])
    if not found:
        raise NotFound
    others = [one.comment for one in copies(conn, found[0].comment)]
    open_ones = [one.id for one in others if one.state in {State.LIVE, State.HELD}]
    return (*found, *waiting(conn, open_ones[: BATCH - 1]))


def _candidates(conn: Connection, comment: Comment) -> list[Comment]:
    by_author = _some(conn, _BY_AUTHOR, [comment.author.id, comment.id], COPIES_LOOKED)
    in_story = _some(conn, _IN_STORY, [comment.story_id, comment.id], COPIES_LOOKED)
    return [*by_author, *in_story, *_some(conn, f"{_HELD} AND c.id <> ?", [comment.id], COPIES_LOOKED)]


def _some(conn: Connection, where: str, args: Sequence[object], limit: int = THREAD_AROUND) -> tuple[Comment, ...]:
    found = rows(conn, f"{_ONE}{where} ORDER BY c.id DESC LIMIT {limit}", args)
    return tuple(comment_rows.comment(one) for one in reversed(found))


def _above(conn: Connection, comment: Comment) -> tuple[Comment, ...]:
    """What it answers, and what that answers."""
    found: list[Comment] = []
    parent = comment.parent_id
    while parent != NO_PARENT and len(found) < THREAD_AROUND:
        up = row(conn, f"{_ONE}c.id = ?", [parent])
        if up is None:
            break
        found.insert(0, comment_rows.comment(up))
        parent = found[0].parent_id
    return tuple(found)


def _beside(conn: Connection, comment: Comment) -> tuple[Comment, ...]:
    """What was said before it in the same place."""
    where = "c.story_id = ? AND c.parent_id = ? AND c.shown = 1 AND c.id < ?"
    return _some(conn, where, [comment.story_id, comment.parent_id, comment.id], 3)


def _joined(conn: Connection, account: AccountId) -> int:
    found = row(conn, "SELECT made_at_ms FROM account WHERE id = ?", [account])
    return int(found[0]) if found else 0


def _story_comments(conn: Connection, story_id: int) -> int:
    found = row(conn, "SELECT comment_count FROM story WHERE id = ?", [story_id])
    return int(found[0]) if found else 0
