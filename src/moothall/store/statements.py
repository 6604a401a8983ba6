"""Statements of reasons as rows."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection

from moothall.discussion.model import CommentId
from moothall.kernel.errors import NotFound
from moothall.moderation.standards_model import Ground
from moothall.moderation.statement import Reasons, Restriction, Source, Statement
from moothall.people.model import AccountId
from moothall.store.raw import row, rows, run
from moothall.store.tx import Tx

_NAMES = (
    "id, account_id, comment_id, story_id, restriction, rule, ground, breach, keyword, source, found_by_machine,"
    " decided_by_machine, spans, phases, revision, note, lang, said_at_ms, until_ms, at_ms, ended_at_ms"
)
_INSERT = f"INSERT INTO statement ({_NAMES}) VALUES ({', '.join('?' * (_NAMES.count(',') + 1))})"  # noqa: S608


def keep(tx: Tx, made: Statement) -> None:
    """Insert."""
    why = made.reasons
    values = [
        made.id, made.account_id, made.comment_id, made.story_id, made.restriction.value, why.rule,
        made.ground.value, made.breach, made.keyword, why.source.value, int(why.found_by_machine),
        int(why.decided_by_machine), _json(why.spans), _json(why.phases), why.revision, why.note, made.lang,
        made.said_at_ms, made.until_ms, made.at_ms, made.ended_at_ms,
    ]  # fmt: skip
    run(tx.conn, _INSERT, values)


def get(conn: Connection, statement_id: int) -> Statement:
    """Raises: NotFound."""
    found = row(conn, f"SELECT {_NAMES} FROM statement WHERE id = ?", [statement_id])  # noqa: S608
    if found is None:
        raise NotFound
    return from_row(found)


def of_account(conn: Connection, account_id: AccountId, *, before: int, limit: int) -> tuple[Statement, ...]:
    """A person's statements, newest first, older than the id `before`."""
    query = f"SELECT {_NAMES} FROM statement WHERE account_id = ? AND id < ? ORDER BY id DESC LIMIT ?"  # noqa: S608
    return tuple(from_row(one) for one in rows(conn, query, [account_id, before, limit]))


def standing(conn: Connection, comment_id: CommentId) -> Statement | None:
    """The statement that explains why a comment is not shown."""
    query = f"SELECT {_NAMES} FROM statement WHERE comment_id = ? AND ended_at_ms IS NULL ORDER BY id DESC"  # noqa: S608
    found = row(conn, f"{query} LIMIT 1", [comment_id])
    return from_row(found) if found else None


def between(conn: Connection, start_ms: int, end_ms: int, *, after: tuple[int, int], limit: int) -> list[Statement]:
    """Statements made in a span of time (`end_ms` excluded), by (time, id), after such a pair."""
    query = (
        f"SELECT {_NAMES} FROM statement WHERE at_ms >= ? AND at_ms < ? AND (at_ms, id) > (?, ?)"  # noqa: S608
        " ORDER BY at_ms, id LIMIT ?"
    )
    return [from_row(one) for one in rows(conn, query, [start_ms, end_ms, *after, limit])]


def end_of_comment(tx: Tx, comment_id: CommentId, at_ms: int) -> tuple[int, ...]:
    """What stood on a comment stands no more.  Returns: which ended."""
    return _end(tx, "comment_id = ?", [comment_id], at_ms)


def end_of_discussion(tx: Tx, story_id: int, at_ms: int) -> tuple[int, ...]:
    """What stood on a whole discussion stands no more."""
    return _end(tx, "story_id = ? AND comment_id IS NULL AND account_id IS NULL", [story_id], at_ms)


def end(tx: Tx, ids: Iterable[int], at_ms: int) -> tuple[int, ...]:
    """These stand no more."""
    return tuple(one for number in ids for one in _end(tx, "id = ?", [number], at_ms))


def reopen(tx: Tx, ids: Iterable[int]) -> None:
    """These stand again: what ended them was taken back."""
    for number in ids:
        run(tx.conn, "UPDATE statement SET ended_at_ms = NULL WHERE id = ?", [number])


def from_row(found: Any) -> Statement:
    """A row of all columns."""
    reasons = Reasons(
        rule=found[5],
        note=found[15],
        source=Source(found[9]),
        found_by_machine=bool(found[10]),
        decided_by_machine=bool(found[11]),
        spans=msgspec.json.decode(found[12], type=tuple[tuple[int, int], ...]),
        phases=msgspec.json.decode(found[13], type=tuple[str, ...]),
        revision=found[14],
    )
    return Statement(
        id=found[0], account_id=found[1], comment_id=found[2], story_id=found[3],
        restriction=Restriction(found[4]), reasons=reasons, ground=Ground(found[6]), breach=found[7],
        keyword=found[8], lang=found[16], said_at_ms=found[17], until_ms=found[18], at_ms=found[19],
        ended_at_ms=found[20],
    )  # fmt: skip


def _end(tx: Tx, where: str, args: Sequence[object], at_ms: int) -> tuple[int, ...]:
    sql = f"UPDATE statement SET ended_at_ms = ? WHERE {where} AND ended_at_ms IS NULL RETURNING id"  # noqa: S608
    return tuple(one[0] for one in rows(tx.conn, sql, [at_ms, *args]))


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
