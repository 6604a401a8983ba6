"""A ready page is sent in the encoding that the client takes, and named so that it need not be sent twice."""

import gzip

import brotli
import pytest

from moothall.web.hot_page import HotPage, Ready, Wrapping, is_known, pack

PLAIN = Wrapping(for_all=False, complete=lambda headers: headers)
LONG = HotPage(b"<p>The bridge stays open.</p>" * 200, "text/html; charset=utf-8", ((b"x-of-page", b"1"),))


@pytest.fixture
def ready() -> Ready:
    return pack(LONG, PLAIN)


@pytest.mark.parametrize(
    ("accept", "encoding"),
    [
        (b"gzip, deflate, br, zstd", b"br"),
        (b"BR", b"br"),
        (b"gzip", b"gzip"),
        (b"gzip;q=0.5, br;q=0", b"gzip"),
        (b"br;q=0.0, gzip;q=0", None),
        (b"brotli, xgzip", None),
        (b"identity", None),
        (b"", None),
    ],
)
def test_the_encoding_is_one_that_the_client_takes(ready: Ready, accept: bytes, encoding: bytes | None) -> None:
    """Brotli before gzip before plain; what is refused with q=0 is not sent."""
    headers = dict(ready.best(accept).start["headers"])
    assert headers.get(b"content-encoding") == encoding


def test_every_encoding_holds_the_same_page(ready: Ready) -> None:
    """Unpacked, all three are the page, and each tells its own length."""
    assert ready.plain.body["body"] == LONG.content
    assert gzip.decompress(ready.gzip.body["body"]) == LONG.content
    assert brotli.decompress(ready.brotli.body["body"]) == LONG.content
    for answer in ready:
        assert dict(answer.start["headers"])[b"content-length"] == str(len(answer.body["body"])).encode()


def test_each_encoding_has_its_own_strong_etag(ready: Ready) -> None:
    """A cache must not take one encoding for another, nor one page for the next."""
    other = pack(LONG._replace(content=LONG.content + b"!"), PLAIN)
    tags = {answer.etag for answer in (*ready, *other)}
    assert len(tags) == 6
    assert all(tag.startswith(b'"') for tag in tags)


def test_a_small_page_is_not_packed() -> None:
    """Packing less than a packet's worth would save nothing."""
    ready = pack(LONG._replace(content=b"{}"), PLAIN)
    assert b"content-encoding" not in dict(ready.best(b"br").start["headers"])


def test_headers_of_the_page_and_of_the_house_are_sent() -> None:
    """The page's own, the security headers, and what caches must know."""
    wrapping = Wrapping(for_all=True, complete=lambda headers: [*headers, (b"x-safe", b"1")])
    headers = dict(pack(LONG, wrapping).plain.start["headers"])
    assert headers[b"x-of-page"] == headers[b"x-safe"] == b"1"
    assert headers[b"vary"] == b"Accept-Encoding"
    assert headers[b"cache-control"].startswith(b"public, max-age=0, s-maxage=1")


def test_a_page_that_can_be_personal_varies_with_the_cookie(ready: Ready) -> None:
    """A shared cache must not give it to somebody who is signed in."""
    assert dict(ready.plain.start["headers"])[b"vary"] == b"Accept-Encoding, Cookie, Authorization"


@pytest.mark.parametrize(
    ("if_none_match", "known"), [(b'"a"', True), (b'W/"a", "b"', True), (b"*", True), (b'"b"', False)]
)
def test_a_known_page_is_recognised(if_none_match: bytes, known: bool) -> None:
    """By its tag among others, weak or strong, or by the star."""
    assert is_known(if_none_match, b'"a"') is known


def test_not_modified_keeps_what_caches_and_other_origins_need() -> None:
    """A 304 repeats tag, lifetime, variance and the permission to read it, and nothing of the body."""
    page = LONG._replace(headers=((b"access-control-allow-origin", b"*"), (b"x-of-page", b"1")))
    headers = dict(pack(page, PLAIN).brotli.not_modified["headers"])
    assert set(headers) == {b"etag", b"cache-control", b"vary", b"access-control-allow-origin"}


def test_a_cache_tells_apart_what_another_origin_gets() -> None:
    """The 200 and the 304 name Origin where a page elsewhere is answered otherwise, and only there."""
    for own_pages in (False, True):
        ready = pack(LONG, PLAIN._replace(own_pages=own_pages))
        for message in (ready.brotli.start, ready.brotli.not_modified):
            assert (b"Origin" in dict(message["headers"])[b"vary"]) is own_pages
