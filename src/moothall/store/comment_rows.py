"""Rows of comments to the words of `discussion`."""

from typing import Any

from moothall.discussion.model import Author, Comment, CommentId, ReactionKind, State
from moothall.kernel.ids import made_at_ms
from moothall.people.model import AccountId, Role
from moothall.story.model import StoryId

COLUMNS = (
    "c.id, c.story_id, c.parent_id, c.root_id, c.depth, c.author_id, a.display_name, a.role, c.state,"
    " c.body, c.body_html, c.edited_at_ms, c.revision, c.respect, c.disagree, c.score, c.reply_count,"
    " c.removal_rule, c.featured"
)
WIDTH = COLUMNS.count(",") + 1
"""Where in a row stands what was asked for after `COLUMNS`."""
FROM = "FROM comment c JOIN account a ON a.id = c.author_id"


def comment(row: Any, *, parent_author: str | None = None, mine: str | None = None) -> Comment:
    """A row of `COLUMNS`."""
    return Comment(
        id=CommentId(row[0]),
        story_id=StoryId(row[1]),
        parent_id=CommentId(row[2]),
        root_id=CommentId(row[3]),
        depth=row[4],
        author=Author(AccountId(row[5]), row[6], Role(row[7])),
        state=State(row[8]),
        body=row[9],
        body_html=row[10],
        created_at_ms=made_at_ms(row[0]),
        edited_at_ms=row[11],
        revision=row[12],
        respect=row[13],
        disagree=row[14],
        score=row[15],
        reply_count=row[16],
        removal_rule=row[17],
        featured=bool(row[18]) and row[8] == State.LIVE,
        parent_author=parent_author,
        my_reaction=ReactionKind(mine) if mine else None,
    )
