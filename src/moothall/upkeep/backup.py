"""Backup while the site runs, and restore when it does not.

A backup is one SQLite file, checked page by page before it gets its name.
"""

import os
import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path

from moothall.kernel.clock import system_clock
from moothall.kernel.errors import MoothallError
from moothall.moderation.erase import Done
from moothall.store import sqlite, sqlite_copy
from moothall.store.database import open_database
from moothall.upkeep import forgotten


class BackupRefused(MoothallError):
    """Nothing was written."""

    code = "backup_refused"
    text = "There is no backup: {detail}"


class RestoreRefused(MoothallError):
    """Nothing was changed."""

    code = "restore_refused"
    text = "Nothing was restored: {detail}"


class OtherTool(MoothallError):
    """PostgreSQL copies itself better than we could."""

    code = "other_tool"
    text = (
        "PostgreSQL has its own tools. Backup, while Moothall runs: pg_dump --format=custom --file=FILE URL. "
        "Restore into an empty database, with Moothall stopped: pg_restore --exit-on-error --dbname=URL FILE."
    )


def backup(database_url: str, to: Path) -> int:
    """Write a copy of the committed state to a new file; everything acknowledged before is in it.

    Returns: its size in bytes.  Raises: BackupRefused, OtherTool.
    """
    path = _path(database_url)
    if not path.exists():
        raise BackupRefused(detail=f"{path} does not exist.")
    if to.exists():
        raise BackupRefused(detail=f"{to} exists already. Choose another name.")
    part = to.with_name(f"{to.name}.part")
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        sqlite_copy.copy_into(path, part)
        found = sqlite_copy.fault(part)
        if found:
            raise BackupRefused(detail=f"the copy is damaged: {found}")
        _sync(part)
        part.rename(to)
        _sync(to.parent)
    except (sqlite3.Error, OSError) as wrong:
        raise BackupRefused(detail=f"{wrong}.") from wrong
    finally:
        part.unlink(missing_ok=True)
    return to.stat().st_size


def restore(source: Path, database_url: str, *, force: bool = False) -> None:
    """Put a backup in the database's place.  With `force` one that is there is kept as `NAME.replaced`.

    Raises: RestoreRefused, ListDamaged, StoreLocked while a server runs, OtherTool.
    """
    path = _path(database_url)
    if source.with_name(f"{source.name}-wal").exists():
        raise RestoreRefused(detail=f"{source} is a database in use. Make a copy with `moothall backup`.")
    found = sqlite_copy.fault(source)
    if found:
        raise RestoreRefused(detail=f"{source} is not a good backup: {found}")
    if path.exists() and not force:
        raise RestoreRefused(detail=f"{path} exists. Say --force to put the backup in its place.")
    path.parent.mkdir(parents=True, exist_ok=True)
    known = forgotten.read(path.parent)
    with sqlite.locked(path):
        part = path.with_name(f"{path.name}.part")
        try:
            shutil.copyfile(source, part)
            _forget_again(part, known)
            _sync(part)
            _set_aside(path)
            part.replace(path)
            _sync(path.parent)
        except OSError as wrong:
            raise RestoreRefused(detail=f"{wrong}.") from wrong
        finally:
            sqlite.remove(part)


def _forget_again(part: Path, known: Sequence[Done]) -> None:
    """Before anybody can see it."""
    if known:
        with closing(open_database(f"sqlite:///{part}")) as db:
            forgotten.again(db, known, system_clock)


def _set_aside(path: Path) -> None:
    """Keep the old database by another name.

    Its log must not lie beside the restored file: SQLite would play it into a database it is not of.
    """
    if path.exists():
        with suppress(sqlite3.Error):  # a damaged one is kept as it is
            sqlite_copy.fold_log(path)
        kept = path.with_name(f"{path.name}.replaced")
        kept.unlink(missing_ok=True)
        os.link(path, kept)
    for ending in ("-wal", "-shm"):
        beside = path.with_name(f"{path.name}{ending}")
        if beside.exists():
            beside.replace(path.with_name(f"{path.name}.replaced{ending}"))


def _path(database_url: str) -> Path:
    if not database_url.startswith("sqlite"):
        raise OtherTool
    return Path(database_url.removeprefix("sqlite:///"))


def _sync(path: Path) -> None:
    """Until a file and its folder are on disk, a power cut can take them back."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
