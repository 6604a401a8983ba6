"""A page as ready bytes: packed once, answered many times."""

import base64
import gzip
import hashlib
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

import brotli  # type: ignore[import-untyped]

from moothall.kernel.asgi import Headers, Message, body, start, wire_head

# Quality 5 gives 9.5 KB of a 30 KB page in 0.7 ms; 11 gives 8.2 KB in 30 ms, too long for ten builds a second.
_BROTLI_QUALITY = 5
_GZIP_LEVEL = 6
# Packing less than a packet's worth saves nothing.
_PACK_FROM_BYTES = 1_000
# Caches in front answer for a second by themselves, and while they ask again; while we are down, a minute.
_CACHE = b"public, max-age=0, s-maxage=1, stale-while-revalidate=10, stale-if-error=60"
_VARY = {True: b"Accept-Encoding", False: b"Accept-Encoding, Cookie, Authorization"}


class HotPage(NamedTuple):
    """What a builder makes: the same bytes for every reader who is not signed in.

    `stories` are the stories whose events make it old; `any_story`: every story's do.
    """

    content: bytes
    content_type: str
    headers: Headers = ()
    stories: frozenset[int] = frozenset()
    any_story: bool = False


class Wrapping(NamedTuple):
    """How a page is sent: `for_all` is one that is never personal; `complete` adds security headers;
    `own_pages` is one that a page of another origin gets otherwise."""

    for_all: bool
    complete: Callable[[list[tuple[bytes, bytes]]], list[tuple[bytes, bytes]]]
    own_pages: bool = False


class Answer(NamedTuple):
    """One encoding of a page: what the server interface wants, and in `wire_` what the wire does."""

    etag: bytes
    start: Message
    body: Message
    not_modified: Message
    content: bytes
    wire_start: bytes
    wire_not_modified: bytes


class Ready(NamedTuple):
    """A packed page by encoding; where packing does not pay, all three are the plain one."""

    plain: Answer
    gzip: Answer
    brotli: Answer

    def best(self, accept_encoding: bytes) -> Answer:
        """The smallest that the client takes."""
        return self[_encoding(accept_encoding)]


@lru_cache(256)
def _encoding(accept_encoding: bytes) -> int:
    """Position in `Ready`.  A weight of nought refuses; other weights are not compared.

    Source: RFC 9110, 12.5.3.
    """
    taken = set()
    for part in accept_encoding.lower().replace(b" ", b"").split(b","):
        name, _, weight = part.partition(b";q=")
        if weight.strip(b"0.") or not weight:
            taken.add(name)
    return 2 if b"br" in taken else int(b"gzip" in taken)


def pack(page: HotPage, wrapping: Wrapping) -> Ready:
    """Compress and write the headers; a few milliseconds, so not for the event loop."""
    digest = hashlib.blake2b(page.content, digest_size=12).digest()
    tag = base64.urlsafe_b64encode(digest)
    plain = _answer(page, page.content, b'"%s"' % tag, None, wrapping)
    if len(page.content) < _PACK_FROM_BYTES:
        return Ready(plain, plain, plain)
    zipped = gzip.compress(page.content, _GZIP_LEVEL, mtime=0)
    squeezed: bytes = brotli.compress(page.content, quality=_BROTLI_QUALITY)
    return Ready(
        plain,
        _answer(page, zipped, b'"%s-gz"' % tag, b"gzip", wrapping),
        _answer(page, squeezed, b'"%s-br"' % tag, b"br", wrapping),
    )


def _answer(page: HotPage, content: bytes, etag: bytes, encoding: bytes | None, wrapping: Wrapping) -> Answer:
    vary = _VARY[wrapping.for_all] + (b", Origin" if wrapping.own_pages else b"")
    shared: Headers = ((b"etag", etag), (b"cache-control", _CACHE), (b"vary", vary))
    described: Headers = (
        (b"content-type", page.content_type.encode()),
        (b"content-length", str(len(content)).encode()),
        *(((b"content-encoding", encoding),) if encoding else ()),
    )
    headers = wrapping.complete([*described, *shared, *page.headers])
    # A page elsewhere may read a 304 only with the permission that the 200 had.
    allowed = tuple(pair for pair in headers if pair[0].startswith((b"access-control-", b"cross-origin-")))
    found, known = tuple(headers), (*shared, *allowed)
    return Answer(
        etag,
        start(200, found),
        body(content),
        start(304, known),
        content,
        wire_head(200, found),
        wire_head(304, known),
    )


def is_known(if_none_match: bytes, etag: bytes) -> bool:
    """Whether the client has these very bytes.  Source: RFC 9110, 13.1.2 (weak comparison)."""
    return etag in if_none_match or if_none_match.strip() == b"*"
