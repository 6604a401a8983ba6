"""What a change of a discussion's terms leaves behind, whoever made it."""

from moothall.kernel.clock import to_rfc3339
from moothall.moderation.statement import Reasons, Restriction, Statement, breach_of
from moothall.store import statements
from moothall.store.decisions import Entry, log
from moothall.store.tx import Tx
from moothall.story.model import Discussion, Moderation, Story


def keep_change(tx: Tx, entry: Entry, *, before: str, after: Story) -> None:
    """A row of the log with a new statement; what stood on the discussion until now stands no more.

    Args:
        entry: who, when and where; what changed is added here.
        before: `terms` as they were.
    """
    statements.end_of_discussion(tx, after.id, entry.at_ms)
    made = Entry(
        id=entry.id,
        kind="discussion",
        actor_id=entry.actor_id,
        story_id=after.id,
        note=entry.note,
        before=before,
        after=terms(after.discussion, after.moderation, after.closes_at_ms),
        at_ms=entry.at_ms,
    )
    log(tx, made, _owed_to_all(made, after))


def terms(discussion: Discussion, moderation: Moderation, closes_at_ms: int | None) -> str:
    """The terms as the log writes them."""
    until = f" until {to_rfc3339(closes_at_ms)}" if closes_at_ms is not None else ""
    return f"{discussion.value} {moderation.value}{until}"


def _owed_to_all(made: Entry, after: Story) -> Statement | None:
    """Whoever writes there is told; nobody when everybody may write and is shown at once."""
    if after.discussion is not Discussion.OPEN:
        restriction = Restriction.DISCUSSION_CLOSED
    elif after.moderation is Moderation.PRE:
        restriction = Restriction.DISCUSSION_HELD
    else:
        return None
    ground, breach, keyword = breach_of(None)
    return Statement(
        id=made.id,
        account_id=None,
        comment_id=None,
        story_id=after.id,
        restriction=restriction,
        reasons=Reasons(),
        ground=ground,
        breach=breach,
        keyword=keyword,
        lang=after.lang,
        said_at_ms=None,
        until_ms=None,
        at_ms=made.at_ms,
    )
