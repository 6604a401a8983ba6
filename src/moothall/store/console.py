"""The console over one database: queues, claims, decisions and taking them back."""

from collections.abc import Callable, Sequence

from sqlalchemy import Connection

from moothall.discussion.model import CommentId, State
from moothall.discussion.nudge import NudgeCounts
from moothall.kernel.clock import Clock
from moothall.kernel.errors import NotFound
from moothall.kernel.limits import BATCH, DAY_MS, NUMBERS_DAYS, QUEUE_PAGE, SAMPLE_DAYS
from moothall.kernel.page import Cursor
from moothall.moderation.context import About
from moothall.moderation.feature import Feature
from moothall.moderation.numbers import Numbers
from moothall.moderation.queue import WORK, Holder, QueuePage, Sparing, Waiting, Wanted
from moothall.moderation.sample import Wish
from moothall.moderation.second_review import Quality, Question, SecondReview, qualities
from moothall.moderation.sought import Sought
from moothall.moderation.taken import Done, Taken
from moothall.moderation.thread_hold import Held, Thread, ThreadHold
from moothall.people.model import AccountId
from moothall.store import (
    claims,
    console_acts,
    console_context,
    console_counts,
    console_kept,
    console_numbers,
    console_search,
    console_undo,
    feature,
    moderation_queue,
    nudges,
    second_reviews,
    threads,
)
from moothall.store.database import Database
from moothall.store.moderation_queue import Asker
from moothall.store.queue_rows import waiting
from moothall.store.sections import own_of
from moothall.store.tx import Tx


class SqlConsole:
    """Each method is a query or a command on the right thread."""

    def __init__(self, db: Database, clock: Clock, new_id: Callable[[], int]) -> None:
        self._db = db
        self._clock = clock
        self._new_id = new_id

    async def page(
        self, asked: Wanted, after: Cursor | None, viewer: AccountId, sparing: Sparing | None = None
    ) -> QueuePage:
        """Some of a queue; what must be decided is from now on in this moderator's hand."""
        asker = Asker(viewer, self._clock(), sparing)
        found = await self._db.read(lambda c: moderation_queue.queue_page(c, asked, after, asker))
        ids = [one.comment.id for one in found.waiting]
        if asked.queue not in WORK or not ids:
            return found
        mine = await self.claim(ids, viewer)
        kept = tuple(one for one in found.waiting if one.comment.id in mine)
        return QueuePage(kept, found.next_cursor, found.spared)

    async def claim(self, ids: Sequence[CommentId], viewer: AccountId) -> frozenset[CommentId]:
        """Take or renew leases; returns what is this moderator's."""
        now_ms = self._clock()

        def write(tx: Tx) -> frozenset[CommentId]:
            return claims.claim(tx, own_of(tx.conn, ids, viewer), viewer, now_ms)

        return await self._db.write(write)

    async def holders(self, viewer: AccountId) -> tuple[Holder, ...]:
        """Colleagues at work."""
        now_ms = self._clock()
        return await self._db.read(lambda c: claims.holders(c, viewer, now_ms))

    async def about(self, comment: CommentId) -> About:
        """A comment with what surrounds it.  Raises: NotFound."""
        return await self._db.read(lambda c: console_context.about(c, comment))

    async def one(self, comment: CommentId) -> Waiting:
        """A comment as a queue has it.  Raises: NotFound."""
        found = await self._db.read(lambda c: waiting(c, [comment]))
        if not found:
            raise NotFound
        return found[0]

    async def some(self, ids: Sequence[CommentId], viewer: AccountId) -> tuple[Waiting, ...]:
        """Comments as a queue has them, in the order of the ids; what is gone or another's is left out."""
        return await self._db.read(lambda c: waiting(c, own_of(c, ids, viewer)))

    async def alike(self, comment: CommentId, viewer: AccountId) -> tuple[Waiting, ...]:
        """A comment and, beneath it, those with much the same words that wait or are live.  Raises: NotFound."""

        def read(c: Connection) -> tuple[Waiting, ...]:
            found = console_context.alike(c, comment)
            mine = set(own_of(c, [one.comment.id for one in found], viewer))
            return tuple(one for one in found if one.comment.id in mine)

        return await self._db.read(read)

    async def numbers(self) -> Numbers:
        """The last month of the whole newsroom."""
        now_ms = self._clock()
        return await self._db.read(lambda c: console_numbers.read(c, now_ms))

    async def sample(self, wanted: Wish) -> int:
        """Draw comments for second reviews; how many were drawn.  Raises: Forbidden, Banned."""
        drawn = await self._db.read(lambda c: second_reviews.drawn_of(c, wanted))
        await self._db.write(lambda tx: second_reviews.keep_sample(tx, wanted, drawn))
        return len(drawn)

    async def question(self, reviewer: AccountId) -> tuple[Question | None, int]:
        """What this moderator may review next, blind, and how many wait for them."""
        return await self._db.read(
            lambda c: (second_reviews.following(c, reviewer), second_reviews.waiting(c, reviewer))
        )

    async def review(self, made: SecondReview) -> None:
        """Raises: Forbidden, Banned, NotFound, AlreadyDecided, SamePerson."""
        await self._db.write(lambda tx: second_reviews.keep_review(tx, made))

    async def qualities(self) -> tuple[Quality, ...]:
        """How right each check and people's first decisions were, by the second reviews of a quarter."""
        now_ms = self._clock()
        since_ms = now_ms - SAMPLE_DAYS * DAY_MS
        return qualities(await self._db.read(lambda c: second_reviews.reviewed(c, since_ms, now_ms)))

    async def nudges(self) -> tuple[tuple[str, NudgeCounts], ...]:
        """What authors chose who were asked first, by rule, in the dashboard's month."""
        since_ms = self._clock() - NUMBERS_DAYS * DAY_MS
        return await self._db.read(lambda c: nudges.by_rule(c, since_ms))

    async def search(self, sought: Sought, after: Cursor | None, viewer: AccountId) -> QueuePage:
        """Comments of whatever state, newest first, a stretch of the newest at a time."""
        return await self._db.read(lambda c: console_search.search(c, sought, after, viewer))

    async def found(self, sought: Sought, viewer: AccountId) -> tuple[Waiting, ...]:
        """The newest of what a search finds, to be decided on together; nothing where nothing is asked for."""
        if not sought.anything:
            return ()
        return (await self._db.read(lambda c: console_search.search(c, sought, None, viewer, BATCH))).waiting

    async def counts(self, viewer: AccountId) -> dict[str, int]:
        """How much waits for somebody, by the last part of the page's address; at most a thousand each."""
        return await self._db.read(lambda c: console_counts.counts(c, viewer))

    async def fresh(self, asked: Wanted, newest: CommentId, viewer: AccountId) -> int:
        """How many came since the newest that was read; at most a hundred."""
        asker = Asker(viewer, self._clock())
        return await self._db.read(lambda c: moderation_queue.fresh_count(c, asked, newest, asker))

    async def take(self, taken: Taken) -> State:
        """Raises: Forbidden, NotFound, KeyReused, TextChanged, AlreadyDecided, Claimed, Conflict."""
        return await self._db.write(lambda tx: console_acts.take(tx, taken))

    async def take_all(self, many: tuple[Taken, ...]) -> tuple[Taken, ...]:
        """Those that were left alone because they changed meanwhile.  Raises: Forbidden, Banned."""
        return await self._db.write(lambda tx: console_acts.take_all(tx, many))

    async def thread(self, comment: CommentId) -> tuple[Thread, tuple[Waiting, ...]]:
        """What of a thread is live, and the first of it as a queue has them.  Raises: NotFound."""

        def read(c: Connection) -> tuple[Thread, tuple[Waiting, ...]]:
            found = threads.thread(c, comment)
            return found, waiting(c, [one.id for one in found.parts[:QUEUE_PAGE]])

        return await self._db.read(read)

    async def hold_thread(self, wanted: ThreadHold) -> Held:
        """All of it, in one transaction.  Raises: Forbidden, Banned, NotFound."""
        return await self._db.write(lambda tx: threads.hold(tx, wanted, self._new_id))

    async def feature(self, wanted: Feature) -> None:
        """Raises: Forbidden, OtherSection, Banned, NotFound, Conflict."""
        await self._db.write(lambda tx: feature.feature(tx, wanted))

    async def undo_all(self, actor: AccountId, key: str) -> int:
        """Take back what one act did to many, in one transaction; how many.  Raises: Forbidden, Banned."""
        now_ms = self._clock()
        return await self._db.write(lambda tx: threads.undo_all(tx, actor, key, new_id=self._new_id, at_ms=now_ms))

    async def undo(self, actor: AccountId, key: str) -> State:
        """The state before.  Raises: Forbidden, NotFound, TextChanged, AlreadyDecided."""
        number, now_ms = self._new_id(), self._clock()
        return await self._db.write(lambda tx: console_undo.undo(tx, actor, key, new_id=number, at_ms=now_ms))

    async def decided(self, actor: AccountId) -> tuple[Done, ...]:
        """One's own last decisions."""
        return await self._db.read(lambda c: console_undo.decided(c, actor))

    async def kept(self, account: AccountId, kind: str) -> dict[str, str]:
        """What somebody keeps of a kind, by name."""
        return await self._db.read(lambda c: console_kept.kept(c, account, kind))

    async def keep(self, account: AccountId, kind: str, values: dict[str, str | None]) -> None:
        """Save each; None forgets it."""
        await self._db.write(lambda tx: console_kept.keep(tx, account, kind, values))
