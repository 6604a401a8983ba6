"""One port to the database: `read` and `write`, for SQLite and PostgreSQL.

Every statement runs on a thread, never on the event loop.  Reads use a few connections of their own;
all writes go through one writer that commits them in groups (`writer.py`).
"""

import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TypeVar, cast

from sqlalchemy import Connection, Engine, func, make_url, select

from moothall.kernel.errors import StoreLocked
from moothall.store import postgres, sqlite
from moothall.store.migrate import check_current, current_revision, migrate
from moothall.store.readers import Readers, read_once
from moothall.store.tables import account, comment, correction, decision, photo, story
from moothall.store.tx import Listener, Tx
from moothall.store.writer import Writer

T = TypeVar("T")


class Database:
    """An open database.  Make one with `open_database`."""

    def __init__(self, engine: Engine, *, readers: int, release: Callable[[], None]) -> None:
        self.engine = engine
        self._local = threading.local()
        self._connections: list[Connection] = []
        self._readers = Readers(engine, readers)
        self._writer = Writer(engine)
        self._release = release

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    @property
    def path(self) -> Path | None:
        """The file, where there is one."""
        name = self.engine.url.database
        return Path(name) if self.is_sqlite and name else None

    @property
    def writer(self) -> Writer:
        """For its counts and its health; commands go through `write`."""
        return self._writer

    def listen(self, listener: Listener) -> None:
        """Call `listener(events)` on the writer's thread after each commit that emitted events."""
        self._writer.listener = listener

    async def read(self, query: Callable[[Connection], T]) -> T:
        """Run a query in one read snapshot."""
        return cast("T", await self._readers.ask_here(query))

    async def write(self, command: Callable[[Tx], T]) -> T:
        """Run a command in the next group commit; returns once it is on disk.

        Raises: Overloaded, StoreFull, Unavailable, and whatever the command raises (it alone is undone).
        """
        return await self._writer.submit_here(command)

    def read_now(self, query: Callable[[Connection], T]) -> T:
        """As `read`, on this thread."""
        return cast("T", read_once(self._connection(), query))

    def write_now(self, command: Callable[[Tx], T]) -> T:
        """As `write`, waiting on this thread."""
        return self._writer.submit(command).result()

    def newest_id(self) -> int:
        """The largest id in any table: new ids start above it, whatever the clock says."""
        return self.read_now(_newest_id)

    def close(self, *, remove: bool = False) -> None:
        """Finish queued writes, then close everything; `remove` takes a SQLite file away with it."""
        self._writer.close()
        self._readers.close()
        for conn in self._connections:
            conn.close()
        self.engine.dispose()
        if remove and self.path is not None:
            sqlite.remove(self.path)
        self._release()

    def _connection(self) -> Connection:
        conn: Connection | None = getattr(self._local, "conn", None)
        if conn is None or conn.closed or conn.invalidated:
            conn = self.engine.connect()
            self._local.conn = conn
            self._connections.append(conn)
        return conn


def _newest_id(conn: Connection) -> int:
    tables = (account, comment, correction, decision, photo, story)
    return max(conn.scalar(select(func.max(table.c.id))) or 0 for table in tables)


def open_database(url: str, *, migrating: bool = True, beside: bool = False) -> Database:
    """Open `sqlite:///path` or `postgresql://…`, with this version's tables in it.

    Args:
        migrating: whether tables that are missing or of an earlier version are made and changed.
        beside: also where a server has the SQLite file, for a command that reads, or writes what the server
            does not keep in memory.

    Raises: StoreLocked when another process has the SQLite file; StoreDamaged when it is unreadable;
    StoreNewer when a newer Moothall has changed it; StoreOlder when it is not to be changed.
    """
    if url.startswith("sqlite"):
        path = Path(url.removeprefix("sqlite:///"))
        readers = 2
        try:
            engine, release = sqlite.open_engine(path)
        except StoreLocked:
            if not beside:
                raise
            engine, release, migrating = sqlite.open_beside(path), _nothing, False
    else:
        engine, release, readers = postgres.open_engine(url), _nothing, 8
    try:
        (migrate if migrating else check_current)(engine)
    except BaseException:
        engine.dispose()
        release()
        raise
    return Database(engine, readers=readers, release=release)


def is_there(url: str) -> bool:
    """Whether a database was ever made at this address."""
    if url.startswith("sqlite"):
        return Path(url.removeprefix("sqlite:///")).exists()
    engine = postgres.open_engine(url)
    with closing(engine.connect()) as conn:
        found = current_revision(conn)
    engine.dispose()
    return found is not None


def without_password(url: str) -> str:
    """The address of a database, fit to print."""
    return make_url(url).render_as_string(hide_password=True)


def _nothing() -> None:
    """No lock of ours is held: on PostgreSQL, and beside a server."""
