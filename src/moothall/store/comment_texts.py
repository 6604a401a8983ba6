"""The texts that a comment had."""

from sqlalchemy import Connection

from moothall.discussion.model import CommentId
from moothall.store.raw import row


def text_at(conn: Connection, comment_id: CommentId, revision: int) -> str:
    """The text of a revision; empty when its author took the comment back, or it is not there."""
    now = row(conn, "SELECT revision, body, state FROM comment WHERE id = ?", [comment_id])
    if now is None or now[2] == "withdrawn":
        return ""
    if now[0] == revision:
        return str(now[1])
    query = "SELECT body FROM comment_revision WHERE comment_id = ? AND revision = ?"
    old = row(conn, query, [comment_id, revision])
    return str(old[0]) if old else ""
