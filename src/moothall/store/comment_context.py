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
_TERMS = "s.id, s.section_slug, s.lang, s.published, s.embargo_until_ms, s.discussion, s.closes_at_ms, s.moderation"
_TERMS_WIDTH = 8
_ACCOUNT = "a.id, a.display_name, a.role, a.made_at_ms, a.email, a.named, a.banned_until_ms, a.ban_reason"
_BOTH = f"SELECT {_TERMS}, {_ACCOUNT} FROM account a, story s WHERE a.id = ? AND s.id = ?"  # noqa: S608


def post_context(conn: Connection, draft: Draft) -> PostContext:
    """Raises: NotFound."""
    parent = _parent(conn, draft.parent_id, draft.author_id)
    return _context(conn, terms_and_author(conn, draft.story_id, draft.author_id), parent=parent, key=draft.key)


def edit_context(conn: Connection, *, story_id: StoryId, author_id: AccountId, besides: CommentId) -> PostContext:
    """As `post_context`, without the comment that is edited.  Raises: NotFound."""
    return _context(conn, terms_and_author(conn, story_id, author_id), parent=None, key=None, besides=besides)


def terms_and_author(conn: Connection, story_id: StoryId, author_id: AccountId) -> tuple[StoryTerms, Account]:
    """Both in one statement: they are asked for with every comment, before it is judged and when it is written.

    Raises: NotFound.
    """
    found = row(conn, _BOTH, [author_id, story_id])
    if found is None:
        raise NotFound
    return _terms(found), _account(found[_TERMS_WIDTH:])


def story_terms(conn: Connection, story_id: StoryId) -> StoryTerms:
    """Raises: NotFound."""
    found = row(conn, f"SELECT {_TERMS} FROM story s WHERE s.id = ?", [story_id])  # noqa: S608
    if found is None:
        raise NotFound
    return _terms(found)


def author(conn: Connection, account_id: AccountId) -> Account:
    """Raises: NotFound."""
    found = row(conn, f"SELECT {_ACCOUNT} FROM account a WHERE a.id = ?", [account_id])  # noqa: S608
    if found is None:
        raise NotFound
    return _account(found)


def _terms(found: Any) -> StoryTerms:
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


def _account(found: Any) -> Account:
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
    told: tuple[StoryTerms, Account],
    *,
    parent: ParentTerms | None,
    key: str | None,
    besides: CommentId = NO_PARENT,
) -> PostContext:
    terms, writer = told
    recent = [r for r in _recent(conn, writer.id) if r[0] != besides]
    return PostContext(
        story=terms,
        author=writer,
        parent=parent,
        earlier=_earlier(conn, writer.id, key) if key else None,
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
