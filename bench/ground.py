"""A database with one story of many comments, for measurements beneath HTTP."""

import random
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import insert

from bench.measure import folder
from moothall.kernel.ids import id_at
from moothall.store.database import Database, open_database
from moothall.store.raw import run_many
from moothall.store.tables import account, section, story
from moothall.store.tx import Tx

STORY, AUTHOR = id_at(1_700_000_000_000), id_at(1_700_000_000_001)
_FIRST_MS = 1_700_000_100_000
_PER_ROOT = 4
_INSERT = (
    "INSERT INTO comment (id, story_id, parent_id, root_id, depth, author_id, state, shown, body, body_html,"
    " respect, score, reply_count) VALUES (?, ?, ?, ?, ?, ?, 'live', 1, ?, ?, ?, ?, ?)"
)
_STORY = {"id": STORY, "code": "bcdfgh", "url": "/city/bridge-bcdfgh", "slug": "bridge", "lang": "en",
          "section_slug": "city", "headline": "Old bridge to close", "published": 1, "published_at_ms": 0,
          "discussion": "open", "moderation": "post", "made_at_ms": 0, "changed_at_ms": 0}  # fmt: skip
_BODY = "The bridge was tolled until 1951, and the toll house still stands; who will keep it now? " * 3


@contextmanager
def a_database(url: str = "") -> Iterator[Database]:
    """Open, with a story and an author; on this disk unless `url` names another place."""
    with folder() as place:
        db = open_database(url or f"sqlite:///{place}/bench.db")
        db.write_now(_begin)
        try:
            yield db
        finally:
            db.close()


def fill(
    db: Database,
    count: int,
    *,
    story: int = STORY,
    author: int = AUTHOR,
    first_ms: int = _FIRST_MS,
    seed: int = 7,
) -> None:
    """Add `count` live comments: threads of one root and three replies, with scores drawn from `seed`."""
    dice = random.Random(seed)
    rows = []
    for at in range(count):
        made = id_at(first_ms + at * 1_000)
        root = id_at(first_ms + (at - at % _PER_ROOT) * 1_000)
        is_root = made == root
        replies = _PER_ROOT - 1 if is_root else 0
        votes = dice.randrange(400)
        rows.append(
            (made, story, 0 if is_root else root, root, int(not is_root), author, _BODY, f"<p>{_BODY}</p>",
             votes, dice.randrange(1_000_000), replies)
        )  # fmt: skip
    db.write_now(lambda tx: run_many(tx.conn, _INSERT, rows))


def second_story(db: Database) -> int:
    """Another story beside the first, for comparison in one database."""
    row = _STORY | {"id": STORY + 1, "code": "bcdfgj", "url": "/city/bridge-bcdfgj"}
    db.write_now(lambda tx: tx.conn.execute(insert(story), row))
    return STORY + 1


def _begin(tx: Tx) -> None:
    tx.conn.execute(insert(section), {"slug": "city", "name": "City", "position": 1})
    person = {"id": AUTHOR, "display_name": "Ada", "name_key": "ada", "named": 1, "role": "reader", "made_at_ms": 0}
    tx.conn.execute(insert(account), person)
    tx.conn.execute(insert(story), _STORY)
