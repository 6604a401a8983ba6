"""Moderators who decide through a crash: each sends again, with the same key, until it is answered."""

import asyncio
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from moothall.kernel.clock import system_clock
from moothall.kernel.ids import from_text, id_at, to_text
from moothall.store.database import open_database
from moothall.store.ledger import verify
from moothall.store.raw import row, rows, run, run_many
from moothall.store.tx import Tx
from tests.failure.writers import Answer, Connection
from tests.process import STORY, account_id, populate

MODERATORS = 8
_PATIENCE_S, _PAUSE_S = 60.0, 0.2
_HELD = (
    "INSERT INTO comment (id, story_id, parent_id, root_id, depth, author_id, state, shown, body, body_html)"
    " VALUES (?, ?, 0, ?, 0, ?, 'held', 0, ?, ?)"
)


class Taken(NamedTuple):
    """What was acknowledged: by whom, under which key, and what the comment then was."""

    actor: int
    key: str
    comment: str
    state: str


def furnish(folder: Path, held: int) -> list[str]:
    """A site with moderators and comments that wait; the ids of these."""
    db = populate(f"sqlite:///{folder / 'moothall.db'}", MODERATORS + 10)
    now_ms = system_clock()
    ids = [id_at(now_ms - (held - n) * 1_000, n) for n in range(held)]

    def write(tx: Tx) -> None:
        for n in range(MODERATORS):
            run(tx.conn, "UPDATE account SET role = 'moderator' WHERE id = ?", [account_id(n)])
        made = [
            (one, STORY, one, account_id(MODERATORS + n % 10), f"Remark {n}.", f"<p>Remark {n}.</p>")
            for n, one in enumerate(ids)
        ]
        run_many(tx.conn, _HELD, made)

    db.write_now(write)
    db.close()
    return [to_text(one) for one in ids]


def key_of(comment: str) -> str:
    """Under which its decision counts once."""
    return f"key-{comment}"


def decision(comment: str, n: int) -> dict[str, object]:
    """The n-th one's, as the console's script sends it."""
    act = {"act": "remove", "rule": "civil"} if n % 3 else {"act": "approve"}
    return {"key": key_of(comment), "comment": comment, "state": "held", "revision": 0, **act}


@dataclass
class Moderators:
    """Each has comments of their own: two of three are taken down, and a sixth of that is taken back."""

    port: int
    held: list[str]
    taken: list[Taken] = field(default_factory=list)
    refused: set[int] = field(default_factory=set)
    resent: int = 0
    stopped: bool = False

    async def run(self) -> None:
        """Until `stopped`; what was begun is finished."""
        await asyncio.gather(*(self._work(actor) for actor in range(MODERATORS)))

    async def _work(self, actor: int) -> None:
        connection = Connection(self.port)
        for n, comment in enumerate(self.held[actor::MODERATORS]):
            if self.stopped:
                break
            await self.decide(connection, actor, comment, n)
        connection.close()

    async def decide(self, connection: Connection, actor: int, comment: str, n: int) -> None:
        """One decision, and perhaps its undoing."""
        answer = await self._until_taken(connection, actor, "/console/decisions", decision(comment, n))
        if n % 9 == 1:
            answer = await self._until_taken(connection, actor, "/console/undos", {"key": key_of(comment)})
        self.keep(actor, comment, answer)

    def keep(self, actor: int, comment: str, answer: Answer) -> None:
        """What was acknowledged last."""
        self.taken.append(Taken(actor, key_of(comment), comment, json.loads(answer.body)["state"]))

    async def _until_taken(self, connection: Connection, actor: int, path: str, body: dict[str, object]) -> Answer:
        """Sends the same until it is acknowledged."""
        until = asyncio.get_running_loop().time() + _PATIENCE_S
        while asyncio.get_running_loop().time() < until:
            try:
                answer = await connection.ask("POST", path, json.dumps(body).encode(), author=actor)
            except (OSError, EOFError):
                self.resent += 1
                await asyncio.sleep(_PAUSE_S)
                continue
            if answer.status == 200:
                return answer
            self.refused.add(answer.status)
            await asyncio.sleep(_PAUSE_S)
        raise AssertionError(f"{body} was never acknowledged")


def assert_kept(folder: Path, taken: list[Taken]) -> None:
    """Every acknowledged decision stands once, with one entry, and with one statement where it restricts."""
    db = open_database(f"sqlite:///{folder / 'moothall.db'}")
    try:
        states = dict(db.read_now(lambda c: [tuple(one) for one in rows(c, "SELECT id, state FROM comment")]))
        assert {one.comment: states[from_text(one.comment) or 0] for one in taken} == {
            one.comment: one.state for one in taken
        }
        acts = db.read_now(lambda c: rows(c, "SELECT account_id, key, comment_id FROM console_act"))
        wanted = {(account_id(one.actor), one.key, from_text(one.comment)) for one in taken}
        assert (len(acts), {tuple(one) for one in acts}) == (len(wanted), wanted)
        decided = db.read_now(lambda c: rows(c, "SELECT id, kind, after FROM decision"))
        entries = db.read_now(lambda c: rows(c, "SELECT decision_id FROM ledger"))
        assert sorted(one[0] for one in entries) == sorted(one[0] for one in decided)
        owed = {one[0] for one in decided if one[1] == "remove"}
        stated = [one[0] for one in db.read_now(lambda c: rows(c, "SELECT id FROM statement"))]
        assert len(stated) == len(set(stated))
        assert owed <= set(stated)
        assert db.read_now(verify) is None
        live = db.read_now(lambda c: row(c, "SELECT count(*) FROM comment WHERE state = 'live'"))
        assert db.read_now(lambda c: row(c, "SELECT comment_count FROM story")) == live
    finally:
        db.close()
