"""Readers who vanish leave nothing behind in the server."""

import socket
import time
from pathlib import Path

from tests.process import EVENTS_PATH, Site, populate

COUNT, PATIENCE_S = 300, 20.0


def listeners(site: Site) -> int:
    """How many streams the server believes to be open."""
    lines = site.get("/metrics")[1].decode().splitlines()
    return int(float(next(line for line in lines if line.startswith("moothall_listeners ")).split()[1]))


def open_files(site: Site) -> int:
    return len(list(Path(f"/proc/{site.pid}/fd").iterdir()))


def until(site: Site, count: int) -> bool:
    """Whether so many listen before our patience ends."""
    end = time.monotonic() + PATIENCE_S
    while listeners(site) != count:
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def test_three_hundred_listeners_vanish(tmp_path: Path) -> None:
    """Their connections are closed at once, by reset: no listener, no descriptor stays."""
    populate(f"sqlite:///{tmp_path / 'moothall.db'}", 1).close()
    site = Site(tmp_path)
    site.start()
    before = open_files(site)
    request = f"GET {EVENTS_PATH} HTTP/1.1\r\nHost: x\r\n\r\n".encode()
    lines = [socket.create_connection(("127.0.0.1", site.port)) for _ in range(COUNT)]
    for line in lines:
        line.sendall(request)
    assert until(site, COUNT)
    for line in lines:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
        line.close()
    assert until(site, 0)
    assert open_files(site) <= before + 5
    site.stop()
