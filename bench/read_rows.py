"""What the SQL layer costs: fifty comments through SQLAlchemy Core and through the driver, in turns.

`python -m bench.read_rows`
"""

import statistics
import time
from collections.abc import Callable

from sqlalchemy import Connection, select

from bench.ground import STORY, a_database, fill
from moothall.store import comment_rows
from moothall.store.raw import rows
from moothall.store.tables import account, comment

ROUNDS, TURNS, LIMIT = 15, 200, 50
_SQL = (
    f"SELECT {comment_rows.COLUMNS} {comment_rows.FROM} WHERE c.story_id = ? AND c.parent_id = ? AND c.shown = 1"
    " ORDER BY c.id DESC LIMIT ?"
)
_COLUMNS = [comment.c[name] for name in ("id", "story_id", "parent_id", "root_id", "depth", "author_id")]
_COLUMNS += [account.c.display_name, account.c.role]
_COLUMNS += [
    comment.c[name]
    for name in ("state", "body", "body_html", "edited_at_ms", "revision", "respect", "disagree", "score",
                 "reply_count", "removal_rule")
]  # fmt: skip
_CORE = (
    select(*_COLUMNS)
    .join(account, account.c.id == comment.c.author_id)
    .where(comment.c.story_id == STORY, comment.c.parent_id == 0, comment.c.shown == 1)
    .order_by(comment.c.id.desc())
    .limit(LIMIT)
)


def main() -> None:
    """Print microseconds for each, median of the rounds."""
    with a_database() as db:
        fill(db, 2_000)
        core, driver = db.read_now(_measure)
    print(f"50 rows: Core {core:.0f} us, driver {driver:.0f} us, ratio {core / driver:.2f}")


def _measure(conn: Connection) -> tuple[float, float]:
    core, driver = [], []
    for _ in range(ROUNDS):
        core.append(_time(lambda: conn.execute(_CORE).fetchall()))
        driver.append(_time(lambda: rows(conn, _SQL, [STORY, 0, LIMIT])))
    return statistics.median(core), statistics.median(driver)


def _time(act: Callable[[], object]) -> float:
    """Microseconds of one act."""
    began = time.process_time()
    for _ in range(TURNS):
        act()
    return (time.process_time() - began) / TURNS * 1e6


if __name__ == "__main__":
    main()
