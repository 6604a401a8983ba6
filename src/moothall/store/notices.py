"""Notices of illegal content as rows, those of trusted flaggers first."""

from typing import Any, NamedTuple

from sqlalchemy import Connection

from moothall.discussion.model import CommentId
from moothall.kernel.errors import Conflict, NotFound, NoticesRefused
from moothall.moderation.decide import Act, Decision
from moothall.moderation.notice import Notice, NoticeOutcome, NoticeRuling, Sender, after_unfounded
from moothall.moderation.statement import RESTRICTIONS, Source
from moothall.store import moderation_writes
from moothall.store.comment_writes import get as get_comment
from moothall.store.decisions import Entry, log
from moothall.store.raw import row, rows, run
from moothall.store.tx import Tx

_NAMES = (
    "id, comment_id, account_id, sender, breach, explanation, legal_reference, name, email, lang, at_ms, trusted,"
    " revision, outcome, decided_by, note, decided_at_ms"
)


class Flagger(NamedTuple):
    """Whose notices come first.  `organisation`: as the authority lists it."""

    account_id: int
    organisation: str
    until_ms: int | None


_SELECT = f"SELECT {_NAMES} FROM notice WHERE"  # noqa: S608


def file(tx: Tx, made: Notice, code_sha256: str) -> Notice:
    """The notice as it is kept, with the text's revision that it is about.  Raises: NotFound, NoticesRefused."""
    known = sender(tx.conn, made.sender)
    if known.refused_until_ms is not None and made.at_ms < known.refused_until_ms:
        raise NoticesRefused
    said = get_comment(tx, made.comment_id)
    trusted = made.account_id is not None and is_trusted(tx.conn, made.account_id, made.at_ms)
    values = [
        made.id, code_sha256, made.comment_id, said.revision, made.account_id, made.sender, int(trusted),
        made.breach, made.explanation, made.legal_reference, made.name, made.email, made.lang, made.at_ms,
    ]  # fmt: skip
    run(
        tx.conn,
        "INSERT INTO notice (id, code_sha256, comment_id, revision, account_id, sender, trusted, breach,"
        " explanation, legal_reference, name, email, lang, at_ms)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        values,
    )
    _log(tx, made, made.id, "notice", actor_id=made.account_id, note=made.explanation, at_ms=made.at_ms)
    return get(tx.conn, made.id)


def rule(tx: Tx, wanted: NoticeRuling) -> Notice:
    """The notice as decided; a restriction is a decision on its comment, explained to the author.

    Raises: NotFound; Conflict when it was decided before.
    """
    found = get(tx.conn, wanted.notice_id)
    if found.outcome is not None:
        raise Conflict
    run(
        tx.conn,
        "UPDATE notice SET outcome = ?, decided_by = ?, note = ?, decided_at_ms = ? WHERE id = ?",
        [wanted.outcome.value, wanted.actor_id, wanted.note, wanted.at_ms, found.id],
    )
    if wanted.outcome is NoticeOutcome.UNFOUNDED:
        _count_unfounded(tx, found.sender, wanted.at_ms)
    if not (wanted.outcome is NoticeOutcome.ACTED and _act(tx, wanted, found)):
        kind = f"notice_{wanted.outcome.value}"
        _log(tx, found, wanted.id, kind, actor_id=wanted.actor_id, note=wanted.note, at_ms=wanted.at_ms)
    return get(tx.conn, found.id)


def get(conn: Connection, notice_id: int) -> Notice:
    """Raises: NotFound."""
    return _one(conn, "id = ?", notice_id)


def by_code(conn: Connection, code_sha256: str) -> Notice:
    """Whoever has the receipt's code.  Raises: NotFound."""
    return _one(conn, "code_sha256 = ?", code_sha256)


def waiting(conn: Connection, *, after: tuple[bool, int] | None, limit: int) -> tuple[Notice, ...]:
    """Not decided yet: trusted flaggers' first, then the oldest; `after` is (trusted, id) of the last one had."""
    where, args = "decided_at_ms IS NULL", list[object]()
    if after is not None:
        where += " AND (trusted < ? OR (trusted = ? AND id > ?))"
        args = [int(after[0]), int(after[0]), after[1]]
    found = rows(conn, f"{_SELECT} {where} ORDER BY trusted DESC, id LIMIT ?", [*args, limit])
    return tuple(_notice(one) for one in found)


def between(conn: Connection, start_ms: int, end_ms: int) -> tuple[Notice, ...]:
    """Those that came in a span of time; `end_ms` is not in it."""
    found = rows(conn, f"{_SELECT} at_ms >= ? AND at_ms < ? ORDER BY id", [start_ms, end_ms])
    return tuple(_notice(one) for one in found)


def sender(conn: Connection, name: str) -> Sender:
    """What is known of a sender."""
    query = "SELECT unfounded, warned_at_ms, refused_until_ms FROM notice_sender WHERE sender = ?"
    found = row(conn, query, [name])
    return Sender(*found) if found else Sender()


def is_trusted(conn: Connection, account_id: int, now_ms: int) -> bool:
    """Whether an account is a trusted flagger's."""
    query = "SELECT 1 FROM trusted_flagger WHERE account_id = ? AND (until_ms IS NULL OR until_ms > ?)"
    return row(conn, query, [account_id, now_ms]) is not None


def trust(tx: Tx, made: Flagger, *, new_id: int, at_ms: int) -> None:
    """Give a trusted flagger's notices their priority, until its award ends; a newer award takes the place."""
    run(
        tx.conn,
        "INSERT INTO trusted_flagger (account_id, name, until_ms, at_ms) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (account_id) DO UPDATE SET name = excluded.name, until_ms = excluded.until_ms,"
        " at_ms = excluded.at_ms",
        [made.account_id, made.organisation, made.until_ms, at_ms],
    )
    entry = Entry(
        id=new_id,
        kind="trust_flagger",
        actor_id=None,
        account_id=made.account_id,
        note=made.organisation,
        after=str(made.until_ms or ""),
        at_ms=at_ms,
    )
    log(tx, entry)


def distrust(tx: Tx, account_id: int, *, new_id: int, at_ms: int) -> None:
    """Raises: NotFound when it is none."""
    if run(tx.conn, "DELETE FROM trusted_flagger WHERE account_id = ?", [account_id]) == 0:
        raise NotFound
    log(tx, Entry(id=new_id, kind="distrust_flagger", actor_id=None, account_id=account_id, at_ms=at_ms))


def flaggers(conn: Connection) -> tuple[tuple[str, Flagger], ...]:
    """All of them with their display names, by organisation."""
    found = rows(
        conn,
        "SELECT a.display_name, f.account_id, f.name, f.until_ms FROM trusted_flagger f"
        " JOIN account a ON a.id = f.account_id ORDER BY f.name, f.account_id",
    )
    return tuple((name, Flagger(*flagger)) for name, *flagger in found)


def _act(tx: Tx, wanted: NoticeRuling, found: Notice) -> bool:
    """Whether a decision was written; what is already restricted needs none."""
    if get_comment(tx, found.comment_id).state in RESTRICTIONS:
        return False
    source = Source.TRUSTED if found.trusted else Source.NOTICE
    act = Decision(wanted.id, found.comment_id, wanted.actor_id, Act.REMOVE, wanted.rule, wanted.note, wanted.at_ms)
    moderation_writes.decide(tx, act, source)
    return True


def _count_unfounded(tx: Tx, name: str, at_ms: int) -> None:
    now = after_unfounded(sender(tx.conn, name), at_ms)
    run(
        tx.conn,
        "INSERT INTO notice_sender (sender, unfounded, warned_at_ms, refused_until_ms) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (sender) DO UPDATE SET unfounded = excluded.unfounded, warned_at_ms = excluded.warned_at_ms,"
        " refused_until_ms = excluded.refused_until_ms",
        [name, now.unfounded, now.warned_at_ms, now.refused_until_ms],
    )


def _log(tx: Tx, about: Notice, number: int, kind: str, *, actor_id: int | None, note: str, at_ms: int) -> None:
    entry = Entry(
        id=number,
        kind=kind,
        actor_id=actor_id,
        comment_id=about.comment_id,
        account_id=about.account_id,
        note=note,
        at_ms=at_ms,
    )
    log(tx, entry)


def _one(conn: Connection, where: str, value: object) -> Notice:
    found = row(conn, f"{_SELECT} {where}", [value])
    if found is None:
        raise NotFound
    return _notice(found)


def _notice(found: Any) -> Notice:
    return Notice(
        id=found[0], comment_id=CommentId(found[1]), account_id=found[2], sender=found[3], breach=found[4],
        explanation=found[5], legal_reference=found[6], name=found[7], email=found[8], lang=found[9],
        at_ms=found[10], trusted=bool(found[11]), revision=found[12],
        outcome=NoticeOutcome(found[13]) if found[13] else None, decided_by=found[14], note=found[15],
        decided_at_ms=found[16],
    )  # fmt: skip
