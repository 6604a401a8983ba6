"""Statements of reasons for comments, made where the restriction is written."""

from collections.abc import Sequence

from moothall.discussion.model import Comment, State
from moothall.discussion.verdict import Finding
from moothall.moderation.statement import RESTRICTIONS, Reasons, Source, Statement, breach_of, reasons_found
from moothall.store import statements
from moothall.store.decisions import Entry, log, own_id
from moothall.store.raw import row, rows
from moothall.store.tx import Tx


def explained(tx: Tx, decision_id: int, said: Comment, after: State, *, why: Reasons, at_ms: int) -> Statement:
    """The statement that a decision on a comment owes its author.  Args: after: a state of `RESTRICTIONS`."""
    ground, breach, keyword = breach_of(why.rule)
    lang = row(tx.conn, "SELECT lang FROM story WHERE id = ?", [said.story_id])
    return Statement(
        id=decision_id,
        account_id=said.author.id,
        comment_id=said.id,
        story_id=said.story_id,
        restriction=RESTRICTIONS[after],
        reasons=why,
        ground=ground,
        breach=breach,
        keyword=keyword,
        lang=lang[0] if lang else "",
        said_at_ms=said.created_at_ms,
        until_ms=None,
        at_ms=at_ms,
    )


def reasons_of(tx: Tx, said: Comment, *, rule: str | None, note: str, source: Source) -> Reasons:
    """A moderator's reasons, with what the phases had marked in the text before."""
    marked = rows(
        tx.conn,
        "SELECT phase, starts, ends FROM finding WHERE comment_id = ? AND revision = ? AND weight <> 'note'"
        " ORDER BY position",
        [said.id, said.revision],
    )
    return Reasons(
        rule=rule,
        note=note,
        source=source,
        found_by_machine=bool(marked),
        spans=tuple((starts, ends) for _, starts, ends in marked if ends > starts),
        phases=tuple(dict.fromkeys(phase for phase, _, _ in marked)),
        revision=said.revision,
    )


def automatic(tx: Tx, said: Comment, findings: Sequence[Finding], *, before: State | None, at_ms: int) -> None:
    """What the pipeline did to a comment that was just written: logged, chained and explained.

    Only a change that restricts, or that lets an edited comment out again, is a decision.

    Args:
        before: the state before an edit; None for a new comment.
    """
    if said.state is before or (before is None and said.state is State.LIVE):
        return
    statements.end_of_comment(tx, said.id, at_ms)
    why = reasons_found(findings, said.revision)
    made = own_id(tx, at_ms, said.id)
    owed = explained(tx, made, said, said.state, why=why, at_ms=at_ms) if said.state in RESTRICTIONS else None
    entry = Entry(
        id=made,
        kind="automatic",
        actor_id=None,
        story_id=said.story_id,
        comment_id=said.id,
        account_id=said.author.id,
        rule=why.rule,
        before=before.value if before else "",
        after=said.state.value,
        at_ms=at_ms,
    )
    log(tx, entry, owed)
