"""The readers: what waits is taken together, each query for itself, and closing leaves nobody waiting."""

import asyncio
import threading
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, create_engine, event

from moothall.store.readers import Readers

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return create_engine(f"sqlite:///{tmp_path / 'read.db'}", connect_args={"check_same_thread": False})


def one(conn: Connection) -> int:
    return int(conn.exec_driver_sql("SELECT 1").scalar_one())


def bad(_: Connection) -> Any:
    raise LookupError("not there")


async def held(readers: Readers) -> threading.Event:
    """The one reader is busy until this is set."""
    busy, free = threading.Event(), threading.Event()

    def hold(_: Connection) -> None:
        busy.set()
        free.wait(10)

    asyncio.ensure_future(readers.ask_here(hold))  # noqa: RUF006 - it ends with the reader
    await asyncio.to_thread(busy.wait, 10)
    return free


async def test_a_late_reader_takes_what_several_turns_asked(engine: Engine) -> None:
    """Asked in ten turns of the loop while it was busy, answered in one transaction; a failure is its own."""
    begun: list[int] = []
    readers = Readers(engine, 1)
    free = await held(readers)
    asked = []
    for n in range(10):
        asked.append(asyncio.ensure_future(readers.ask_here(bad if n == 9 else one)))
        await asyncio.sleep(0)
        await asyncio.sleep(0)

    def count(_: Connection) -> None:
        begun.append(1)

    event.listen(engine, "begin", count)
    free.set()
    got = await asyncio.gather(*asked, return_exceptions=True)
    assert got[:9] == [1] * 9
    assert isinstance(got[9], LookupError)
    assert len(begun) == 1
    readers.close()


async def test_closing_answers_what_was_asked(engine: Engine) -> None:
    """Whoever asked before gets an answer, though the reader was busy then."""
    readers = Readers(engine, 1)
    free = await held(readers)
    asked = [asyncio.ensure_future(readers.ask_here(one)) for _ in range(5)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    closing = asyncio.ensure_future(asyncio.to_thread(readers.close))
    await asyncio.sleep(0)
    free.set()
    await closing
    assert await asyncio.wait_for(asyncio.gather(*asked), 10) == [1] * 5
