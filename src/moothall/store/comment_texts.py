"""The texts that a comment had."""

from collections.abc import Sequence

from sqlalchemy import Connection

from moothall.discussion.model import CommentId
from moothall.kernel.ids import from_text
from moothall.store.raw import row, rows

_CHUNK = 500


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


def texts_by_name(conn: Connection, names: Sequence[str]) -> dict[str, str]:
    """What comments say now, by our id or by their archive's; those taken back are absent."""
    found: dict[str, str] = {}
    for at in range(0, len(names), _CHUNK):
        chunk = names[at : at + _CHUNK]
        marks = f"({', '.join('?' * len(chunk))})"
        query = f"SELECT external_id, id FROM import_map WHERE kind = 'comment' AND external_id IN {marks}"  # noqa: S608
        numbers = {name: from_text(name) for name in chunk} | dict(rows(conn, query, list(chunk)))
        wanted = [number for number in numbers.values() if number is not None]
        if not wanted:
            continue
        marks = f"({', '.join('?' * len(wanted))})"
        query = f"SELECT id, body FROM comment WHERE state <> 'withdrawn' AND id IN {marks}"  # noqa: S608
        bodies = dict(rows(conn, query, wanted))
        found.update((name, bodies[number]) for name, number in numbers.items() if number in bodies)
    return found
