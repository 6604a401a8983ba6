"""What is read before a comment is judged."""

from typing import Any

from sqlalchemy import Connection

from moothall.discussion.model import NO_PARENT, CommentId, Draft, State
from moothall.discussion.port import ParentTerms, PostContext
from moothall.discussion.verdict import StoryTerms
from moothall.kernel.errors import NotFound
from moothall.kernel.ids import made_at_ms
from moothall.people.model import Account, AccountId, Role
from moothall.store import comment_rows
from moothall.store.raw import row, rows
from moothall.story.model import Discussion, Moderation, StoryId

# What a judge may look back at: enough to see repetition and haste.
_RECENT = 20


def post_context(conn: Connection, draft: Draft) -> PostContext:
    """Raises: NotFound."""
    return _context(
        conn,
        terms=story_terms(conn, draft.story_id),
        author_id=draft.author_id,
        parent=_parent(conn, draft.parent_id, draft.author_id),
        key=draft.key,
    )


def edit_context(conn: Connection, *, story_id: StoryId, author_id: AccountId, besides: CommentId) -> PostContext:
    """As `post_context`, without the comment that is edited.  Raises: NotFound."""
    return _context(
        conn, terms=story_terms(conn, story_id), author_id=author_id, parent=None, key=None, besides=besides
    )


def story_terms(conn: Connection, story_id: StoryId) -> StoryTerms:
    """Raises: NotFound."""
    found = row(
        conn,
        "SELECT id, section_slug, lang, published, embargo_until_ms, discussion, closes_at_ms, moderation"
        " FROM story WHERE id = ?",
        [story_id],
    )
    if found is None:
        raise NotFound
    return StoryTerms(
        StoryId(found[0]),
        found[1],
        found[2],
        bool(found[3]),
        found[4],
        Discussion(found[5]),
        found[6],
        Moderation(found[7]),
    )


def author(conn: Connection, account_id: AccountId) -> Account:
    """Raises: NotFound."""
    found = row(
        conn,
        "SELECT id, display_name, role, made_at_ms, email, named, banned_until_ms, ban_reason"
        " FROM account WHERE id = ?",
        [account_id],
    )
    if found is None:
        raise NotFound
    return Account(
        AccountId(found[0]),
        found[1],
        Role(found[2]),
        found[3],
        found[4],
        bool(found[5]),
        found[6],
        found[7],
    )


def _context(
    conn: Connection,
    *,
    terms: StoryTerms,
    author_id: AccountId,
    parent: ParentTerms | None,
    key: str | None,
    besides: CommentId = NO_PARENT,
) -> PostContext:
    recent = [r for r in _recent(conn, author_id) if r[0] != besides]
    return PostContext(
        story=terms,
        author=author(conn, author_id),
        parent=parent,
        earlier=_earlier(conn, author_id, key) if key else None,
        recent_bodies=tuple(r[1] for r in recent),
        recent_times_ms=tuple(made_at_ms(r[0]) for r in recent),
        live_count=sum(r[2] == State.LIVE for r in recent),
        rejected_count=sum(r[2] in {State.REJECTED, State.REMOVED} for r in recent),
    )


def _recent(conn: Connection, author_id: AccountId) -> list[Any]:
    return rows(
        conn,
        f"SELECT id, body, state FROM comment WHERE author_id = ? ORDER BY id DESC LIMIT {_RECENT}",  # noqa: S608
        [author_id],
    )


def _earlier(conn: Connection, author_id: AccountId, key: str) -> Any:
    found = row(
        conn,
        f"SELECT {comment_rows.COLUMNS} {comment_rows.FROM} WHERE c.author_id = ? AND c.key = ?",
        [author_id, key],
    )
    return comment_rows.comment(found) if found else None


def _parent(conn: Connection, parent_id: CommentId, author_id: AccountId) -> ParentTerms | None:
    if parent_id == NO_PARENT:
        return None
    found = row(
        conn,
        "SELECT id, story_id, parent_id, root_id, depth, state, author_id,"
        " EXISTS (SELECT 1 FROM block b WHERE b.account_id = comment.author_id AND b.blocked_id = ?)"
        " FROM comment WHERE id = ?",
        [author_id, parent_id],
    )
    if found is None:
        return None
    return ParentTerms(
        CommentId(found[0]),
        StoryId(found[1]),
        CommentId(found[2]),
        CommentId(found[3]),
        found[4],
        State(found[5]),
        AccountId(found[6]),
        bool(found[7]),
    )
