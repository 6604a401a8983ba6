"""What may be done to a discussion, and by whom.  Pure: each raises the error it stands for."""

from moothall.discussion.model import NO_PARENT, Comment, CommentId, State
from moothall.discussion.port import ParentTerms
from moothall.discussion.verdict import StoryTerms
from moothall.kernel.errors import (
    Banned,
    Blocked,
    BodyEmpty,
    BodyTooLong,
    DiscussionClosed,
    EditWindowClosed,
    NotFound,
    NotYours,
    OwnComment,
    ParentForeign,
    ParentGone,
    StoryEmbargoed,
)
from moothall.kernel.limits import (
    COMMENT_BODY_BYTES,
    COMMENT_BODY_GRAPHEMES,
    COMMENT_DEPTH,
    EDIT_WINDOW_MS,
    MINUTE_MS,
)
from moothall.kernel.text import clean, graphemes, is_visible
from moothall.people.model import Account, Role
from moothall.people.role import Right, may
from moothall.story.model import Discussion


def check_body(text: str) -> str:
    """The cleaned body.  Raises: BodyEmpty, BodyTooLong."""
    body = clean(text)
    if not is_visible(body):
        raise BodyEmpty
    over = graphemes(body) - COMMENT_BODY_GRAPHEMES
    if over <= 0:
        over = (len(body.encode()) - COMMENT_BODY_BYTES + 3) // 4
    if over > 0:
        raise BodyTooLong(over=over, limit=COMMENT_BODY_GRAPHEMES)
    return body


def check_story(story: StoryTerms, author: Account, now_ms: int) -> None:
    """Raises: NotFound, StoryEmbargoed, DiscussionClosed."""
    if not story.public_at(now_ms):
        raise StoryEmbargoed if may(author.role, Right.PUBLISH) else NotFound
    if story.discussion is Discussion.OFF:
        raise NotFound
    if not story.open_at(now_ms):
        raise DiscussionClosed


def check_discussed(story: StoryTerms, role: Role, now_ms: int) -> None:
    """Whether somebody of this role may see the discussion at all.  Raises: NotFound."""
    if not story.public_at(now_ms) and not may(role, Right.PUBLISH):
        raise NotFound
    if story.discussion is Discussion.OFF and not may(role, Right.SEE_HELD):
        raise NotFound


def check_author(author: Account, now_ms: int) -> None:
    """Raises: Banned."""
    if author.banned_at(now_ms):
        raise Banned(reason=author.ban_reason or "–")


def check_parent(parent: ParentTerms | None, story: StoryTerms) -> None:
    """Raises: ParentGone, ParentForeign, Blocked."""
    if parent is None:
        raise ParentGone
    if parent.story_id != story.id:
        raise ParentForeign
    if parent.state is not State.LIVE:
        raise ParentGone
    if parent.author_blocks_me:
        raise Blocked


def place(parent: ParentTerms | None) -> tuple[CommentId, CommentId, int]:
    """Parent, root and depth of a reply; the root is 0 for a comment that is its own root.

    Past the depth limit a reply attaches beside the one it answers, below the last allowed ancestor.
    """
    if parent is None:
        return NO_PARENT, NO_PARENT, 0
    if parent.depth >= COMMENT_DEPTH:
        return parent.parent_id, parent.root_id, parent.depth
    return parent.id, parent.root_id, parent.depth + 1


def check_edit(comment: Comment, author: Account, now_ms: int) -> None:
    """Raises: NotYours, Banned, EditWindowClosed."""
    if comment.author.id != author.id or comment.state not in {State.LIVE, State.HELD}:
        raise NotYours
    check_author(author, now_ms)
    if not in_edit_window(comment, now_ms):
        raise EditWindowClosed(minutes=EDIT_WINDOW_MS // MINUTE_MS)


def in_edit_window(comment: Comment, now_ms: int) -> bool:
    """Whether a comment is young enough to be edited.  A clock that jumped back does not close it."""
    return now_ms - comment.created_at_ms < EDIT_WINDOW_MS


def check_withdraw(comment: Comment, author: Account) -> None:
    """Raises: NotYours."""
    if comment.author.id != author.id or comment.state in {State.REJECTED, State.REMOVED}:
        raise NotYours


def check_react(comment: Comment, reader: Account, now_ms: int) -> None:
    """Raises: NotFound, OwnComment, Banned."""
    if comment.state is not State.LIVE:
        raise NotFound
    if comment.author.id == reader.id:
        raise OwnComment
    check_author(reader, now_ms)
