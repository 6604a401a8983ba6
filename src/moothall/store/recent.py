"""Fills the memory of what was posted lately: after a start from the store, then with each comment."""

import asyncio
from collections.abc import Callable

from moothall.discussion.model import Comment, State
from moothall.kernel.ids import id_at, made_at_ms
from moothall.kernel.limits import RECENT_COMMENTS
from moothall.moderation.recent import WINDOW_MS, Recent
from moothall.store.database import Database
from moothall.store.raw import rows

# After a start, so many are read again: a second's work, done between requests.
_AT_START = min(RECENT_COMMENTS, 10_000)
# As many as hold the event loop for some milliseconds.
_AT_ONCE = 50


async def remember(db: Database, recent: Recent, now_ms: int) -> None:
    """The comments of the last 24 hours, the newest ones where there are many; oldest first."""
    found = await db.read(
        lambda c: rows(
            c,
            "SELECT id, story_id, author_id, body FROM comment"
            " WHERE id >= ? AND state <> ? ORDER BY id DESC LIMIT ?",
            [id_at(now_ms - WINDOW_MS), State.WITHDRAWN.value, _AT_START],
        )
    )
    for n, (comment_id, story_id, author_id, body) in enumerate(reversed(found)):
        if n % _AT_ONCE == 0:
            await asyncio.sleep(0)
        recent.add(comment_id, story_id=story_id, author_id=author_id, body=body, at_ms=made_at_ms(comment_id))


def wrote(recent: Recent) -> Callable[[Comment], None]:
    """Remembers each comment that was written."""

    def add(comment: Comment) -> None:
        recent.add(
            comment.id,
            story_id=comment.story_id,
            author_id=comment.author.id,
            body=comment.body,
            at_ms=comment.created_at_ms,
        )

    return add
