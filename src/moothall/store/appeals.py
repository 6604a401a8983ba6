"""Appeals as rows, and what a ruling changes."""

from typing import Any

from sqlalchemy import Connection

from moothall.discussion.model import CommentId, State
from moothall.kernel.errors import AppealFinal, Conflict, NotFound
from moothall.moderation.appeal import Appeal, AppealOutcome, Ruling, check_first, check_person
from moothall.moderation.decide import Act, Decision
from moothall.moderation.sanction import Lift, Sanction
from moothall.moderation.statement import OF_ACCOUNTS, Source, Statement
from moothall.people.model import AccountId
from moothall.store import moderation_writes, notices, sanctions, statements
from moothall.store.comment_state import set_state
from moothall.store.comment_writes import get as get_comment
from moothall.store.decisions import Entry, log
from moothall.store.raw import row, rows, run
from moothall.store.restrictions import explained, reasons_of
from moothall.store.tx import Tx

_NAMES = "id, statement_id, notice_id, account_id, reason, at_ms, outcome, decided_by, note, decided_at_ms"
_SELECT = f"SELECT {_NAMES} FROM appeal WHERE"  # noqa: S608
_RULED = "appeal_"


def file(tx: Tx, made: Appeal) -> Appeal:
    """The appeal; the first one again while it waits.

    Raises: AppealFinal when it was ruled on, or the statement itself came from a ruling.
    """
    column, number = ("statement_id", made.statement_id) if made.statement_id else ("notice_id", made.notice_id)
    found = row(tx.conn, f"{_SELECT} {column} = ?", [number])
    if found is not None:
        first = _appeal(found)
        check_first(first)
        return first
    _check_not_a_ruling(tx, made.statement_id)
    run(
        tx.conn,
        "INSERT INTO appeal (id, statement_id, notice_id, account_id, reason, at_ms) VALUES (?, ?, ?, ?, ?, ?)",
        [made.id, made.statement_id, made.notice_id, made.account_id, made.reason, made.at_ms],
    )
    entry = Entry(
        id=made.id,
        kind="appeal",
        actor_id=made.account_id,
        account_id=made.account_id,
        note=made.reason,
        at_ms=made.at_ms,
    )
    log(tx, entry)
    return made


def get(conn: Connection, appeal_id: int) -> Appeal:
    """Raises: NotFound."""
    found = row(conn, f"{_SELECT} id = ?", [appeal_id])
    if found is None:
        raise NotFound
    return _appeal(found)


def of_statement(conn: Connection, statement_id: int) -> Appeal | None:
    """The appeal against a statement's decision."""
    found = row(conn, f"{_SELECT} statement_id = ?", [statement_id])
    return _appeal(found) if found else None


def of_notice(conn: Connection, notice_id: int) -> Appeal | None:
    """The appeal against what was decided on a notice."""
    found = row(conn, f"{_SELECT} notice_id = ?", [notice_id])
    return _appeal(found) if found else None


def waiting(conn: Connection, *, after: int, limit: int) -> tuple[Appeal, ...]:
    """Not ruled on yet, oldest first; `after` is the last id of the page before, 0 for the first."""
    found = rows(conn, f"{_SELECT} decided_at_ms IS NULL AND id > ? ORDER BY id LIMIT ?", [after, limit])
    return tuple(_appeal(one) for one in found)


def is_final(conn: Connection, statement_id: int) -> bool:
    """Whether a statement came from a ruling, and so cannot be appealed."""
    found = row(conn, "SELECT kind FROM decision WHERE id = ?", [statement_id])
    return found is not None and found[0].startswith(_RULED)


def rule(tx: Tx, wanted: Ruling) -> Appeal:
    """The appeal as decided; what it restores is restored in the same transaction.

    Raises: NotFound; AppealFinal; SamePerson; Conflict when there is nothing left that could stand in part.
    """
    found = get(tx.conn, wanted.appeal_id)
    check_first(found)
    first = _first_actor(tx, found)
    check_person(wanted.actor_id, first=first, appellant=found.account_id)
    run(
        tx.conn,
        "UPDATE appeal SET outcome = ?, decided_by = ?, note = ?, decided_at_ms = ? WHERE id = ?",
        [wanted.outcome.value, wanted.actor_id, wanted.note, wanted.at_ms, found.id],
    )
    if found.statement_id is not None:
        _rule_on_statement(tx, wanted, statements.get(tx.conn, found.statement_id))
    elif found.notice_id is not None:
        _rule_on_notice(tx, wanted, found.notice_id)
    return get(tx.conn, found.id)


def _rule_on_statement(tx: Tx, wanted: Ruling, against: Statement) -> None:
    if wanted.outcome is AppealOutcome.UPHELD:
        _log(tx, wanted, against)
    elif against.restriction in OF_ACCOUNTS:
        _rule_on_account(tx, wanted, against)
    elif against.comment_id is not None:
        _rule_on_comment(tx, wanted, against, against.comment_id)


def _rule_on_comment(tx: Tx, wanted: Ruling, against: Statement, comment_id: CommentId) -> None:
    """Live again, or explained by another rule.  What was decided anew meanwhile, or withdrawn, stays so."""
    said = get_comment(tx, comment_id)
    standing = statements.standing(tx.conn, comment_id)
    still = standing is not None and standing.id == against.id and said.state is not State.WITHDRAWN
    if wanted.outcome is AppealOutcome.REVERSED:
        statements.end(tx, [against.id], wanted.at_ms)
        if still:
            set_state(tx, comment_id, State.LIVE, at_ms=wanted.at_ms)
        _log(tx, wanted, against, before=said.state.value, after=State.LIVE.value if still else said.state.value)
        return
    if not still or wanted.rule is None:
        raise Conflict
    statements.end(tx, [against.id], wanted.at_ms)
    run(tx.conn, "UPDATE comment SET removal_rule = ? WHERE id = ?", [wanted.rule, comment_id])
    why = reasons_of(tx, said, rule=wanted.rule, note=wanted.note, source=against.reasons.source)
    owed = explained(tx, wanted.id, said, said.state, why=why, at_ms=wanted.at_ms)
    _log(tx, wanted, against, before=said.state.value, after=said.state.value, owed=owed)


def _rule_on_account(tx: Tx, wanted: Ruling, against: Statement) -> None:
    """Lifted, or ended earlier.  One that is over is only marked."""
    account_id = AccountId(against.account_id or 0)
    found = sanctions.in_force(tx.conn, account_id, wanted.at_ms)
    standing = next((one for one in found if one.id == against.id), None)
    if wanted.outcome is AppealOutcome.REVERSED:
        if standing is not None:
            sanctions.lift(tx, Lift(wanted.id, against.id, wanted.actor_id, wanted.at_ms), named=_kind(wanted))
        else:
            statements.end(tx, [against.id], wanted.at_ms)
            _log(tx, wanted, against)
        return
    end_ms = wanted.until_ms
    if standing is None or end_ms is None or not wanted.at_ms < end_ms <= (standing.until_ms or 0):
        raise Conflict
    left = Sanction(
        id=wanted.id,
        account_id=account_id,
        actor_id=wanted.actor_id,
        kind=standing.kind,
        until_ms=end_ms,
        rule=wanted.rule or standing.rule,
        reason=wanted.note,
        past=False,
        at_ms=wanted.at_ms,
    )
    sanctions.keep(tx, left, named=_kind(wanted))


def _rule_on_notice(tx: Tx, wanted: Ruling, notice_id: int) -> None:
    """Reversed: what the notice was about is taken down after all."""
    about = notices.get(tx.conn, notice_id)
    said = get_comment(tx, about.comment_id)
    if wanted.outcome is AppealOutcome.REVERSED and said.state is State.LIVE:
        source = Source.TRUSTED if about.trusted else Source.NOTICE
        act = Decision(
            wanted.id, said.id, wanted.actor_id, Act.REMOVE, wanted.rule or "law", wanted.note, wanted.at_ms
        )
        moderation_writes.decide(tx, act, source)
        return
    entry = Entry(
        id=wanted.id,
        kind=_kind(wanted),
        actor_id=wanted.actor_id,
        comment_id=said.id,
        account_id=about.account_id,
        note=wanted.note,
        at_ms=wanted.at_ms,
    )
    log(tx, entry)


def _first_actor(tx: Tx, found: Appeal) -> AccountId | None:
    if found.statement_id is None:
        return notices.get(tx.conn, found.notice_id or 0).decided_by
    decided = row(tx.conn, "SELECT actor_id FROM decision WHERE id = ?", [found.statement_id])
    return AccountId(decided[0]) if decided and decided[0] is not None else None


def _check_not_a_ruling(tx: Tx, statement_id: int | None) -> None:
    if statement_id is not None and is_final(tx.conn, statement_id):
        raise AppealFinal


def _kind(wanted: Ruling) -> str:
    return f"{_RULED}{wanted.outcome.value}"


def _log(
    tx: Tx, wanted: Ruling, against: Statement, *, before: str = "", after: str = "", owed: Statement | None = None
) -> None:
    entry = Entry(
        id=wanted.id,
        kind=_kind(wanted),
        actor_id=wanted.actor_id,
        story_id=against.story_id,
        comment_id=against.comment_id,
        account_id=against.account_id,
        rule=wanted.rule,
        note=wanted.note,
        before=before,
        after=after,
        at_ms=wanted.at_ms,
    )
    log(tx, entry, owed)


def _appeal(found: Any) -> Appeal:
    return Appeal(
        id=found[0], statement_id=found[1], notice_id=found[2], account_id=found[3], reason=found[4],
        at_ms=found[5], outcome=AppealOutcome(found[6]) if found[6] else None, decided_by=found[7],
        note=found[8], decided_at_ms=found[9],
    )  # fmt: skip
