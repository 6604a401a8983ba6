"""Taking a sanction back: what it took down stands again, and what it replaced is in force again."""

import msgspec

from moothall.kernel.errors import AlreadyDecided, AppealFinal, Conflict, NotFound
from moothall.moderation.decide import Undo
from moothall.moderation.sanction import KEPT_OUT, Lift, SanctionKind
from moothall.people.model import AccountId
from moothall.store import appeals, sanctions, statements
from moothall.store.decisions import Entry, log, own_id
from moothall.store.raw import row, rows, run
from moothall.store.tx import Tx
from moothall.store.undo import undo as undo_decision

# Taken down in the same transaction, and so at the same time, by the same person.
_ALONG = (
    "SELECT d.id FROM comment c JOIN decision d ON d.comment_id = c.id"
    " WHERE c.author_id = ? AND d.actor_id = ? AND d.at_ms = ? AND d.kind = 'remove' ORDER BY d.id DESC"
)
# Ended by this one and not by anybody's hand, for which there would be an entry.
_REPLACED = (
    "SELECT s.id, s.kind, s.until_ms, s.reason FROM sanction s WHERE s.account_id = ? AND s.lifted_at_ms = ?"
    " AND s.id <> ? AND s.until_ms > ? ORDER BY s.id DESC"
)


class _Taken(msgspec.Struct, frozen=True):
    account_id: AccountId
    kind: SanctionKind
    at_ms: int
    lifted_at_ms: int | None
    actor_id: int


def undo(tx: Tx, wanted: Lift, *, of: AccountId) -> int:
    """How many comments stand again; those that were decided on since stay as they are.

    Raises: NotFound when it is not that account's; AlreadyDecided when it was ended or taken back before;
    AppealFinal for what an appeal left of another one.
    """
    made = _made(tx, wanted.sanction_id)
    if made.account_id != of:
        raise NotFound
    if appeals.is_final(tx.conn, wanted.sanction_id):
        raise AppealFinal
    if made.lifted_at_ms is not None:
        raise AlreadyDecided
    sanctions.end(tx, wanted.sanction_id, wanted.at_ms)
    _put_back(tx, made, wanted)
    entry = Entry(
        id=wanted.id,
        kind="undo",
        actor_id=wanted.actor_id,
        account_id=made.account_id,
        before=made.kind.value,
        at_ms=wanted.at_ms,
    )
    log(tx, entry)
    return _restore(tx, made, wanted)


def _made(tx: Tx, sanction_id: int) -> _Taken:
    query = "SELECT s.account_id, s.kind, s.at_ms, s.lifted_at_ms, d.actor_id FROM sanction s JOIN decision d"
    found = row(tx.conn, f"{query} ON d.id = s.id WHERE s.id = ?", [sanction_id])
    if found is None:
        raise NotFound
    return _Taken(AccountId(found[0]), SanctionKind(found[1]), *found[2:])


def _put_back(tx: Tx, made: _Taken, wanted: Lift) -> None:
    """The sanction before it, where that would not be over by now."""
    kinds = KEPT_OUT if made.kind in KEPT_OUT else {made.kind}
    found = rows(tx.conn, _REPLACED, [made.account_id, made.at_ms, wanted.sanction_id, wanted.at_ms])
    before = next((one for one in found if SanctionKind(one[1]) in kinds), None)
    if before is not None:
        run(tx.conn, "UPDATE sanction SET lifted_at_ms = NULL WHERE id = ?", [before[0]])
        statements.reopen(tx, [before[0]])
    if made.kind in KEPT_OUT:
        until_ms, reason = (before[2], before[3]) if before else (None, "")
        sanctions.keep_out(tx, made.account_id, until_ms, reason)


def _restore(tx: Tx, made: _Taken, wanted: Lift) -> int:
    back = 0
    for (decision_id,) in rows(tx.conn, _ALONG, [made.account_id, made.actor_id, made.at_ms]):
        number = own_id(tx, wanted.at_ms, decision_id)
        try:
            undo_decision(tx, Undo(number, decision_id, wanted.actor_id, wanted.at_ms))
        except (Conflict, NotFound):
            continue
        back += 1
    return back
