"""The first page of a discussion of 100,000 comments against one of 500, in every order, and a deep page.

`python -m bench.first_page`; both stories are in one database and are read in turns, from the query to the
nested comments.  At most 1.5 times; a page far down at most 1.7 times the first.
"""

import statistics
import time
from typing import NamedTuple

from sqlalchemy import Connection

from bench.ground import AUTHOR, STORY, a_database, fill, second_story
from bench.measure import report
from moothall.discussion.model import Node, Sort
from moothall.kernel.limits import PAGE_COMMENTS
from moothall.kernel.page import Cursor, decode
from moothall.store import comment_reads
from moothall.store.database import Database
from moothall.story.model import StoryId

SMALL, LARGE, TURNS, PAGES_DOWN = 500, 100_000, 150, 200


class Times(NamedTuple):
    """CPU milliseconds of one page, and its rows."""

    small: float
    large: float
    deep: float
    rows: int


def main() -> None:
    """Print each order's times and ratios; the worst is what counts."""
    with a_database() as db:
        small = second_story(db)
        fill(db, SMALL, story=small, author=AUTHOR, first_ms=1_600_000_000_000)
        fill(db, LARGE)
        found = {sort: _measure(db, sort, small) for sort in Sort}
    numbers: dict[str, float | int | str] = {}
    for sort, times in found.items():
        numbers |= {f"{sort}_ms": round(times.large, 3), f"{sort}_ratio": round(times.large / times.small, 2),
                    f"{sort}_deep_ratio": round(times.deep / times.large, 2)}  # fmt: skip
        print(
            f"{sort.value:9} {times.rows} rows: {times.small:.2f} ms of {SMALL:,}, {times.large:.2f} ms"
            f" of {LARGE:,} ({times.large / times.small:.2f} times), after {PAGES_DOWN} pages {times.deep:.2f} ms"
        )
    worst = max(times.large / times.small for times in found.values())
    deepest = max(times.deep / times.large for times in found.values())
    report(
        "first_page",
        f"worst order {worst:.2f} times (at most 1.5); a page far down {deepest:.2f} times the first (at most 1.7)",
        numbers | {"worst_ratio": round(worst, 2), "bar": 1.5, "deepest_ratio": round(deepest, 2)},
    )


def _measure(db: Database, sort: Sort, small: int) -> Times:
    def in_turns(conn: Connection) -> Times:
        down = _cursor_down(conn, sort)
        spent: tuple[list[float], ...] = ([], [], [])
        for _ in range(TURNS):
            spent[0].append(_time(conn, sort, small, None))
            spent[1].append(_time(conn, sort, STORY, None))
            spent[2].append(_time(conn, sort, STORY, down))
        small_ms, large_ms, deep_ms = map(statistics.median, spent)
        return Times(small_ms, large_ms, deep_ms, _rows(conn, sort))

    return db.read_now(in_turns)


def _time(conn: Connection, sort: Sort, story: int, after: Cursor | None) -> float:
    began = time.thread_time_ns()
    comment_reads.page(conn, StoryId(story), sort=sort, after=after, limit=PAGE_COMMENTS, viewer=None)
    return (time.thread_time_ns() - began) / 1e6


def _cursor_down(conn: Connection, sort: Sort) -> Cursor | None:
    after: Cursor | None = None
    for _ in range(PAGES_DOWN):
        page = comment_reads.page(conn, StoryId(STORY), sort=sort, after=after, limit=PAGE_COMMENTS, viewer=None)
        after = decode(page.next_cursor) if page.next_cursor else None
    return after


def _rows(conn: Connection, sort: Sort) -> int:
    page = comment_reads.page(conn, StoryId(STORY), sort=sort, after=None, limit=PAGE_COMMENTS, viewer=None)
    return sum(_size(node) for node in page.nodes)


def _size(node: Node) -> int:
    return 1 + sum(_size(reply) for reply in node.replies)


if __name__ == "__main__":
    main()
