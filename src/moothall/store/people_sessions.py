"""Sessions.  A ban or a new role counts from the next request: the account is read with the session."""

from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from moothall.kernel.limits import SESSIONS_PER_ACCOUNT
from moothall.people.model import AccountId, NewSession, Session, SessionKind
from moothall.store import people_accounts
from moothall.store.raw import rows
from moothall.store.tables import account, session

_KNOWN = (
    "SELECT a.id, a.display_name, a.role, a.made_at_ms, a.email, a.named, a.banned_until_ms, a.ban_reason,"
    " a.lang, a.single_keys, a.sections,"
    " s.token_hash, s.made_at_ms, s.seen_at_ms, s.csrf, s.kind, s.device, s.ends_at_ms, b.blocked_id"
    " FROM session s JOIN account a ON a.id = s.account_id LEFT JOIN block b ON b.account_id = a.id"
    " WHERE s.token_hash = ?"
)


def known(conn: Connection, token_hash: bytes) -> tuple[Session, frozenset[AccountId]] | None:
    """A session with its account, and whom the account blocks; it runs with every signed-in request."""
    found = rows(conn, _KNOWN, [token_hash])
    if not found:
        return None
    return _session(found[0][:-1]), frozenset(AccountId(one[-1]) for one in found if one[-1] is not None)


def add(conn: Connection, account_id: AccountId, new: NewSession) -> None:
    """Open a session; an account's oldest go when it has too many.  Raises: NotFound."""
    people_accounts.get(conn, account_id)
    values = {
        "token_hash": new.token_hash,
        "account_id": account_id,
        "kind": new.kind.value,
        "csrf": new.csrf,
        "device": new.device,
        "made_at_ms": new.now_ms,
        "seen_at_ms": new.now_ms,
        "ends_at_ms": new.ends_at_ms,
    }
    conn.execute(insert(session), values)
    _trim(conn, account_id)


def seen(conn: Connection, token_hash: bytes, at_ms: int) -> None:
    """Remember when a session was last used."""
    conn.execute(update(session).where(session.c.token_hash == token_hash).values(seen_at_ms=at_ms))


def of(conn: Connection, account_id: AccountId) -> tuple[Session, ...]:
    """Newest first."""
    columns = (
        *people_accounts.COLUMNS,
        session.c.token_hash,
        session.c.made_at_ms,
        session.c.seen_at_ms,
        session.c.csrf,
        session.c.kind,
        session.c.device,
        session.c.ends_at_ms,
    )
    query = (
        select(*columns)
        .join_from(session, account)
        .where(session.c.account_id == account_id)
        .order_by(session.c.made_at_ms.desc(), session.c.token_hash)
    )
    return tuple(_session(found) for found in conn.execute(query))


def end(conn: Connection, token_hash: bytes, account_id: AccountId | None = None) -> None:
    """End a session, if it is that account's."""
    query = delete(session).where(session.c.token_hash == token_hash)
    conn.execute(query if account_id is None else query.where(session.c.account_id == account_id))


def end_all(conn: Connection, account_id: AccountId, *, keep: bytes | None = None) -> None:
    """End all sessions of an account but one."""
    query = delete(session).where(session.c.account_id == account_id)
    conn.execute(query if keep is None else query.where(session.c.token_hash != keep))


def sweep(conn: Connection, now_ms: int) -> int:
    """Delete what is over; returns how many."""
    return conn.execute(delete(session).where(session.c.ends_at_ms <= now_ms)).rowcount


def _trim(conn: Connection, account_id: AccountId) -> None:
    beyond = (
        select(session.c.token_hash)
        .where(session.c.account_id == account_id)
        .order_by(session.c.made_at_ms.desc(), session.c.token_hash)
        .offset(SESSIONS_PER_ACCOUNT)
    )
    old = conn.scalars(beyond).all()
    if old:
        conn.execute(delete(session).where(session.c.token_hash.in_(old)))


def _session(found: Row[Any] | tuple[Any, ...]) -> Session:
    token_hash, made_at, seen_at, csrf, kind, device, ends_at = found[len(people_accounts.COLUMNS) :]
    who = people_accounts.from_row(found)
    return Session(bytes(token_hash), who, made_at, seen_at, csrf, SessionKind(kind), device, ends_at)
