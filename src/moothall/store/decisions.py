"""The log of what the newsroom decided: one row in the transaction that does it."""

import msgspec

from moothall.store.raw import run
from moothall.store.tx import Tx


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One decision: on a comment, a discussion, an account or a newsroom key.

    `before` and `after` are what changed, as texts; no actor: the command line.
    """

    id: int
    kind: str
    actor_id: int | None
    at_ms: int
    story_id: int | None = None
    comment_id: int | None = None
    account_id: int | None = None
    rule: str | None = None
    note: str = ""
    before: str = ""
    after: str = ""


def log(tx: Tx, entry: Entry) -> None:
    """Append; nothing here is ever changed."""
    names = Entry.__struct_fields__
    marks = ", ".join("?" * len(names))
    values = [getattr(entry, name) for name in names]
    run(tx.conn, f"INSERT INTO decision ({', '.join(names)}) VALUES ({marks})", values)  # noqa: S608
