"""How long the rule time machine takes for a million comments, from what was found when they were judged.

`python -m bench.replay`
"""

import random
import time

from bench.ground import a_database, fill
from bench.measure import report
from moothall.discussion.verdict import Weight
from moothall.moderation.standards import shipped, shipped_text
from moothall.moderation.standards_read import parse
from moothall.store.database import Database
from moothall.store.raw import rows, run_many
from moothall.store.replay import replay

COMMENTS, STEP, BAR_S = 1_000_000, 100_000, 60
_FIRST_MS = 1_700_000_100_000
_INSERT = (
    "INSERT INTO finding (comment_id, revision, position, phase, rule, weight, cue, value)"
    " VALUES (?, 0, ?, ?, NULL, ?, ?, ?)"
)
# What is found in comments, how often, and how values are drawn.
_FOUND = (
    ("new_author", "first", 0.10),
    ("links", "link", 0.08),
    ("links", "many", 0.02),
    ("near_duplicate", "others", 0.03),
    ("flood", "author", 0.02),
    ("often_rejected", "share", 0.05),
    ("shouting", "capitals", 0.02),
    ("classifier", "toxicity", 1.0),
)


def main() -> None:
    """Every comment has a score of a classifier, a third has more."""
    dice = random.Random(11)
    with a_database() as db:
        for start in range(0, COMMENTS, STEP):
            fill(db, STEP, first_ms=_FIRST_MS + start * 1_000, seed=start)
            _find(db, dice, start)
        source = shipped_text().replace("at_least = 10\n", "at_least = 7\n").replace("[links]", _LINE + "[links]")
        after = parse(source)
        began = time.perf_counter()
        cpu = time.process_time()
        result = db.read_now(lambda conn: replay(conn, shipped(), after, last=COMMENTS))
        took, cpu = time.perf_counter() - began, time.process_time() - cpu
    sentence = (
        f"{result.comments:,} comments replayed in {took:.1f} s (bar {BAR_S}), {cpu:.1f} s of CPU:"
        f" {result.held_then:,} were held, {result.held:,} would be."
    )
    report("replay", sentence, {"seconds": took, "cpu_seconds": cpu, "comments": result.comments})


_LINE = '[[rule.finds]]\nphase = "classifier"\ncue = "toxicity"\nat_least = 0.97\noutcome = "hold"\n\n'


def _find(db: Database, dice: random.Random, start: int) -> None:
    ids = db.read_now(
        lambda c: [one[0] for one in rows(c, "SELECT id FROM comment ORDER BY id LIMIT ? OFFSET ?", [STEP, start])]
    )
    made = [
        (
            comment_id,
            position,
            phase,
            Weight.NOTE.value,
            cue,
            round(dice.random() * 12, 3) if share < 1 else dice.random(),
        )
        for comment_id in ids
        for position, (phase, cue, share) in enumerate(_FOUND)
        if dice.random() < share
    ]
    db.write_now(lambda tx: run_many(tx.conn, _INSERT, made))


if __name__ == "__main__":
    main()
