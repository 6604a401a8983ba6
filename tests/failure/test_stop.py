"""Asked to stop, a server finishes what it began, lets the listeners go, and is gone."""

import asyncio
import json
import socket
from contextlib import closing
from pathlib import Path

import pytest

from tests.failure.writers import Connection
from tests.process import COMMENTS_PATH, EVENTS_PATH, STORY_PATH, Site, populate

STOP_S = 15.0


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Over a database of its own."""
    populate(f"sqlite:///{tmp_path / 'moothall.db'}", 100).close()
    return Site(tmp_path)


async def listen(site: Site) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """An open stream, greeted."""
    reader, writer = await asyncio.open_connection("127.0.0.1", site.port)
    writer.write(f"GET {EVENTS_PATH} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    await reader.readuntil(b"data: ")
    return reader, writer


async def post(site: Site, n: int) -> int:
    """Status of a new comment; 0 when the connection was refused."""
    connection = Connection(site.port)
    try:
        body = json.dumps({"body": f"Comment {n} while it stops."}).encode()
        return (await connection.ask("POST", COMMENTS_PATH, body, author=n, key=f"k{n}")).status
    except (OSError, EOFError):
        return 0
    finally:
        connection.close()


def test_a_stop_finishes_what_was_begun(site: Site) -> None:
    """Streams end with a time to come back, posts in flight are answered, the process ends well and soon."""
    site.start()
    assert site.get(STORY_PATH)[0] == 200

    async def life() -> tuple[float, bytes, list[int]]:
        reader, writer = await listen(site)
        posts = [asyncio.ensure_future(post(site, n)) for n in range(40)]
        await asyncio.wait(posts, return_when=asyncio.FIRST_COMPLETED)
        stopping = asyncio.create_task(asyncio.to_thread(site.stop))
        rest = await reader.read()
        writer.close()
        return await stopping, rest, await asyncio.gather(*posts)

    took_s, rest, statuses = asyncio.run(life())
    assert took_s < STOP_S
    assert b"retry: " in rest
    # Those whose connection stood in line when the door closed were never begun.
    assert set(statuses) <= {201, 0}
    assert statuses.count(201) >= 1
    assert site.process is not None
    assert site.process.returncode == 0
    assert "Traceback" not in site.log.read_text()


@pytest.mark.slow
def test_a_listener_that_takes_nothing_does_not_hold_it(site: Site) -> None:
    """A stalled reader and a half-sent request are left behind."""
    site.start()
    with closing(socket.create_connection(("127.0.0.1", site.port))) as stalled:
        stalled.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
        stalled.sendall(f"GET {EVENTS_PATH} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        with closing(socket.create_connection(("127.0.0.1", site.port))) as slow:
            slow.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Le")
            assert site.get("/readyz")[0] == 200
            assert site.stop() < STOP_S
    assert site.process is not None
    assert site.process.returncode == 0
