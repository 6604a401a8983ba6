"""Decisions and bans: each is one write with its row in the log."""

from moothall.discussion.model import Comment, State
from moothall.moderation.decide import Decision, DiscussionChange, outcome
from moothall.moderation.sanction import Ban
from moothall.moderation.statement import RESTRICTIONS, Source
from moothall.store import statements, story_writes
from moothall.store.comment_state import set_state
from moothall.store.comment_writes import get
from moothall.store.decisions import Entry, log
from moothall.store.raw import row, run
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
    after = outcome(before.state, decision.act, was_live=_was_live(tx, before))
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
    log(
        tx,
        Entry(
            id=change.id,
            kind="discussion",
            actor_id=change.actor_id,
            story_id=change.story_id,
            before=_terms(before),
            after=_terms(after),
            at_ms=change.at_ms,
        ),
    )
    return after


def keep_ban(tx: Tx, ban: Ban) -> None:
    """Until its end, or lifted."""
    before = row(tx.conn, "SELECT banned_until_ms FROM account WHERE id = ?", [ban.account_id])
    run(
        tx.conn,
        "UPDATE account SET banned_until_ms = ?, ban_reason = ? WHERE id = ?",
        [ban.until_ms, ban.reason or None, ban.account_id],
    )
    log(
        tx,
        Entry(
            id=ban.id,
            kind="ban" if ban.until_ms else "unban",
            actor_id=ban.actor_id,
            account_id=ban.account_id,
            note=ban.reason,
            before=str(before[0] or "") if before else "",
            after=str(ban.until_ms or ""),
            at_ms=ban.at_ms,
        ),
    )


def _was_live(tx: Tx, comment: Comment) -> bool:
    """What has replies was seen, and so was what a moderator took from readers."""
    seen = "SELECT 1 FROM decision WHERE comment_id = ? AND before = 'live'"
    return comment.reply_count > 0 or row(tx.conn, seen, [comment.id]) is not None


def _is_open(story: Story, now_ms: int) -> bool:
    """Whatever keeps the story itself from readers."""
    return story.discussion is Discussion.OPEN and (story.closes_at_ms is None or now_ms < story.closes_at_ms)


def _terms(story: Story) -> str:
    return f"{story.discussion.value} {story.moderation.value}"
