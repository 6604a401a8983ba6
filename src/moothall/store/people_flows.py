"""Sign-ins that have begun.  All are single use: taking one deletes it."""

import hmac
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, delete, insert, select, update

from moothall.kernel.errors import NotFound, SigninFailed
from moothall.kernel.limits import HOUR_MS
from moothall.people.model import AccountId, Flow, FlowData, FlowKind
from moothall.store.tables import signin_flow as table


def add(conn: Connection, flow: Flow) -> None:
    """Remember a flow.  Begun again in the same browser with the same secret, it starts anew.

    Raises: SigninFailed when another browser's flow, or one of another kind, still waits under that name: a
        hand-off's is no secret, it stands in the address of a pop-up.
    """
    known = conn.execute(select(table).where(table.c.secret_hash == flow.secret_hash)).first()
    if known is not None and not _is_over_or_ours(_flow(known), flow):
        raise SigninFailed
    conn.execute(delete(table).where(table.c.secret_hash == flow.secret_hash))
    values = {
        "secret_hash": flow.secret_hash,
        "kind": flow.kind.value,
        "data": msgspec.json.encode(flow.data).decode(),
        "tries": flow.tries,
        "account_id": flow.account_id,
        "made_at_ms": flow.made_at_ms,
        "ends_at_ms": flow.ends_at_ms,
    }
    conn.execute(insert(table), values)


def get(conn: Connection, secret_hash: bytes, kind: FlowKind) -> Flow | None:
    """A flow that waits, whether or not its time is over."""
    found = conn.execute(select(table).where(*_is(secret_hash, kind))).first()
    return _flow(found) if found else None


def take(conn: Connection, secret_hash: bytes, kind: FlowKind) -> Flow | None:
    """Read and delete: of two who come at once, one gets it."""
    flow = get(conn, secret_hash, kind)
    if flow is None or conn.execute(delete(table).where(*_is(secret_hash, kind))).rowcount == 0:
        return None
    return flow


def take_if_code(conn: Connection, secret_hash: bytes, code: str, *, tries: int) -> Flow | int:
    """Take a mail flow whose code digest this is; else count the miss and return the tries left."""
    flow = get(conn, secret_hash, FlowKind.MAIL)
    if flow is None or flow.tries >= tries:
        return 0
    if hmac.compare_digest(flow.data.code, code):
        return take(conn, secret_hash, FlowKind.MAIL) or 0
    conn.execute(update(table).where(*_is(secret_hash, FlowKind.MAIL)).values(tries=table.c.tries + 1))
    return tries - flow.tries - 1


def answer(conn: Connection, secret_hash: bytes, kind: FlowKind, account_id: AccountId) -> None:
    """Say whose flow it is.  Raises: NotFound."""
    query = update(table).where(*_is(secret_hash, kind)).values(account_id=account_id)
    if conn.execute(query).rowcount == 0:
        raise NotFound


def sweep(conn: Connection, now_ms: int) -> int:
    """Delete what has been over for an hour; returns how many."""
    return conn.execute(delete(table).where(table.c.ends_at_ms <= now_ms - HOUR_MS)).rowcount


def _is_over_or_ours(known: Flow, flow: Flow) -> bool:
    is_ours = (known.kind, known.data.browser) == (flow.kind, flow.data.browser)
    return is_ours or known.ends_at_ms <= flow.made_at_ms


def _is(secret_hash: bytes, kind: FlowKind) -> tuple[Any, ...]:
    return (table.c.secret_hash == secret_hash, table.c.kind == kind.value)


def _flow(found: Row[Any]) -> Flow:
    return Flow(
        secret_hash=bytes(found.secret_hash),
        kind=FlowKind(found.kind),
        data=msgspec.json.decode(found.data, type=FlowData),
        made_at_ms=found.made_at_ms,
        ends_at_ms=found.ends_at_ms,
        tries=found.tries,
        account_id=found.account_id,
    )
