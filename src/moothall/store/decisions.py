"""What was decided: in the transaction that does it, a row of the log, an entry of the ledger, a statement.

This is the only door to all three, so none can be without the others.
"""

from itertools import count

import msgspec

from moothall.kernel.ids import automatic_id, to_text
from moothall.moderation.ledger import Receipt
from moothall.moderation.statement import Statement
from moothall.store import ledger, statements
from moothall.store.raw import row, run
from moothall.store.tx import Tx


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One decision: on a comment, a discussion, an account or a newsroom key.

    `before` and `after` are what changed, as texts; no actor: the command line, or a machine.
    """

    id: int
    kind: str
    actor_id: int | None
    at_ms: int
    story_id: int | None = None
    comment_id: int | None = None
    account_id: int | None = None
    rule: str | None = None
    note: str = ""
    before: str = ""
    after: str = ""


def log(tx: Tx, entry: Entry, statement: Statement | None = None) -> Receipt:
    """Append; nothing here is ever changed.

    Args:
        statement: owed when the decision restricts somebody; its id is the decision's.
    """
    names = Entry.__struct_fields__
    marks = ", ".join("?" * len(names))
    values = [getattr(entry, name) for name in names]
    run(tx.conn, f"INSERT INTO decision ({', '.join(names)}) VALUES ({marks})", values)  # noqa: S608
    if statement is not None:
        statements.keep(tx, statement)
    return ledger.append(tx, _telling(entry, statement))


def own_id(tx: Tx, at_ms: int, about: int) -> int:
    """The id of a decision that nobody gave one: a machine's, or what follows from another.

    Two on one comment in a millisecond, or two comments of one spread, get one each.
    """
    wanted = (automatic_id(at_ms, about + n) for n in count())
    return next(one for one in wanted if row(tx.conn, "SELECT 1 FROM decision WHERE id = ?", [one]) is None)


def _telling(entry: Entry, statement: Statement | None) -> ledger.Telling:
    """Whom and what it concerns is sealed; what kind of decision it was is not."""
    told = {"kind": entry.kind, "rule": entry.rule or "", "before": entry.before, "after": entry.after}
    if entry.story_id is not None:
        told["story"] = to_text(entry.story_id)
    people = {"actor": entry.actor_id, "account": entry.account_id, "comment": entry.comment_id}
    sealed = {name: to_text(number) for name, number in people.items() if number is not None}
    sealed["decision"] = to_text(entry.id)
    if entry.note:
        sealed["note"] = entry.note
    if statement is not None:
        sealed["statement"] = msgspec.json.encode(statement, order="sorted").decode()
    return ledger.Telling(
        decision_id=entry.id,
        kind=entry.kind,
        at_ms=entry.at_ms,
        open=told,
        sealed=sealed,
        account_id=entry.account_id,
    )
