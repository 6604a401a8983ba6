"""Looking for comments of any state.

There is no index of words: a page looks through a bounded stretch of the newest comments, or through all of the
authors that were named, and says where to go on.  So a page costs the same on a site of any size.
"""

from sqlalchemy import Connection

from moothall.discussion.model import CommentId
from moothall.kernel import page as cursors
from moothall.kernel.limits import QUEUE_PAGE, SEARCH_STRETCH
from moothall.kernel.page import Cursor
from moothall.moderation.queue import QueuePage
from moothall.moderation.sought import Sought
from moothall.people.model import AccountId
from moothall.store.people_roles import called
from moothall.store.queue_rows import waiting
from moothall.store.raw import row, rows
from moothall.store.sections import sections_of, within

_AUTHORS_LOOKED = 50


def search(
    conn: Connection, sought: Sought, after: Cursor | None, viewer: AccountId, limit: int = QUEUE_PAGE
) -> QueuePage:
    """Newest first."""
    where, args = _where(sought)
    own = sections_of(conn, viewer)
    if own:
        where.append(within(own))
        args += own
    if after is not None:
        where.append("c.id < ?")
        args.append(after.id)
    floor = None if sought.author else _floor(conn, after)
    if floor is not None:
        where.append("c.id >= ?")
        args.append(floor)
    if sought.author:
        ids = [one.id for one in called(conn, sought.author, _AUTHORS_LOOKED)]
        where.append(f"c.author_id IN ({', '.join('?' * len(ids)) or 'NULL'})")
        args += ids
    sql = f"SELECT c.id FROM comment c WHERE {' AND '.join(where) or '1 = 1'} ORDER BY c.id DESC LIMIT ?"  # noqa: S608
    found = [CommentId(one[0]) for one in rows(conn, sql, [*args, limit + 1])]
    if len(found) > limit:
        last: int | None = found[limit - 1]
    else:
        last = floor
    return QueuePage(waiting(conn, found[:limit]), cursors.encode(Cursor(0, last)) if last else None)


def _where(sought: Sought) -> tuple[list[str], list[object]]:
    parts = (
        ("c.state = ?", sought.state),
        ("c.removal_rule = ?", sought.rule),
        ("c.story_id = (SELECT id FROM story WHERE code = ?)", sought.story),
    )
    where: list[str] = [one for one, value in parts if value]
    args: list[object] = [value for _, value in parts if value]
    if sought.text:
        written = _written(sought.text)
        where.append("(" + " OR ".join(["lower(c.body) LIKE ? ESCAPE '!'"] * len(written)) + ")")
        args += [f"%{one}%" for one in written]
    return where, args


def _written(text: str) -> list[str]:
    """A text in the ways that it may stand there: SQLite knows the small letters of English only."""
    plain = text.replace("!", "!!").replace("%", "!%").replace("_", "!_")
    if plain.isascii():
        return [plain.lower()]
    return list(dict.fromkeys((plain.lower(), plain, plain.capitalize(), plain.title(), plain.upper())))


def _floor(conn: Connection, after: Cursor | None) -> int | None:
    below, args = ("WHERE id < ?", [after.id]) if after else ("", [])
    sql = f"SELECT id FROM comment {below} ORDER BY id DESC LIMIT 1 OFFSET {SEARCH_STRETCH}"  # noqa: S608
    found = row(conn, sql, args)
    return int(found[0]) if found else None
