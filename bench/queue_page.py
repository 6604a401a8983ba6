"""What the console costs on a site of a million comments: each queue's page, and the context of a comment.

`python -m bench.queue_page [COMMENTS]`
"""

import statistics
import sys
import time
from collections.abc import Callable
from functools import partial

from sqlalchemy import Connection, insert

from bench.ground import AUTHOR, STORY, a_database, fill
from moothall.discussion.model import CommentId
from moothall.kernel.ids import id_at
from moothall.kernel.limits import DAY_MS
from moothall.kernel.page import Cursor, decode
from moothall.moderation.queue import ORDERS, Queue, Wanted, wanted
from moothall.people.model import AccountId
from moothall.store import claims, console_context, console_counts, moderation_queue
from moothall.store.moderation_queue import Asker
from moothall.store.raw import row, run
from moothall.store.tables import account
from moothall.store.tx import Tx

_COUNT, _STEP, _TURNS, _FIRST_MS = 1_000_000, 100_000, 20, 1_700_000_100_000
_NOW_MS = _FIRST_MS + _COUNT * 1_000
_ME = Asker(AccountId(id_at(5)), _NOW_MS)


def main() -> None:
    """A line for each queue and order: milliseconds of the median and of the slowest page."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else _COUNT
    with a_database() as db:
        for at in range(0, count, _STEP):
            fill(db, min(_STEP, count - at), first_ms=_FIRST_MS + at * 1_000, seed=at)
        db.write_now(_begin)
        for queue, orders in ORDERS.items():
            for order in orders:
                for narrow in ({}, {"section": "none"}, {"section": "city", "lang": "en"}, {"story": "bcdfgh"}):
                    asked = wanted(queue, order.value, **narrow)
                    db.read_now(partial(_show, asked))
        db.read_now(_context)
        page = db.read_now(lambda c: moderation_queue.queue_page(c, wanted(Queue.HELD), None, _ME))
        ids = [one.comment.id for one in page.waiting]
        took = _time(lambda: db.write_now(lambda tx: claims.claim(tx, ids, _ME.id, _NOW_MS)))
        print(f"claim a page  {took[0]:.1f} ms, at most {took[1]:.1f}")


def _begin(tx: Tx) -> None:
    """A moderator; one comment in two hundred waits, one in five hundred is reported, a tenth by somebody new."""
    me = {"id": _ME.id, "display_name": "Mo", "name_key": "mo", "named": 1, "role": "moderator", "made_at_ms": 0}
    new = {"id": AUTHOR + 1, "display_name": "New", "name_key": "new", "named": 1, "role": "reader",
           "made_at_ms": _NOW_MS - DAY_MS}  # fmt: skip
    tx.conn.execute(insert(account), [me, new])
    run(tx.conn, "UPDATE comment SET state = 'held', shown = 0 WHERE (id >> 21) / 1000 % 200 = 7")
    run(
        tx.conn, "UPDATE comment SET report_count = 1 + id % 9 WHERE (id >> 21) / 1000 % 500 = 3 AND state = 'live'"
    )
    run(tx.conn, "UPDATE comment SET author_id = ? WHERE (id >> 21) / 1000 % 10 = 1", [AUTHOR + 1])
    run(tx.conn, "INSERT INTO console_kept VALUES (?, 'watch', ?, '1')", [_ME.id, str(STORY)])
    tx.conn.exec_driver_sql("ANALYZE")


def _show(asked: Wanted, conn: Connection) -> None:
    """The first page, and the page after it."""
    first = moderation_queue.queue_page(conn, asked, None, _ME)
    after: Cursor | None = decode(first.next_cursor) if first.next_cursor else None
    said = " ".join(filter(None, (asked.section, asked.lang, asked.story))) or "all"
    for name, cursor in (("first", None), ("next", after)):
        if name == "next" and cursor is None:
            continue
        took = _time(partial(moderation_queue.queue_page, conn, asked, cursor, _ME))
        print(
            f"{asked.queue.value:9} {asked.order.value:9} {said:8} {name:6} {took[0]:6.1f} ms,"
            f" at most {took[1]:6.1f} ({len(first.waiting)} rows)"
        )


def _context(conn: Connection) -> None:
    found = row(conn, "SELECT id FROM comment WHERE state = 'held' AND state IN ('held', 'rejected', 'removed')")
    at = CommentId(found[0] if found else 0)
    took = _time(lambda: console_context.about(conn, at))
    print(f"context       {took[0]:.1f} ms, at most {took[1]:.1f}")
    took = _time(lambda: console_counts.counts(conn, _ME.id))
    print(f"counts        {took[0]:.1f} ms, at most {took[1]:.1f}")


def _time(act: Callable[[], object]) -> tuple[float, float]:
    times = []
    for _ in range(_TURNS):
        began = time.perf_counter()
        act()
        times.append((time.perf_counter() - began) * 1_000)
    return statistics.median(times), max(times)


if __name__ == "__main__":
    main()
