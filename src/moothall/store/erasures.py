"""Forgetting a person as rows: what names them goes, what holds the thread together stays."""

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection

from moothall.discussion.model import CommentId, State
from moothall.kernel.errors import NotFound
from moothall.kernel.event import EventKind
from moothall.moderation.erase import Done, Erased, Erasure, Wanted, check_confirmed, quoting
from moothall.people.model import Account, AccountId
from moothall.store import ledger
from moothall.store.comment_state import set_state, tell
from moothall.store.decisions import Entry, log
from moothall.store.raw import row, rows, run
from moothall.store.tx import Tx

# What is nobody's any more; all of a row, by the column that names the person.
_GONE = (
    ("identity", "account_id"),
    ("session", "account_id"),
    ("second_factor", "account_id"),
    ("recovery_code", "account_id"),
    ("passkey", "account_id"),
    ("signin_flow", "account_id"),
    ("block", "account_id"),
    ("block", "blocked_id"),
    ("visit", "account_id"),
    ("trusted_flagger", "account_id"),
    ("console_kept", "account_id"),
    ("nudge", "account_id"),
)
# Words of the person, or about them, in rows that stay.
_BLANKED = (
    "UPDATE report SET text = '', account_id = NULL WHERE account_id = ?",
    "UPDATE notice SET name = '', email = '', explanation = '', legal_reference = '' WHERE account_id = ?",
    "UPDATE appeal SET reason = '', note = '' WHERE account_id = ?",
    "UPDATE decision SET note = '' WHERE account_id = ?",
    "UPDATE statement SET note = '' WHERE account_id = ?",
    "UPDATE sanction SET reason = '' WHERE account_id = ?",
)
_FORGET_ACCOUNT = (
    "UPDATE account SET display_name = ?, name_key = NULL, named = 0, email = NULL, email_sha256 = NULL,"
    " ban_reason = NULL WHERE id = ?"
)
_WAITING = "SELECT id, account_id, wanted, asked_by, asked_at_ms FROM erasure WHERE done_at_ms IS NULL"
_ALL = "id, account_id, wanted, asked_by, asked_at_ms, confirmed_by, done_at_ms"
NAMELESS = "–"
"""Stands where a name stood."""


def ask(tx: Tx, made: Erasure) -> None:
    """Keep a checked request, in place of one that waits."""
    run(tx.conn, "DELETE FROM erasure WHERE account_id = ? AND done_at_ms IS NULL", [made.account_id])
    run(
        tx.conn,
        "INSERT INTO erasure (id, account_id, wanted, asked_by, asked_at_ms) VALUES (?, ?, ?, ?, ?)",
        [made.id, made.account_id, made.wanted.value, made.asked_by, made.asked_at_ms],
    )
    _log(tx, made.id, made, "erasure_asked", actor_id=made.asked_by, at_ms=made.asked_at_ms)


def waiting(conn: Connection, account_id: AccountId) -> Erasure | None:
    """A request that nobody has confirmed."""
    found = row(conn, f"{_WAITING} AND account_id = ?", [account_id])
    return _erasure(found) if found else None


def all_waiting(conn: Connection) -> tuple[Erasure, ...]:
    """Requests that nobody has confirmed, oldest first."""
    return tuple(_erasure(one) for one in rows(conn, f"{_WAITING} ORDER BY id"))


def _erasure(found: Sequence[Any]) -> Erasure:
    return Erasure(found[0], AccountId(found[1]), Wanted(found[2]), found[3], found[4])


def take_back(tx: Tx, account_id: AccountId, by: AccountId, *, new_id: int, at_ms: int) -> None:
    """Raises: NotFound when nobody asked."""
    asked = waiting(tx.conn, account_id)
    if asked is None:
        raise NotFound
    run(tx.conn, "DELETE FROM erasure WHERE id = ?", [asked.id])
    _log(tx, new_id, asked, "erasure_taken_back", actor_id=by, at_ms=at_ms)


def confirm(tx: Tx, account_id: AccountId, by: Account, *, new_id: int, at_ms: int) -> Erased:
    """Do it, all at once.  Raises: NotFound when nobody asked; Forbidden, SamePerson."""
    asked = waiting(tx.conn, account_id)
    if asked is None:
        raise NotFound
    check_confirmed(asked, by)
    done = "UPDATE erasure SET confirmed_by = ?, done_at_ms = ? WHERE id = ?"
    run(tx.conn, done, [by.id, at_ms, asked.id])
    return _forget(tx, asked, by.id, new_id=new_id, at_ms=at_ms)


def again(tx: Tx, one: Done, *, new_id: int, at_ms: int) -> Erased | None:
    """Do it anew in a database from before it was done; None where it is done, or the person was never there."""
    here = row(tx.conn, "SELECT done_at_ms FROM erasure WHERE id = ?", [one.id])
    there = row(tx.conn, "SELECT 1 FROM account WHERE id = ?", [one.account_id])
    if there is None or (here is not None and here[0] is not None):
        return None
    run(tx.conn, "DELETE FROM erasure WHERE id = ?", [one.id])
    sql = f"INSERT INTO erasure ({_ALL}) VALUES (?, ?, ?, ?, ?, ?, ?)"  # noqa: S608
    run(tx.conn, sql, [*msgspec.structs.astuple(one)])
    return _forget(tx, one, one.confirmed_by, new_id=new_id, at_ms=at_ms)


def _forget(tx: Tx, asked: Erasure, by: AccountId, *, new_id: int, at_ms: int) -> Erased:
    query = "SELECT id, story_id, state, body FROM comment WHERE author_id = ? ORDER BY id"
    said = rows(tx.conn, query, [asked.account_id])
    quotes = _quotes(tx.conn, asked.account_id, [one[3] for one in said])
    if asked.wanted is not Wanted.AUTHOR:
        for number, _, state, _ in said:
            _forget_text(tx, CommentId(number), State(state), at_ms)
    if asked.wanted is not Wanted.TEXT:
        _forget_author(tx, asked.account_id)
        if asked.wanted is Wanted.AUTHOR:
            _tell(tx, said, at_ms)
    _log(tx, new_id, asked, "erasure", actor_id=by, at_ms=at_ms)
    ledger.forget(tx, asked.account_id)
    return Erased(len(said), quotes)


def _forget_text(tx: Tx, number: CommentId, state: State, at_ms: int) -> None:
    """What moderators took down keeps its state, so that it stays explained; nothing of its words is left."""
    if state in {State.LIVE, State.HELD}:
        set_state(tx, number, State.WITHDRAWN, at_ms=at_ms)
    run(tx.conn, "UPDATE comment SET body = '', body_html = '', key = NULL WHERE id = ?", [number])
    run(tx.conn, "DELETE FROM comment_revision WHERE comment_id = ?", [number])
    run(tx.conn, "DELETE FROM finding WHERE comment_id = ?", [number])
    run(tx.conn, "UPDATE statement SET spans = '[]', note = '' WHERE comment_id = ?", [number])


def _forget_author(tx: Tx, account_id: AccountId) -> None:
    """The account's number stays as a pseudonym that nothing leads to."""
    query = (
        "SELECT email FROM account WHERE id = ? UNION SELECT claimed_email FROM identity WHERE account_id = ?"
        " UNION SELECT subject FROM identity WHERE account_id = ?"
    )
    addresses = [one[0] for one in rows(tx.conn, query, [account_id] * 3)]
    for address in filter(None, addresses):
        run(tx.conn, "DELETE FROM mail WHERE recipient = ?", [address])
    for table, column in _GONE:
        run(tx.conn, f"DELETE FROM {table} WHERE {column} = ?", [account_id])  # noqa: S608
    for sql in _BLANKED:
        run(tx.conn, sql, [account_id])
    run(tx.conn, _FORGET_ACCOUNT, [NAMELESS, account_id])


def _quotes(conn: Connection, account_id: AccountId, texts: list[str]) -> tuple[CommentId, ...]:
    """Only where they spoke: a quotation elsewhere names no comment of theirs."""
    query = (
        "SELECT id, body FROM comment WHERE story_id IN (SELECT DISTINCT story_id FROM comment WHERE author_id = ?)"
        " AND author_id <> ? AND body LIKE ? ORDER BY id"
    )
    found = rows(conn, query, [account_id, account_id, "%>%"])
    return quoting(texts, ((CommentId(number), body) for number, body in found))


def _tell(tx: Tx, said: list[tuple[int, int, str, str]], at_ms: int) -> None:
    """Open and ready pages draw the name anew."""
    for number, story_id, state, _ in said:
        if state == State.LIVE:
            tell(tx, EventKind.EDITED, story_id=story_id, comment_id=number, at_ms=at_ms)


def _log(tx: Tx, number: int, about: Erasure, kind: str, *, actor_id: int, at_ms: int) -> None:
    entry = Entry(
        id=number,
        kind=kind,
        actor_id=actor_id,
        account_id=about.account_id,
        after=about.wanted.value,
        at_ms=at_ms,
    )
    log(tx, entry)
