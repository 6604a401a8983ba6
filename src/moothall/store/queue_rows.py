"""Comments of a queue read whole, with what speaks about each."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from moothall.discussion.model import CommentId, State
from moothall.moderation.queue import Noticed, Record, Told, Waiting
from moothall.people.model import AccountId
from moothall.store import comment_rows
from moothall.store.raw import rows

_SELECT = (
    f"SELECT {comment_rows.COLUMNS}, s.headline, s.code, c.report_count, a.banned_until_ms, p.body_html"
    f" {comment_rows.FROM} JOIN story s ON s.id = c.story_id LEFT JOIN comment p ON p.id = c.parent_id"
    " WHERE c.id IN "
)
_FINDINGS = (
    "SELECT phase, rule, detail, starts, ends, cue, value FROM finding WHERE comment_id = ? AND revision = ?"
    " ORDER BY position"
)
_REPORTS = "SELECT reason, text FROM report WHERE comment_id = ? AND settled = 0 ORDER BY at_ms LIMIT 10"
_RECORD_CAP = 100


def waiting(conn: Connection, ids: Sequence[CommentId]) -> tuple[Waiting, ...]:
    """In the order of the ids; what is gone is left out."""
    if not ids:
        return ()
    found = {one[0]: one for one in rows(conn, f"{_SELECT}({', '.join('?' * len(ids))})", ids)}
    return tuple(_waiting(conn, found[key]) for key in ids if key in found)


def record_of(conn: Connection, author_id: AccountId, banned_until_ms: int | None) -> Record:
    """The author's last hundred comments, counted."""
    latest = f"SELECT state FROM comment WHERE author_id = ? ORDER BY id DESC LIMIT {_RECORD_CAP}"  # noqa: S608
    states = [State(one[0]) for one in rows(conn, latest, [author_id])]
    down = sum(state in {State.REMOVED, State.REJECTED} for state in states)
    return Record(states.count(State.LIVE), down, banned_until_ms)


def _waiting(conn: Connection, found: Any) -> Waiting:
    comment = comment_rows.comment(found)
    headline, code, report_count, banned_until_ms, parent_html = found[comment_rows.WIDTH :]
    return Waiting(
        comment=comment,
        story_headline=headline,
        story_code=code,
        report_count=report_count,
        author=record_of(conn, comment.author.id, banned_until_ms),
        parent_html=parent_html or "",
        findings=tuple(Noticed(*one) for one in rows(conn, _FINDINGS, [comment.id, comment.revision])),
        reports=tuple(Told(*one) for one in rows(conn, _REPORTS, [comment.id])),
    )
