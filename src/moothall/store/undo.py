"""Taking a decision back: everything is again what it was before, and the log says both."""

import msgspec

from moothall.discussion.model import Comment, CommentId, State
from moothall.kernel.errors import Conflict, NotFound
from moothall.moderation.decide import Undo
from moothall.moderation.statement import RESTRICTIONS, Source
from moothall.store import statements
from moothall.store.comment_state import set_state
from moothall.store.comment_writes import get
from moothall.store.decisions import Entry, log
from moothall.store.raw import row, rows, run
from moothall.store.restrictions import explained, reasons_of
from moothall.store.tx import Tx


def remember(tx: Tx, decision_id: int, before: Comment, *, settled: list[str], ended: tuple[int, ...]) -> None:
    """Keep what `undo` needs.  Args: settled: reporters.  ended: statements that stood before."""
    count = row(tx.conn, "SELECT report_count FROM comment WHERE id = ?", [before.id])
    run(
        tx.conn,
        "INSERT INTO decision_trace (decision_id, rule, report_count, revision, settled, ended)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        [decision_id, before.removal_rule, count[0] if count else 0, before.revision, _json(settled), _json(ended)],
    )


def settle(tx: Tx, comment_id: CommentId) -> list[str]:
    """Every open report is answered by a decision.  Returns: whose."""
    sql = "UPDATE report SET settled = 1 WHERE comment_id = ? AND settled = 0 RETURNING reporter"
    return sorted(one[0] for one in rows(tx.conn, sql, [comment_id]))


def undo(tx: Tx, wanted: Undo) -> State:
    """The state that came back: with its rule, its reports, its statement.

    Raises: NotFound; Conflict when the comment was edited, withdrawn or decided on since, or it was undone.
    """
    found = row(
        tx.conn,
        "SELECT d.comment_id, d.before, d.after, t.rule, t.report_count, t.revision, t.settled, t.ended,"
        " t.undone_by"
        " FROM decision d JOIN decision_trace t ON t.decision_id = d.id WHERE d.id = ?",
        [wanted.decision_id],
    )
    if found is None:
        raise NotFound
    comment_id, before, after, rule, report_count, revision, settled, ended, undone_by = found
    now = get(tx, comment_id)
    if undone_by is not None or now.state != after or now.revision != revision or _decided_since(tx, wanted, now):
        raise Conflict
    set_state(tx, now.id, State(before), at_ms=wanted.at_ms, rule=rule)
    _reopen(tx, now.id, msgspec.json.decode(settled, type=list[str]), report_count)
    statements.end_of_comment(tx, now.id, wanted.at_ms)
    statements.reopen(tx, msgspec.json.decode(ended, type=list[int]))
    run(tx.conn, "UPDATE decision_trace SET undone_by = ? WHERE decision_id = ?", [wanted.id, wanted.decision_id])
    _log(tx, wanted, now, State(before), rule)
    return State(before)


def _decided_since(tx: Tx, wanted: Undo, now: Comment) -> bool:
    """Undone decisions and their undoing do not count: what was before them is there again; nor does a mark."""
    later = row(
        tx.conn,
        "SELECT 1 FROM decision d JOIN ledger l ON l.decision_id = d.id"
        " LEFT JOIN decision_trace t ON t.decision_id = d.id WHERE d.comment_id = ?"
        " AND d.kind NOT IN ('undo', 'feature', 'unfeature') AND t.undone_by IS NULL"
        " AND l.seq > (SELECT seq FROM ledger WHERE decision_id = ?)",
        [now.id, wanted.decision_id],
    )
    return later is not None


def _reopen(tx: Tx, comment_id: CommentId, reporters: list[str], count: int) -> None:
    """What was reported meanwhile stays counted."""
    for reporter in reporters:
        run(tx.conn, "UPDATE report SET settled = 0 WHERE comment_id = ? AND reporter = ?", [comment_id, reporter])
    run(tx.conn, "UPDATE comment SET report_count = report_count + ? WHERE id = ?", [count, comment_id])


def _log(tx: Tx, wanted: Undo, was: Comment, state: State, rule: str | None) -> None:
    """A restriction that comes back without a statement of its own, as of imported comments, is given one."""
    owed = None
    if state in RESTRICTIONS and statements.standing(tx.conn, was.id) is None:
        why = reasons_of(tx, was, rule=rule, note="", source=Source.VOLUNTARY)
        owed = explained(tx, wanted.id, was, state, why=why, at_ms=wanted.at_ms)
    entry = Entry(
        id=wanted.id,
        kind="undo",
        actor_id=wanted.actor_id,
        story_id=was.story_id,
        comment_id=was.id,
        account_id=was.author.id,
        rule=rule,
        before=was.state.value,
        after=state.value,
        at_ms=wanted.at_ms,
    )
    log(tx, entry, owed)


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
