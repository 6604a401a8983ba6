"""What moderators wrote to the author of a comment that is not shown."""

from collections.abc import Sequence

from sqlalchemy import Connection

from moothall.discussion.model import Comment
from moothall.store.raw import rows


def notes(conn: Connection, comments: Sequence[Comment]) -> dict[int, str]:
    """By comment: the note of the decision that made its state what it is, where there is one."""
    if not comments:
        return {}
    marks = ", ".join("?" * len(comments))
    found = rows(
        conn,
        f"SELECT comment_id, after, note FROM decision WHERE comment_id IN ({marks}) ORDER BY id",  # noqa: S608
        [one.id for one in comments],
    )
    latest = {comment_id: (after, note) for comment_id, after, note in found}
    states = {one.id: one.state.value for one in comments}
    return {number: note for number, (after, note) in latest.items() if note and after == states[number]}
