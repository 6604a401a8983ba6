"""Queues, decisions and bans over one database."""

from moothall.discussion.model import State
from moothall.moderation.decide import Decision, DiscussionChange
from moothall.moderation.sanction import Ban
from moothall.store import moderation_writes
from moothall.store.database import Database
from moothall.story.model import Story


class SqlModeration:
    """Each method is a query or a command on the right thread."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def decide(self, decision: Decision) -> State:
        """The state after.  Raises: NotFound, Conflict."""
        return await self._db.write(lambda tx: moderation_writes.decide(tx, decision))

    async def set_discussion(self, change: DiscussionChange) -> Story:
        """Raises: NotFound."""
        return await self._db.write(lambda tx: moderation_writes.set_discussion(tx, change))

    async def ban(self, ban: Ban) -> None:
        """Until its end, or lift it.  Raises: NotFound."""
        await self._db.write(lambda tx: moderation_writes.keep_ban(tx, ban))
