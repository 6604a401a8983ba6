"""Which sections a member of staff answers for, as SQL asks for it."""

from collections.abc import Sequence

from sqlalchemy import Connection

from moothall.discussion.model import CommentId
from moothall.kernel.errors import OtherSection
from moothall.people.model import AccountId
from moothall.store.raw import row, rows
from moothall.store.tx import Tx


def sections_of(conn: Connection, account_id: AccountId) -> tuple[str, ...]:
    """Slugs; none for whoever answers for the whole site."""
    found = row(conn, "SELECT sections FROM account WHERE id = ?", [account_id])
    return tuple(found[0].split()) if found else ()


def within(sections: tuple[str, ...]) -> str:
    """A condition on a comment `c`, with a mark for each slug."""
    if not sections:
        return "1 = 1"
    # A plus keeps SQLite from walking the stories instead of the queue.
    marks = ", ".join("?" * len(sections))
    return f"+c.story_id IN (SELECT id FROM story WHERE section_slug IN ({marks}))"  # noqa: S608


def section_of_story(conn: Connection, story_id: int) -> str | None:
    """None when there is no such story."""
    found = row(conn, "SELECT section_slug FROM story WHERE id = ?", [story_id])
    return str(found[0]) if found else None


def section_of_comment(conn: Connection, comment_id: int) -> str | None:
    """None when there is no such comment."""
    query = "SELECT s.section_slug FROM comment c JOIN story s ON s.id = c.story_id WHERE c.id = ?"
    found = row(conn, query, [comment_id])
    return str(found[0]) if found else None


def own_of(conn: Connection, ids: Sequence[CommentId], account_id: AccountId) -> list[CommentId]:
    """Those of some comments that somebody answers for, in their order."""
    own = sections_of(conn, account_id)
    if not own or not ids:
        return list(ids)
    marks = ", ".join("?" * len(ids))
    found = rows(conn, f"SELECT c.id FROM comment c WHERE c.id IN ({marks}) AND {within(own)}", [*ids, *own])  # noqa: S608
    mine = {one[0] for one in found}
    return [one for one in ids if one in mine]


def need_section(tx: Tx, actor_id: AccountId, story_id: int) -> None:
    """Asked where it is written: sections may have been taken away meanwhile.  Raises: OtherSection."""
    sections = sections_of(tx.conn, actor_id)
    if sections and section_of_story(tx.conn, story_id) not in sections:
        raise OtherSection
