"""First pass over a native archive: is it whole, does it fit together, does it fit this newsroom?"""

from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from itertools import chain, groupby, islice
from typing import TypeVar

from PIL import Image

from moothall.exchange.faults import file_fault
from moothall.exchange.native_check_records import known_records, uses_of
from moothall.exchange.native_lines import Numbered
from moothall.exchange.native_records import (
    AccountLine,
    CommentLine,
    KeywordLine,
    Line,
    OriginLine,
    PhotoLine,
    RecordLine,
    RelatedLine,
    SectionLine,
    StoryLine,
)
from moothall.exchange.reasons import FileFault
from moothall.kernel.ids import from_text, to_text
from moothall.kernel.limits import COMMENT_DEPTH
from moothall.store import native_staging as scratch
from moothall.store import native_writes as store
from moothall.store.exchange import Connection
from moothall.store.native_staging import Node, Wanted
from moothall.store.native_tables import CARRIED, NAMED, Value, find
from moothall.store.staging import Staging

PAGE = 1_000
T = TypeVar("T", bound=Line)


def number(text: str) -> int:
    """The number of an id that was checked when it was read."""
    value = from_text(text)
    if value is None:
        raise ValueError(text)
    return value


def pages(lines: Iterable[Numbered]) -> Iterator[list[Numbered]]:
    """Runs of lines of one kind."""
    for _, run in groupby(lines, key=_kind):
        while page := list(islice(run, PAGE)):
            yield page


def _kind(numbered: Numbered) -> tuple[int, str]:
    line = numbered.line
    return line.order, line.of if isinstance(line, RecordLine) else ""


def remember(staging: Staging, page: list[Numbered]) -> None:
    """Lay out what a page has and what it uses."""
    first = page[0].line
    if isinstance(first, RecordLine):
        scratch.have(staging, first.of, (str(n.line.key()[-1]) for n in page if CARRIED[first.of].key == ("id",)))
    elif not isinstance(first, RelatedLine | OriginLine):
        scratch.have(staging, first.kind, (n.line.which for n in page))
    scratch.want(staging, chain.from_iterable(_uses(n) for n in page))
    if isinstance(first, CommentLine):
        scratch.add_comments(staging, (_node(n.line) for n in page if isinstance(n.line, CommentLine)))


def check_whole(staging: Staging) -> None:
    """Raises: ImportRefused when a name leads nowhere or threads are unsound."""
    lost = scratch.missing(staging)
    if lost is not None:
        raise file_fault(FileFault.REFERENCE, f"Line {lost.line} names {lost.kind} {lost.id}, which is not there.")
    foreign = scratch.foreign(staging)
    if foreign is not None:
        raise file_fault(FileFault.REFERENCE, f"Comment {to_text(foreign)} answers none of its own story.")
    scratch.grow(staging, depth_max=COMMENT_DEPTH)
    circle = scratch.circle(staging)
    if circle is not None:
        raise file_fault(FileFault.CYCLE, f"Comment {to_text(circle)} is in a circle of replies.")


def known(conn: Connection, page: list[Numbered]) -> set[str]:
    """Ids of the page that are in the store already.  Raises: ImportRefused when they are others' there."""
    first = page[0].line
    if isinstance(first, RecordLine):
        return known_records(conn, page)
    lines = [n.line for n in page]
    for kind, compare in _COMPARE:
        if isinstance(first, kind):
            return compare(conn, lines)
    return set()


def _photos(conn: Connection, lines: list[Line]) -> set[str]:
    mine = _of(PhotoLine, lines)
    for line in mine:
        for part in line.renditions:
            _check_jpeg(line, part.width, part.data)
    there = store.find(conn, "photo", "id", "sha256", [number(line.id) for line in mine])
    same = store.find(conn, "photo", "sha256", "id", [line.sha256 for line in mine])
    for line in mine:
        _expect(line.id, there.get(number(line.id)), (line.sha256,))
        _expect(line.id, same.get(line.sha256), (number(line.id),))
    return {line.id for line in mine if number(line.id) in there}


def _accounts(conn: Connection, lines: list[Line]) -> set[str]:
    mine = _of(AccountLine, lines)
    there = store.find(conn, "account", "id", "made_at_ms", [number(line.id) for line in mine])
    names = store.find(conn, "account", "name_key", "id", [line.name_key for line in mine])
    holders = store.holders(conn, ((i.issuer, i.subject) for line in mine for i in line.identities))
    for line in mine:
        _expect(line.id, there.get(number(line.id)), (line.made_at_ms,))
        if number(line.id) not in there:
            _expect(line.id, names.get(line.name_key), (number(line.id),))
        for identity in line.identities:
            holder = holders.get((identity.issuer, identity.subject))
            _expect(line.id, None if holder is None else (holder,), (number(line.id),))
    return {line.id for line in mine if number(line.id) in there}


def _stories(conn: Connection, lines: list[Line]) -> set[str]:
    mine = _of(StoryLine, lines)
    there = store.find(conn, "story", "id", "code", [number(line.id) for line in mine])
    codes = store.find(conn, "story", "code", "id", [line.code for line in mine])
    urls = store.find(conn, "story", "url", "id", [line.url for line in mine])
    for line in mine:
        _expect(line.id, there.get(number(line.id)), (line.code,))
        _expect(line.id, codes.get(line.code), (number(line.id),))
        if number(line.id) not in there:
            _expect(line.id, urls.get(line.url), (number(line.id),))
    return {line.id for line in mine if number(line.id) in there}


def _comments(conn: Connection, lines: list[Line]) -> set[str]:
    mine = _of(CommentLine, lines)
    there = store.find(conn, "comment", "id", "story_id, author_id", [number(line.id) for line in mine])
    for line in mine:
        _expect(line.id, there.get(number(line.id)), (number(line.story), number(line.author)))
    return {line.id for line in mine if number(line.id) in there}


def _sections(conn: Connection, lines: list[Line]) -> set[str]:
    return _there(conn, "section", {line.which: (line.slug,) for line in _of(SectionLine, lines)})


def _keywords(conn: Connection, lines: list[Line]) -> set[str]:
    return _there(conn, "keyword", {line.which: (line.slug,) for line in _of(KeywordLine, lines)})


def _related(conn: Connection, lines: list[Line]) -> set[str]:
    mine = _of(RelatedLine, lines)
    return _there(conn, "related", {line.which: (number(line.story), number(line.related)) for line in mine})


def _origins(conn: Connection, lines: list[Line]) -> set[str]:
    mine = _of(OriginLine, lines)
    return _there(conn, "origin", {line.which: (line.source, line.of, line.external_id) for line in mine})


def _there(conn: Connection, kind: str, keys: dict[str, tuple[Value, ...]]) -> set[str]:
    found = find(conn, NAMED[kind], list(keys.values()))
    return {name for name, key in keys.items() if key in found}


_Compare = Callable[[Connection, list[Line]], set[str]]
_COMPARE: tuple[tuple[type[Line], _Compare], ...] = (
    (SectionLine, _sections),
    (KeywordLine, _keywords),
    (PhotoLine, _photos),
    (AccountLine, _accounts),
    (StoryLine, _stories),
    (CommentLine, _comments),
    (RelatedLine, _related),
    (OriginLine, _origins),
)


def _expect(name: str, found: tuple[object, ...] | None, ours: tuple[object, ...]) -> None:
    if found is not None and found != ours:
        raise file_fault(FileFault.TAKEN, f"This newsroom has something else in the place of {name}.")


def _check_jpeg(line: PhotoLine, width: int, data: bytes) -> None:
    """We serve these bytes to readers, so they are what they say they are."""
    try:
        with Image.open(BytesIO(data), formats=["JPEG"]) as picture:
            good = picture.width == width
    except OSError:
        good = False
    if not good:
        raise file_fault(
            FileFault.NOT_WELL_FORMED, f"Photo {line.id} holds something else than a JPEG of its width."
        )


def _uses(numbered: Numbered) -> Iterator[Wanted]:
    line, at = numbered.line, numbered.number
    if isinstance(line, StoryLine):
        yield Wanted("section", line.section, at)
        yield from (Wanted("keyword", slug, at) for slug in line.keywords)
        yield from (Wanted("photo", photo, at) for photo in (line.photo,) if photo is not None)
    elif isinstance(line, RelatedLine):
        yield from (Wanted("story", story, at) for story in (line.story, line.related))
    elif isinstance(line, CommentLine):
        yield Wanted("story", line.story, at)
        yield Wanted("account", line.author, at)
        yield from (Wanted("account", reaction.account, at) for reaction in line.reactions)
    elif isinstance(line, OriginLine):
        yield Wanted(line.of, line.id, at)
    elif isinstance(line, RecordLine):
        yield from uses_of(line, at)


def _node(line: CommentLine) -> Node:
    parent = number(line.parent) if line.parent is not None else 0
    return Node(number(line.id), number(line.story), parent, line.state.value)


def _of(kind: type[T], lines: list[Line]) -> list[T]:
    return [line for line in lines if isinstance(line, kind)]
