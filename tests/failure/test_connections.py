"""One connection at a time, spoken to by hand: ready pages, several requests at once, heads that never end."""

import socket
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from moothall.kernel.limits import BODY_PAUSE_MS, HEAD_BYTES, HEAD_MS
from tests.process import COMMENTS_PATH, EVENTS_PATH, STORY_PATH, Site, populate, token

HOST = "Host: x\r\n"
PACKED = HOST + "Accept-Encoding: br\r\n"


class Answer:
    """What came: status, headers without what differs from one second or connection to the next, content."""

    def __init__(self, head: bytes, content: bytes) -> None:
        first, *lines = head.decode("latin-1").split("\r\n")
        self.status = int(first.split()[1])
        self.headers = {name: value for name, _, value in (line.partition(": ") for line in lines)}
        assert self.headers.pop("date")
        self.headers.pop("connection", None)
        self.content = content


class Line:
    """A connection."""

    def __init__(self, site: Site) -> None:
        self.socket = socket.create_connection(("127.0.0.1", site.port), timeout=HEAD_MS / 1000 + 10)
        self.file = self.socket.makefile("rb")

    def close(self) -> None:
        self.file.close()
        self.socket.close()

    def say(self, text: str) -> None:
        self.socket.sendall(text.encode("latin-1"))

    def hear(self, *, without_content: bool = False) -> Answer:
        """The next answer."""
        head = b"".join(iter(self.file.readline, b"\r\n")).removesuffix(b"\r\n")
        length = 0 if without_content or b" 304 " in head[:20] else _length(head)
        return Answer(head, self.file.read(length))

    def ask(self, more: str = PACKED, *, method: str = "GET", path: str = STORY_PATH) -> Answer:
        self.say(f"{method} {path} HTTP/1.1\r\n{more}\r\n")
        return self.hear(without_content=method == "HEAD")


def _length(head: bytes) -> int:
    return next(int(line[16:]) for line in head.split(b"\r\n") if line.startswith(b"content-length: "))


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """With one story and one reader."""
    populate(f"sqlite:///{tmp_path / 'moothall.db'}", 1).close()
    with Site(tmp_path) as running:
        yield running


@pytest.fixture
def line(site: Site) -> Iterator[Line]:
    """Open, and the story's page lies ready."""
    with closing(Line(site)) as warm:
        warm.ask()
    with closing(Line(site)) as opened:
        yield opened


def test_the_short_way_says_what_the_long_one_says(site: Site, line: Line) -> None:
    """A ready page, its head alone and "not modified" are the same, header for header, by either way."""
    tag = line.ask().headers["etag"]
    for method, more in (("GET", ""), ("HEAD", ""), ("GET", f"If-None-Match: {tag}\r\n")):
        short = line.ask(PACKED + more, method=method)
        with closing(Line(site)) as last:
            long = last.ask(PACKED + more + "Connection: close\r\n", method=method)
        assert (short.status, short.headers, short.content) == (long.status, long.headers, long.content)


def test_who_is_signed_in_gets_a_page_of_their_own(line: Line) -> None:
    """A session's cookie goes the long way, also on a connection that was answered the short one."""
    assert line.ask().headers["cache-control"].startswith("public")
    mine = line.ask(PACKED + f"Cookie: moothall_dev={token(0)}\r\n")
    assert mine.headers["cache-control"].startswith("private")
    assert line.ask().headers["cache-control"].startswith("public")


def test_requests_in_one_packet_are_answered_in_their_order(line: Line) -> None:
    """Short and long ways mixed."""
    ready, health = f"GET {STORY_PATH} HTTP/1.1\r\n{PACKED}\r\n", f"GET /healthz HTTP/1.1\r\n{HOST}\r\n"
    line.say(ready + health + ready + ready + health)
    kinds = [line.hear().content == b"ok\n" for _ in range(5)]
    assert kinds == [False, True, False, False, True]


def test_what_is_sent_along_with_a_get_means_nothing(line: Line) -> None:
    """A request in its content is not taken for one."""
    smuggled = f"GET /healthz HTTP/1.1\r\n{HOST}\r\n"
    line.say(f"GET {STORY_PATH} HTTP/1.1\r\n{PACKED}Content-Length: {len(smuggled)}\r\n\r\n{smuggled}")
    assert line.hear().headers["content-encoding"] == "br"
    line.socket.settimeout(0.3)
    with pytest.raises(TimeoutError):
        line.file.read(1)


def test_an_encoded_address_is_the_same_page(line: Line) -> None:
    """And what is encoded twice is none."""
    once, twice = STORY_PATH.replace("-", "%2D"), STORY_PATH.replace("-", "%252D")
    plain, encoded = line.ask(), line.ask(path=once)
    assert (encoded.status, encoded.content) == (200, plain.content)
    assert line.ask(path=twice).status == 404


def test_an_old_browser_is_answered_and_let_go(line: Line) -> None:
    """HTTP/1.0 ends the connection."""
    line.say(f"GET {STORY_PATH} HTTP/1.0\r\n\r\n")
    assert line.hear().status == 200
    assert line.file.read() == b""


def test_nonsense_is_refused(site: Site) -> None:
    """With 400, and the connection ends."""
    for nonsense in ("\x16\x03\x01\x02", "GET\r\n\r\n", "GET / HTTP/1.1\r\nA b: c\r\n\r\n"):
        with closing(Line(site)) as line:
            line.say(nonsense)
            assert line.file.readline().startswith(b"HTTP/1.1 400 ")
            assert b"connection: close" in line.file.read()


def test_a_head_without_end_is_cut_off_by_its_size(line: Line) -> None:
    """431, long before it could fill the memory."""
    line.say(f"GET / HTTP/1.1\r\n{HOST}X: ")
    for _ in range(HEAD_BYTES // 8_192):
        line.say("a" * 8_192)
    assert line.file.readline().startswith(b"HTTP/1.1 431 ")


def _writing(site: Site) -> str:
    return f"{HOST}Origin: {site.url}\r\nX-Moothall: 1\r\nContent-Type: application/json\r\n"


PIECES = "Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n"


def _flood(line: Line) -> None:
    for _ in range(10 * HEAD_BYTES // 8_192):
        line.say("a" * 8_192)
        time.sleep(0.01)


@pytest.mark.parametrize(
    "beginning",
    [
        f"GET {EVENTS_PATH} HTTP/1.1\r\n{HOST}\r\nGET / HTTP/1.1\r\n",
        f"GET {STORY_PATH} HTTP/1.1\r\n{HOST}{PIECES}",
        f"POST {COMMENTS_PATH} HTTP/1.1\r\n{HOST}{PIECES}",
    ],
    ids=["behind a stream", "behind a ready page's body", "behind a body"],
)
def test_lines_without_end_end_the_connection(line: Line, beginning: str) -> None:
    """Also where a request is already there, whose answer may take as long as it likes."""
    line.say(beginning + "X: ")
    with pytest.raises((BrokenPipeError, ConnectionResetError)):
        _flood(line)


@pytest.mark.parametrize("late", ["", f"Cookie: moothall_dev={token(0)}\r\n"])
def test_what_follows_a_body_is_no_header(site: Site, line: Line, late: str) -> None:
    """A session that is named after the body is none."""
    body = '{"body": "Hello"}'
    line.say(
        f"POST {COMMENTS_PATH} HTTP/1.1\r\n{_writing(site)}"
        f"Transfer-Encoding: chunked\r\n\r\n{len(body):x}\r\n{body}\r\n0\r\n{late}\r\n"
    )
    assert line.hear().status == 401


@pytest.mark.slow
def test_a_head_that_does_not_come_is_waited_for_so_long(site: Site, line: Line) -> None:
    """408, however little of it there is and however often a little more comes."""
    ready = f"GET {STORY_PATH} HTTP/1.1\r\n{PACKED}\r\n"
    beginnings = {"": "", "GET / HTTP/1.1\r\nHo": "T", "\r\n": "\r\n", f"{ready}GET /": "T"}
    lines = [(Line(site), more) for more in beginnings.values()]
    for (each, _), beginning in zip(lines, beginnings, strict=True):
        each.say(beginning)
    assert lines[-1][0].hear().status == 200
    for _ in range(HEAD_MS // 2_000 - 1):
        time.sleep(2)
        for each, more in lines:
            each.say(more)
    assert line.ask().status == 200
    for each, _ in lines:
        assert each.file.readline().startswith(b"HTTP/1.1 408 ")
        each.close()


@pytest.mark.slow
def test_a_body_that_stands_still_is_waited_for_so_long(site: Site) -> None:
    """408, and nothing is done of what it began; one that goes on slowly is heard to its end."""
    beginning = f"POST {COMMENTS_PATH} HTTP/1.1\r\n{_writing(site)}Content-Length: 17\r\n\r\n"
    with closing(Line(site)) as still, closing(Line(site)) as slow:
        still.socket.settimeout(BODY_PAUSE_MS / 1000 + 10)
        for each in (still, slow):
            each.say(beginning)
        for letter in '{"body": "Hello"':
            time.sleep((BODY_PAUSE_MS + 4_000) / 16_000)
            slow.say(letter)
        slow.say("}")
        assert slow.hear().status == 401
        assert still.file.readline().startswith(b"HTTP/1.1 408 ")
