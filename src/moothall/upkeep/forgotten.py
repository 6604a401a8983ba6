"""Who was forgotten stays so: a list beside the database, done again after a backup from before is restored.

It holds numbers and times, and nothing of a person; a copy belongs with the backups.
"""

import fcntl
import os
from collections.abc import Iterable
from pathlib import Path

import msgspec

from moothall.kernel.clock import Clock
from moothall.kernel.errors import MoothallError
from moothall.kernel.ids import IdMaker
from moothall.moderation.erase import Done
from moothall.store import erasures
from moothall.store.database import Database

FILE = "forgotten.jsonl"


class ListDamaged(MoothallError):
    """Nothing was restored: people would come back."""

    code = "forgotten_list_damaged"
    text = "{path} is damaged: {detail} Put back a copy of it, or move it away to do without."


def keep(folder: Path, one: Done) -> None:
    """Add to the list, on disk, before it is done: afterwards a crash could leave it out.  Raises: OSError."""
    folder.mkdir(parents=True, exist_ok=True)  # PostgreSQL needs no folder of ours
    with (folder / FILE).open("a+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        file.truncate(len(_whole(file.read())))
        file.write(msgspec.json.encode(one) + b"\n")
        file.flush()
        os.fsync(file.fileno())


def read(folder: Path) -> list[Done]:
    """Raises: ListDamaged."""
    path = folder / FILE
    lines = _whole(path.read_bytes()).splitlines() if path.exists() else []
    try:
        return [msgspec.json.decode(line, type=Done) for line in lines]
    except msgspec.DecodeError as wrong:
        raise ListDamaged(path=str(path), detail=f"{wrong}.") from wrong


def _whole(text: bytes) -> bytes:
    """Without a line that was cut off: what it tells of was never done."""
    return text[: text.rfind(b"\n") + 1]


def again(db: Database, found: Iterable[Done], clock: Clock) -> int:
    """Forget these again where a database has them.  Returns: how many it had."""
    new_id = IdMaker(clock, floor=db.newest_id())
    done = [
        db.write_now(lambda tx, one=one: erasures.again(tx, one, new_id=new_id(), at_ms=clock()))  # type: ignore[misc]
        for one in found
    ]
    return sum(one is not None for one in done)
