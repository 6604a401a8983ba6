"""How the cost of a page grows with the story and with how far one has read: keyset against offset.

`python -m bench.page_depth`
"""

import statistics
import time
from collections.abc import Callable

from sqlalchemy import Connection

from bench.ground import STORY, a_database, fill
from moothall.discussion.model import Sort
from moothall.kernel.page import Cursor
from moothall.store import comment_reads
from moothall.store.raw import row, rows
from moothall.story.model import StoryId

SMALL, LARGE, TURNS, LIMIT, DEEP = 500, 100_000, 60, 50, 20_000
_ORDER = {
    Sort.NEWEST: "id DESC",
    Sort.OLDEST: "id",
    Sort.REPLIES: "reply_count DESC, id DESC",
    Sort.RESPECTED: "score DESC, id DESC",
}
_KEY = {Sort.NEWEST: "0", Sort.OLDEST: "0", Sort.REPLIES: "reply_count", Sort.RESPECTED: "score"}


def main() -> None:
    """Print a line for each order: first page small and large, a deep page, and the same by offset."""
    small, large = {}, {}
    with a_database() as db:
        fill(db, SMALL)
        small = {sort: db.read_now(_first(sort)) for sort in Sort}
    with a_database() as db:
        fill(db, LARGE)
        for sort in Sort:
            large[sort] = db.read_now(_first(sort)), db.read_now(_deep(sort)), db.read_now(_offset(sort))
    for sort in Sort:
        first, deep, offset = large[sort]
        print(
            f"{sort.value:9}  first of {SMALL:,}: {small[sort]:.2f} ms; first of {LARGE:,}: {first:.2f} ms"
            f" ({first / small[sort]:.2f} times); after {DEEP:,} roots: {deep:.2f} ms;"
            f" the roots alone by offset: {offset:.2f} ms"
        )


def _first(sort: Sort) -> Callable[[Connection], float]:
    return lambda conn: _time(lambda: _page(conn, sort, None))


def _deep(sort: Sort) -> Callable[[Connection], float]:
    def measure(conn: Connection) -> float:
        sql = f"SELECT {_KEY[sort]}, id FROM comment WHERE story_id = ? AND parent_id = 0 AND shown = 1"
        found = row(conn, f"{sql} ORDER BY {_ORDER[sort]} LIMIT 1 OFFSET ?", [STORY, DEEP])
        after = Cursor(*found) if found else None
        return _time(lambda: _page(conn, sort, after))

    return measure


def _offset(sort: Sort) -> Callable[[Connection], float]:
    sql = f"SELECT * FROM comment WHERE story_id = ? AND parent_id = 0 AND shown = 1 ORDER BY {_ORDER[sort]}"
    return lambda conn: _time(lambda: rows(conn, f"{sql} LIMIT ? OFFSET ?", [STORY, LIMIT, DEEP]))


def _page(conn: Connection, sort: Sort, after: Cursor | None) -> object:
    return comment_reads.page(conn, StoryId(STORY), sort=sort, after=after, limit=LIMIT, viewer=None)


def _time(act: Callable[[], object]) -> float:
    """Milliseconds of one act, median."""
    spent = []
    for _ in range(TURNS):
        began = time.perf_counter()
        act()
        spent.append((time.perf_counter() - began) * 1e3)
    return statistics.median(spent)


if __name__ == "__main__":
    main()
