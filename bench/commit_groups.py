"""How many durable comments a second: one commit each against whatever has queued sharing one.

`python -m bench.commit_groups [POSTGRES_URL]`; the same inserts through the same writer, in turns.
"""

import asyncio
import statistics
import sys
import time
from collections.abc import Iterator

from bench.ground import AUTHOR, STORY, a_database
from moothall.discussion.model import NO_PARENT, CommentId, Draft, State
from moothall.discussion.port import NewComment
from moothall.kernel.clock import system_clock
from moothall.kernel.ids import IdMaker
from moothall.people.model import AccountId
from moothall.store.comments import SqlComments
from moothall.store.database import Database
from moothall.story.model import StoryId

ROUNDS, ALONE, TOGETHER, WRITERS = 5, 300, 6_000, 64


def main(url: str = "") -> None:
    """Print the two rates, their ratio and the size of the groups."""
    with a_database(url) as db:
        alone, together, sizes = asyncio.run(_measure(db))
    print(
        f"one commit each: {alone:,.0f} comments/s; {WRITERS} writers sharing commits: {together:,.0f} comments/s"
    )
    print(f"ratio {together / alone:.1f}; {sizes:.0f} comments a commit")


async def _measure(db: Database) -> tuple[float, float, float]:
    drafts = _drafts()
    comments = SqlComments(db)
    alone, together, sizes = [], [], []
    for _ in range(ROUNDS):
        alone.append(await _rate(comments, drafts, writers=1, count=ALONE))
        before = db.writer.counts.commits
        together.append(await _rate(comments, drafts, writers=WRITERS, count=TOGETHER))
        sizes.append(TOGETHER / (db.writer.counts.commits - before))
    return statistics.median(alone), statistics.median(together), statistics.median(sizes)


async def _rate(comments: SqlComments, drafts: Iterator[NewComment], *, writers: int, count: int) -> float:
    async def write() -> None:
        for _ in range(count // writers):
            await comments.add(next(drafts))

    began = time.perf_counter()
    await asyncio.gather(*(write() for _ in range(writers)))
    return count / (time.perf_counter() - began)


def _drafts() -> Iterator[NewComment]:
    new_id = IdMaker(system_clock)
    while True:
        made = CommentId(new_id())
        draft = Draft(StoryId(STORY), AccountId(AUTHOR), "Who keeps the toll house now?", NO_PARENT, str(made))
        yield NewComment(
            id=made, draft=draft, parent_id=NO_PARENT, root_id=made, depth=0, body_html="<p>Who?</p>",
            state=State.LIVE, findings=(), at_ms=system_clock(),
        )  # fmt: skip


if __name__ == "__main__":
    main(*sys.argv[1:])
