"""The comment store: `discussion.port.CommentStore` and the pages' reads, over one database."""

from sqlalchemy import Connection

from moothall.discussion.model import Comment, CommentId, Draft, Page, ReactionKind, Report, Revision, Sort
from moothall.discussion.port import Edit, NewComment, PostContext
from moothall.kernel.page import Cursor
from moothall.people.model import AccountId
from moothall.store import comment_context, comment_reads, comment_writes
from moothall.store.database import Database
from moothall.story.model import StoryId


def _edit_context(conn: Connection, comment_id: CommentId, author_id: AccountId) -> tuple[Comment, PostContext]:
    comment = comment_reads.get(conn, comment_id)
    seen = comment_context.edit_context(conn, story_id=comment.story_id, author_id=author_id, besides=comment_id)
    return comment, seen


class SqlComments:
    """All of it is one line each: a query or a command, on the right thread."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def post_context(self, draft: Draft) -> PostContext:
        return await self._db.read(lambda c: comment_context.post_context(c, draft))

    async def add(self, new: NewComment) -> Comment:
        return await self._db.write(lambda tx: comment_writes.add(tx, new))

    async def get(self, comment_id: CommentId, viewer: AccountId | None = None) -> Comment:
        return await self._db.read(lambda c: comment_reads.get(c, comment_id, viewer))

    async def edit_context(self, comment_id: CommentId, author_id: AccountId) -> tuple[Comment, PostContext]:
        return await self._db.read(lambda c: _edit_context(c, comment_id, author_id))

    async def edit(self, edit: Edit) -> Comment:
        return await self._db.write(lambda tx: comment_writes.edit(tx, edit))

    async def withdraw(self, comment_id: CommentId, author_id: AccountId, at_ms: int) -> Comment:
        return await self._db.write(lambda tx: comment_writes.withdraw(tx, comment_id, author_id, at_ms))

    async def react(
        self, comment_id: CommentId, account_id: AccountId, kind: ReactionKind | None, at_ms: int
    ) -> Comment:
        await self._db.write(lambda tx: comment_writes.react(tx, comment_id, account_id, kind, at_ms))
        return await self.get(comment_id, account_id)

    async def report(self, report: Report, reporter: str) -> None:
        await self._db.write(lambda tx: comment_writes.report(tx, report, reporter))

    async def revisions(self, comment_id: CommentId) -> tuple[Revision, ...]:
        return await self._db.read(lambda c: comment_reads.revisions(c, comment_id))

    async def page(
        self,
        story_id: StoryId,
        *,
        sort: Sort,
        after: Cursor | None = None,
        limit: int,
        viewer: AccountId | None = None,
    ) -> Page:
        """A page of threads."""
        return await self._db.read(
            lambda c: comment_reads.page(c, story_id, sort=sort, after=after, limit=limit, viewer=viewer)
        )

    async def replies(
        self, parent: Comment, *, sort: Sort, after: Cursor | None = None, viewer: AccountId | None = None
    ) -> Page:
        """Further replies of one comment."""
        return await self._db.read(
            lambda c: comment_reads.replies(c, parent, sort=sort, after=after, viewer=viewer)
        )

    async def ancestors(self, comment: Comment) -> tuple[Comment, ...]:
        return await self._db.read(lambda c: comment_reads.ancestors(c, comment))

    async def live_since(
        self, story_id: StoryId, *, seq: int, limit: int, viewer: AccountId | None = None
    ) -> tuple[Comment, ...]:
        return await self._db.read(
            lambda c: comment_reads.live_since(c, story_id, seq=seq, limit=limit, viewer=viewer)
        )

    async def latest_live(self, story_id: StoryId, limit: int) -> tuple[Comment, ...]:
        return await self._db.read(lambda c: comment_reads.latest_live(c, story_id, limit))

    async def waiting_of(
        self, story_id: StoryId, author_id: AccountId, *, since_ms: int = 0
    ) -> tuple[Comment, ...]:
        """An author's own comments that nobody else has on the page, newest first."""
        return await self._db.read(lambda c: comment_reads.waiting_of(c, story_id, author_id, since_ms=since_ms))

    async def visit(self, account_id: AccountId, story_id: StoryId, seen: CommentId, at_ms: int) -> None:
        """Remember the newest comment that a reader has had on the page; never an older one."""
        await self._db.write(lambda tx: comment_writes.visit(tx, account_id, story_id, seen, at_ms))

    async def seen(self, account_id: AccountId, story_id: StoryId) -> tuple[CommentId, int]:
        """The newest comment of the last visit (0 for a first) and how many live ones came since."""
        return await self._db.read(lambda c: comment_reads.seen(c, account_id, story_id))
