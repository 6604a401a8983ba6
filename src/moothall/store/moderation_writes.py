"""Decisions and bans: each is one write with its row in the log."""

from moothall.discussion.model import State
from moothall.kernel.limits import SANCTION_PAST
from moothall.moderation.decide import Act, Decision, DiscussionChange, outcome
from moothall.moderation.sanction import KEPT_OUT, Ban, Lift, Sanction, kind_of_ban
from moothall.moderation.statement import RESTRICTIONS, Source
from moothall.store import sanctions, statements, story_writes
from moothall.store.comment_state import set_state, was_seen
from moothall.store.comment_writes import get
from moothall.store.decisions import Entry, log, own_id
from moothall.store.discussion_terms import keep_change, terms
from moothall.store.raw import run
from moothall.store.restrictions import explained, reasons_of
from moothall.store.story_reads import get as get_story
from moothall.store.tx import Tx
from moothall.store.undo import remember, settle
from moothall.story.model import Discussion, Story


def decide(tx: Tx, decision: Decision, source: Source = Source.VOLUNTARY) -> State:
    """The state after; taken twice it stands once.

    Args:
        source: what made the newsroom look; reports that it settles count by themselves.

    Raises: NotFound, Conflict.
    """
    before = get(tx, decision.comment_id)
    after = outcome(before.state, decision.act, was_live=was_seen(tx, before))
    reporters = settle(tx, before.id)
    if after is before.state and not reporters:
        return after
    ended = statements.end_of_comment(tx, before.id, decision.at_ms) if after is not before.state else ()
    remember(tx, decision.id, before, settled=reporters, ended=ended)
    set_state(tx, before.id, after, at_ms=decision.at_ms, rule=decision.rule)
    run(tx.conn, "UPDATE comment SET report_count = 0 WHERE id = ?", [before.id])
    owed = None
    if after in RESTRICTIONS and after is not before.state:
        known = Source.REPORT if reporters and source is Source.VOLUNTARY else source
        why = reasons_of(tx, before, rule=decision.rule, note=decision.note, source=known)
        owed = explained(tx, decision.id, before, after, why=why, at_ms=decision.at_ms)
    entry = Entry(
        id=decision.id,
        kind=decision.act.value,
        actor_id=decision.actor_id,
        story_id=before.story_id,
        comment_id=before.id,
        account_id=before.author.id,
        rule=decision.rule,
        note=decision.note,
        before=before.state.value,
        after=after.value,
        at_ms=decision.at_ms,
    )
    log(tx, entry, owed)
    return after


def set_discussion(tx: Tx, change: DiscussionChange) -> Story:
    """A discussion that is opened again loses the time at which it closed.  Raises: NotFound."""
    before = get_story(tx.conn, change.story_id)
    opens = change.discussion is Discussion.OPEN and not _is_open(before, change.at_ms)
    closes_at_ms = None if opens else before.closes_at_ms
    wanted = (change.discussion, change.moderation, closes_at_ms)
    if (before.discussion, before.moderation, before.closes_at_ms) == wanted:
        return before
    after = story_writes.set_discussion(
        tx,
        change.story_id,
        discussion=change.discussion,
        moderation=change.moderation,
        closes_at_ms=closes_at_ms,
        at_ms=change.at_ms,
    )
    entry = Entry(id=change.id, kind="discussion", actor_id=change.actor_id, at_ms=change.at_ms)
    keep_change(tx, entry, before=terms(before.discussion, before.moderation, before.closes_at_ms), after=after)
    return after


def keep_ban(tx: Tx, made: Ban) -> None:
    """Until its end, or lifted."""
    if made.until_ms is not None:
        sanctions.keep(tx, _sanction(made, made.until_ms), named="ban")
        return
    found = sanctions.in_force(tx.conn, made.account_id, made.at_ms)
    out = next((one for one in found if one.kind in KEPT_OUT), None)
    if out is not None:
        sanctions.lift(tx, Lift(made.id, out.id, made.actor_id, made.at_ms), named="unban")
    else:
        sanctions.let_in(tx, made)


def keep_sanction(tx: Tx, made: Sanction) -> int:
    """Impose it.  Returns: how many live comments it took down; `SANCTION_PAST` at most, the newest first."""
    sanctions.keep(tx, made)
    if not made.past:
        return 0
    past = sanctions.live_comments(tx.conn, made.account_id, SANCTION_PAST)
    for said in past:
        number = own_id(tx, made.at_ms, said)
        decide(tx, Decision(number, said, made.actor_id, Act.REMOVE, made.rule, made.reason, made.at_ms))
    return len(past)


def _sanction(made: Ban, until_ms: int) -> Sanction:
    return Sanction(
        id=made.id,
        account_id=made.account_id,
        actor_id=made.actor_id,
        kind=kind_of_ban(made),
        until_ms=until_ms,
        rule=None,
        reason=made.reason,
        past=False,
        at_ms=made.at_ms,
    )


def _is_open(story: Story, now_ms: int) -> bool:
    """Whatever keeps the story itself from readers."""
    return story.discussion is Discussion.OPEN and (story.closes_at_ms is None or now_ms < story.closes_at_ms)
