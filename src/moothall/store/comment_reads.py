"""Pages of comments by keyset; each order costs O(page) on a story of any size."""

from collections.abc import Iterable, Sequence
from typing import Any

from msgspec.structs import replace
from sqlalchemy import Connection

from moothall.discussion.model import NO_PARENT, Comment, CommentId, Node, Page, ReactionKind, Revision, Sort, State
from moothall.discussion.thread import build_page, build_replies
from moothall.kernel.errors import NotFound
from moothall.kernel.ids import id_at
from moothall.kernel.limits import COMMENT_DEPTH, NEW_COUNT_CAP, REPLIES_PAGE
from moothall.kernel.page import Cursor
from moothall.people.model import AccountId
from moothall.store import comment_rows
from moothall.store.comment_notes import notes
from moothall.store.raw import row, rows
from moothall.story.model import StoryId

_SELECT = f"SELECT {comment_rows.COLUMNS} {comment_rows.FROM}"
_SHOWN = f"{_SELECT} WHERE c.story_id = ? AND c.parent_id = ? AND c.shown = 1"
_TAIL = "LIMIT ?"
_BY_TIME = {
    Sort.NEWEST: ("AND c.id < ?", "ORDER BY c.id DESC"),
    Sort.OLDEST: ("AND c.id > ?", "ORDER BY c.id"),
}
_KEYS = {Sort.REPLIES: "c.reply_count", Sort.RESPECTED: "c.score"}


def page(
    conn: Connection,
    story_id: StoryId,
    *,
    sort: Sort,
    after: Cursor | None,
    limit: int,
    viewer: AccountId | None,
) -> Page:
    """Roots with their first replies, `limit` comments or a little fewer."""
    found = build_page(_Children(conn, story_id), sort, after, limit)
    return _for(conn, found, viewer)


def replies(
    conn: Connection, parent: Comment, *, sort: Sort, after: Cursor | None, viewer: AccountId | None
) -> Page:
    """Further replies of one comment."""
    found = build_replies(_Children(conn, parent.story_id), parent, sort, after, REPLIES_PAGE)
    return _for(conn, found, viewer)


def get(conn: Connection, comment_id: CommentId, viewer: AccountId | None = None) -> Comment:
    """Raises: NotFound."""
    found = row(conn, f"{_SELECT} WHERE c.id = ?", [comment_id])
    if found is None:
        raise NotFound
    parent = _name_of_author(conn, found[2]) if found[2] else None
    mine = my_reactions(conn, [comment_id], viewer).get(comment_id)
    read = comment_rows.comment(found, parent_author=parent, mine=mine)
    return read if read.state is State.LIVE else _noted(conn, [read])[0]


def ancestors(conn: Connection, comment: Comment) -> tuple[Comment, ...]:
    """From the root down to the parent."""
    found: list[Comment] = []
    parent_id = comment.parent_id
    while parent_id != NO_PARENT and len(found) <= COMMENT_DEPTH:
        above = get(conn, parent_id)
        found.append(above)
        parent_id = above.parent_id
    return tuple(reversed(found))


def live_since(
    conn: Connection, story_id: StoryId, *, seq: int, limit: int, viewer: AccountId | None
) -> tuple[Comment, ...]:
    """Comments that became live after an event, in the order in which they did, still live."""
    ids = rows(
        conn,
        "SELECT o.comment_id FROM outbox o WHERE o.story_id = ? AND o.seq > ? AND o.kind = 'new'"
        " ORDER BY o.seq LIMIT ?",
        [story_id, seq, limit],
    )
    unique = list(dict.fromkeys(CommentId(found[0]) for found in ids))
    comments = [get(conn, comment_id, viewer) for comment_id in unique]
    return tuple(c for c in comments if c.state == "live" and c.story_id == story_id)


def latest_live(conn: Connection, story_id: StoryId, limit: int) -> tuple[Comment, ...]:
    """The newest live comments of a story, newest first: feeds."""
    found = rows(conn, f"{_SELECT} WHERE c.story_id = ? AND c.state = 'live' ORDER BY c.id DESC LIMIT ?",
                 [story_id, limit])  # fmt: skip
    return tuple(comment_rows.comment(one) for one in found)


def waiting_of(conn: Connection, story_id: StoryId, author_id: AccountId, *, since_ms: int) -> tuple[Comment, ...]:
    """An author's own comments under a story that nobody else has on the page, newest first.

    Args:
        since_ms: what was made earlier and then refused or taken down is left out.
    """
    found = rows(
        conn,
        f"{_SELECT} WHERE c.author_id = ? AND c.story_id = ? AND c.shown = 0"
        " AND (c.state = 'held' OR c.state IN ('rejected', 'removed') AND c.id > ?) ORDER BY c.id DESC LIMIT 20",
        [author_id, story_id, id_at(since_ms)],
    )
    return _noted(conn, [comment_rows.comment(one) for one in found])


def count_live_after(conn: Connection, story_id: StoryId, comment_id: int, cap: int) -> int:
    """How many live comments are newer than one, at most `cap`."""
    found = row(
        conn,
        "SELECT count(*) FROM (SELECT 1 FROM comment WHERE story_id = ? AND state = 'live' AND id > ? LIMIT ?) n",
        [story_id, comment_id, cap],
    )
    return int(found[0]) if found else 0


def seen(conn: Connection, account_id: AccountId, story_id: StoryId) -> tuple[CommentId, int]:
    """The newest comment of the last visit (0 for a first) and how many live ones came since."""
    found = row(
        conn, "SELECT seen_comment FROM visit WHERE account_id = ? AND story_id = ?", [account_id, story_id]
    )
    if found is None:
        return NO_PARENT, 0
    return CommentId(found[0]), count_live_after(conn, story_id, found[0], NEW_COUNT_CAP + 1)


def revisions(conn: Connection, comment_id: CommentId) -> tuple[Revision, ...]:
    """Earlier texts, oldest first."""
    found = rows(
        conn,
        "SELECT revision, body, body_html, at_ms FROM comment_revision WHERE comment_id = ? ORDER BY revision",
        [comment_id],
    )
    return tuple(Revision(*one) for one in found)


def my_reactions(conn: Connection, ids: Sequence[int], viewer: AccountId | None) -> dict[int, str]:
    """The viewer's own reactions to some comments."""
    if viewer is None or not ids:
        return {}
    marks = ", ".join("?" * len(ids))
    found = rows(
        conn,
        f"SELECT comment_id, kind FROM reaction WHERE account_id = ? AND comment_id IN ({marks})",  # noqa: S608
        [viewer, *ids],
    )
    return {one[0]: one[1] for one in found}


class _Children:
    """The `Children` of `discussion.thread`, over one connection."""

    def __init__(self, conn: Connection, story_id: StoryId) -> None:
        self._conn = conn
        self._story_id = story_id

    def __call__(self, parent_id: CommentId, sort: Sort, after: Cursor | None, limit: int) -> list[Comment]:
        if sort in _BY_TIME:
            beyond, order = _BY_TIME[sort]
            found = self._read(parent_id, beyond if after else "", [after.id] if after else [], order, limit)
        else:
            found = self._by_key(parent_id, _KEYS[sort], after, limit)
        return [comment_rows.comment(one) for one in found]

    def _by_key(self, parent_id: CommentId, key: str, after: Cursor | None, limit: int) -> list[Any]:
        """First the rest of those that tie with the cursor, then those below it.

        One comparison of pairs would be shorter, but SQLite then walks through all that tie: 3.65 ms a
        page where these two take 0.5.
        """
        falling = f"ORDER BY {key} DESC, c.id DESC"
        if after is None:
            return self._read(parent_id, "", [], falling, limit)
        ties = f"AND {key} = ? AND c.id < ?"
        found = self._read(parent_id, ties, [after.key, after.id], "ORDER BY c.id DESC", limit)
        if len(found) < limit:
            found += self._read(parent_id, f"AND {key} < ?", [after.key], falling, limit - len(found))
        return found

    def _read(self, parent_id: CommentId, beyond: str, args: list[int], order: str, limit: int) -> list[Any]:
        statement = f"{_SHOWN} {beyond} {order} {_TAIL}"
        return rows(self._conn, statement, [self._story_id, parent_id, *args, limit])


def _name_of_author(conn: Connection, comment_id: int) -> str | None:
    found = row(
        conn,
        "SELECT a.display_name FROM comment c JOIN account a ON a.id = c.author_id"
        " WHERE c.id = ? AND c.state = 'live'",
        [comment_id],
    )
    return found[0] if found else None


def _for(conn: Connection, found: Page, viewer: AccountId | None) -> Page:
    """With the viewer's own reactions, and with what moderators wrote to the viewer."""
    comments = [node.comment for node in _walk(found.nodes)]
    mine = my_reactions(conn, [one.id for one in comments], viewer)
    told = notes(conn, [c for c in comments if c.author.id == viewer and c.state is not State.LIVE])
    if not mine and not told:
        return found
    return Page(tuple(_marked(node, mine, told) for node in found.nodes), found.next_cursor)


def _marked(node: Node, mine: dict[int, str], told: dict[int, str]) -> Node:
    comment = node.comment
    kind, note = mine.get(comment.id), told.get(comment.id, "")
    if kind or note:
        comment = replace(comment, my_reaction=ReactionKind(kind) if kind else None, note=note)
    return replace(node, comment=comment, replies=tuple(_marked(reply, mine, told) for reply in node.replies))


def _noted(conn: Connection, comments: Sequence[Comment]) -> tuple[Comment, ...]:
    told = notes(conn, comments)
    return tuple(replace(one, note=told.get(one.id, "")) for one in comments)


def _walk(nodes: Iterable[Node]) -> Iterable[Node]:
    for node in nodes:
        yield node
        yield from _walk(node.replies)
