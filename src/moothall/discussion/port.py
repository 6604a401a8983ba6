"""What this room asks of storage."""

from typing import Protocol

import msgspec

from moothall.discussion.model import (
    Comment,
    CommentId,
    Draft,
    ReactionKind,
    Report,
    Revision,
    State,
)
from moothall.discussion.verdict import Finding, StoryTerms
from moothall.people.model import Account, AccountId
from moothall.story.model import StoryId


class ParentTerms(msgspec.Struct, frozen=True):
    """What of a parent decides whether it may be answered."""

    id: CommentId
    story_id: StoryId
    parent_id: CommentId
    root_id: CommentId
    depth: int
    state: State
    author_id: AccountId
    author_blocks_me: bool


class PostContext(msgspec.Struct, frozen=True):
    """One read before judging.  `earlier` is the comment that the same key already made."""

    story: StoryTerms
    author: Account
    parent: ParentTerms | None
    earlier: Comment | None
    recent_bodies: tuple[str, ...]
    recent_times_ms: tuple[int, ...]
    live_count: int
    rejected_count: int


class NewComment(msgspec.Struct, frozen=True):
    """A judged comment, ready to be written."""

    id: CommentId
    draft: Draft
    parent_id: CommentId
    root_id: CommentId
    depth: int
    body_html: str
    state: State
    findings: tuple[Finding, ...]
    at_ms: int


class Edit(msgspec.Struct, frozen=True):
    """A judged new text of a comment."""

    comment_id: CommentId
    author_id: AccountId
    was_revision: int
    body: str
    body_html: str
    state: State
    findings: tuple[Finding, ...]
    at_ms: int


class CommentStore(Protocol):
    """Reads and writes of comments.  Every write is one transaction and safe to repeat."""

    async def post_context(self, draft: Draft) -> PostContext:
        """Raises: NotFound when there is no such story or author."""
        ...

    async def add(self, new: NewComment) -> Comment:
        """Insert unless the same author already used the key; then the first one comes back.

        Raises: NotFound, DiscussionClosed, ParentGone, Banned when things changed since the read.
        """
        ...

    async def get(self, comment_id: CommentId) -> Comment:
        """Raises: NotFound."""
        ...

    async def edit_context(self, comment_id: CommentId, author_id: AccountId) -> tuple[Comment, PostContext]:
        """The comment and the same context as for posting.  Raises: NotFound."""
        ...

    async def edit(self, edit: Edit) -> Comment:
        """Raises: Conflict when another edit came first, NotFound when it is gone, DiscussionClosed, Banned."""
        ...

    async def withdraw(self, comment_id: CommentId, author_id: AccountId, at_ms: int) -> Comment:
        """Raises: NotFound, Banned."""
        ...

    async def react(
        self, comment_id: CommentId, account_id: AccountId, kind: ReactionKind | None, at_ms: int
    ) -> Comment:
        """Set, change or (None) take back a reaction.  Raises: NotFound, OwnComment, Banned."""
        ...

    async def report(self, report: Report, reporter: str) -> None:
        """Kept once for each reporter and comment; a second one replaces the first.  Raises: NotFound."""
        ...

    async def revisions(self, comment_id: CommentId) -> tuple[Revision, ...]:
        """Earlier texts, oldest first."""
        ...
