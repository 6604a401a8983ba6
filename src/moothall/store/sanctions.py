"""Sanctions as rows: each with its statement and its entry; their ends come by the clock alone."""

import msgspec
from sqlalchemy import Connection

from moothall.discussion.model import CommentId, State
from moothall.discussion.port import Edit, NewComment
from moothall.discussion.verdict import Finding, Weight
from moothall.kernel.errors import NotFound, TooMany
from moothall.kernel.ids import made_at_ms
from moothall.kernel.limits import SECOND_MS, SLOWED_MS
from moothall.moderation.sanction import KEPT_OUT, RESTRICTED, Ban, Lift, Sanction, SanctionKind, Standing
from moothall.moderation.statement import Reasons, Statement, breach_of
from moothall.people.model import AccountId
from moothall.store import statements
from moothall.store.decisions import Entry, log
from moothall.store.raw import row, rows, run
from moothall.store.tx import Tx

_IN_FORCE = "account_id = ? AND lifted_at_ms IS NULL AND until_ms > ?"


_HELD = Finding("sanctions", Weight.HOLD, detail=SanctionKind.PRE_MODERATE.value)


def keep(tx: Tx, made: Sanction, *, named: str = "") -> None:
    """A newer sanction of a kind takes the place of the one before.

    Args:
        named: what the log calls it, where that is not its kind.
    """
    kinds = KEPT_OUT if made.kind in KEPT_OUT else {made.kind}
    before = next((one for one in in_force(tx.conn, made.account_id, made.at_ms) if one.kind in kinds), None)
    if before is not None and made.kind is not SanctionKind.WARN:
        end(tx, before.id, made.at_ms)
    run(
        tx.conn,
        "INSERT INTO sanction (id, account_id, kind, until_ms, rule, reason, at_ms) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [made.id, made.account_id, made.kind.value, made.until_ms, made.rule, made.reason, made.at_ms],
    )
    if made.kind in KEPT_OUT:
        keep_out(tx, made.account_id, made.until_ms, made.reason)
    entry = Entry(
        id=made.id,
        kind=named or made.kind.value,
        actor_id=made.actor_id,
        account_id=made.account_id,
        rule=made.rule,
        note=made.reason,
        before=str(before.until_ms or "") if before else "",
        after=str(made.until_ms or ""),
        at_ms=made.at_ms,
    )
    log(tx, entry, _explained(made))


def lift(tx: Tx, wanted: Lift, *, named: str = "lift", of: AccountId | None = None) -> None:
    """Raises: NotFound when nothing is in force under that number, or it is not that account's."""
    found = row(
        tx.conn,
        "SELECT account_id, kind, until_ms FROM sanction WHERE id = ? AND lifted_at_ms IS NULL AND until_ms > ?",
        [wanted.sanction_id, wanted.at_ms],
    )
    if found is None or of not in {None, found[0]}:
        raise NotFound
    account_id, kind, until_ms = found
    end(tx, wanted.sanction_id, wanted.at_ms)
    if SanctionKind(kind) in KEPT_OUT:
        keep_out(tx, account_id, None, "")
    entry = Entry(
        id=wanted.id,
        kind=named,
        actor_id=wanted.actor_id,
        account_id=account_id,
        before=str(until_ms),
        at_ms=wanted.at_ms,
    )
    log(tx, entry)


def let_in(tx: Tx, made: Ban) -> None:
    """Lift a ban that came with an archive, or was over."""
    keep_out(tx, made.account_id, None, "")
    log(tx, Entry(id=made.id, kind="unban", actor_id=made.actor_id, account_id=made.account_id, at_ms=made.at_ms))


def in_force(conn: Connection, account_id: int, now_ms: int) -> tuple[Standing, ...]:
    """What stands on an account now, newest first; warnings do not stand."""
    query = (
        "SELECT id, kind, until_ms, rule, reason, at_ms, lifted_at_ms FROM sanction"  # noqa: S608
        f" WHERE {_IN_FORCE} ORDER BY id DESC"
    )
    return tuple(_standing(one) for one in rows(conn, query, [account_id, now_ms]))


def history(conn: Connection, account_id: AccountId, limit: int) -> tuple[Standing, ...]:
    """All that was ever imposed, newest first."""
    query = (
        "SELECT id, kind, until_ms, rule, reason, at_ms, lifted_at_ms FROM sanction WHERE account_id = ?"
        " ORDER BY id DESC LIMIT ?"
    )
    return tuple(_standing(one) for one in rows(conn, query, [account_id, limit]))


def live_comments(conn: Connection, account_id: AccountId, limit: int) -> tuple[CommentId, ...]:
    """What a sanction that takes the past along takes down, newest first."""
    query = "SELECT id FROM comment WHERE author_id = ? AND state = 'live' ORDER BY id DESC LIMIT ?"
    return tuple(CommentId(one[0]) for one in rows(conn, query, [account_id, limit]))


def applied_to_new(tx: Tx, new: NewComment) -> NewComment:
    """Held when its author is pre-moderated.  Raises: TooMany when its author is slowed and was not slow."""
    kinds = {one.kind: one for one in in_force(tx.conn, new.draft.author_id, new.at_ms)}
    if SanctionKind.SLOW in kinds:
        _check_pace(tx, new.draft.author_id, new.at_ms)
    if SanctionKind.PRE_MODERATE not in kinds or new.state is not State.LIVE:
        return new
    return msgspec.structs.replace(new, state=State.HELD, findings=(*new.findings, _HELD))


def applied_to_edit(tx: Tx, change: Edit) -> Edit:
    """Held when its author is pre-moderated."""
    kinds = {one.kind for one in in_force(tx.conn, change.author_id, change.at_ms)}
    if SanctionKind.PRE_MODERATE not in kinds or change.state is not State.LIVE:
        return change
    return msgspec.structs.replace(change, state=State.HELD, findings=(*change.findings, _HELD))


def _check_pace(tx: Tx, account_id: AccountId, now_ms: int) -> None:
    last = row(tx.conn, "SELECT id FROM comment WHERE author_id = ? ORDER BY id DESC LIMIT 1", [account_id])
    wait_ms = made_at_ms(last[0]) + SLOWED_MS - now_ms if last else 0
    if wait_ms > 0:
        raise TooMany(seconds=-(-wait_ms // SECOND_MS))


def _explained(made: Sanction) -> Statement:
    ground, breach, keyword = breach_of(made.rule)
    return Statement(
        id=made.id,
        account_id=made.account_id,
        comment_id=None,
        story_id=None,
        restriction=RESTRICTED[made.kind],
        reasons=Reasons(rule=made.rule, note=made.reason),
        ground=ground,
        breach=breach,
        keyword=keyword,
        lang="",
        said_at_ms=None,
        until_ms=made.until_ms,
        at_ms=made.at_ms,
    )


def end(tx: Tx, sanction_id: int, at_ms: int) -> None:
    """It and its statement stand no more."""
    run(tx.conn, "UPDATE sanction SET lifted_at_ms = ? WHERE id = ?", [at_ms, sanction_id])
    statements.end(tx, [sanction_id], at_ms)


def keep_out(tx: Tx, account_id: int, until_ms: int | None, reason: str) -> None:
    """Of discussions until then; None lets in."""
    run(
        tx.conn,
        "UPDATE account SET banned_until_ms = ?, ban_reason = ? WHERE id = ?",
        [until_ms, reason or None, account_id],
    )


def _standing(found: tuple[int, str, int | None, str | None, str, int, int | None]) -> Standing:
    return Standing(found[0], SanctionKind(found[1]), *found[2:])
