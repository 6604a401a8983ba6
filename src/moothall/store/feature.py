"""The mark of a comment that is worth reading: one write, with its row in the log."""

from moothall.discussion.model import State
from moothall.kernel.errors import Conflict
from moothall.kernel.event import EventKind
from moothall.moderation.feature import Feature
from moothall.store.comment_state import tell
from moothall.store.comment_writes import get
from moothall.store.console_acts import need_right
from moothall.store.decisions import Entry, log
from moothall.store.raw import run
from moothall.store.sections import need_section
from moothall.store.tx import Tx


def feature(tx: Tx, wanted: Feature) -> None:
    """The same twice counts once.

    Raises: Forbidden, OtherSection, Banned, NotFound; Conflict for a comment that readers do not see.
    """
    need_right(tx, wanted.actor_id, wanted.at_ms)
    comment = get(tx, wanted.comment_id)
    need_section(tx, wanted.actor_id, comment.story_id)
    if comment.state is not State.LIVE:
        raise Conflict
    if comment.featured is wanted.featured:
        return
    run(tx.conn, "UPDATE comment SET featured = ? WHERE id = ?", [int(wanted.featured), comment.id])
    tell(tx, EventKind.EDITED, story_id=comment.story_id, comment_id=comment.id, at_ms=wanted.at_ms)
    entry = Entry(
        id=wanted.id,
        kind="feature" if wanted.featured else "unfeature",
        actor_id=wanted.actor_id,
        story_id=comment.story_id,
        comment_id=comment.id,
        account_id=comment.author.id,
        before=State.LIVE.value,
        after=State.LIVE.value,
        at_ms=wanted.at_ms,
    )
    log(tx, entry)
