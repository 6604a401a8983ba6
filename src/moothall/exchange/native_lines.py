"""Our own archive as a stream of lines, read strictly and written in the one spelling."""

import hashlib
from collections.abc import Iterator
from typing import NamedTuple, TypeVar

import msgspec

from moothall.exchange.faults import file_fault
from moothall.exchange.native_fit import too_long
from moothall.exchange.native_records import KINDS, VERSION, AnyLine, Footer, Header, Line, RecordLine
from moothall.exchange.reasons import FileFault
from moothall.exchange.source import Source
from moothall.kernel.errors import ImportRefused
from moothall.kernel.limits import INDEX_BYTES

# A photo in all its sizes, as base 64.
LINE_BYTES_MAX = 64 << 20
_decoder = msgspec.json.Decoder(AnyLine)
_encoder = msgspec.json.Encoder()
T = TypeVar("T", bound=Line)


class Numbered(NamedTuple):
    """A line and where it stands."""

    number: int
    line: Line


def encode(line: Line) -> bytes:
    """The one spelling of a line."""
    return _encoder.encode(line) + b"\n"


class Sealer:
    """Writes lines in order and seals them."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()
        self._counts = dict.fromkeys(KINDS, 0)

    def header(self) -> bytes:
        """The first line."""
        return self._take(encode(Header(VERSION)))

    def line(self, kind: str, line: Line) -> bytes:
        """One line of a kind."""
        self._counts[kind] += 1
        return self._take(encode(line))

    def footer(self) -> bytes:
        """The last line."""
        return encode(Footer(self._counts, self._hash.hexdigest()))

    def _take(self, text: bytes) -> bytes:
        self._hash.update(text)
        return text


def read(source: Source) -> Iterator[Numbered]:
    """All lines between header and footer, checked for order, spelling, count and seal.

    Raises: ImportRefused, naming the line.
    """
    seal, counts = hashlib.sha256(), dict.fromkeys(KINDS, 0)
    last: Line | None = None
    for number, text in enumerate(_split(source), start=1):
        if isinstance(last, Footer):
            raise file_fault(FileFault.NOT_WELL_FORMED, f"Line {number} comes after the last line.")
        line = _decode(text, number)
        _check_place(line, last, number)
        if isinstance(line, Footer):
            _check_seal(line, counts, seal.hexdigest())
        else:
            seal.update(text + b"\n")
        if not isinstance(line, Header | Footer):
            counts[line.kind] += 1
            yield Numbered(number, line)
        last = line
    if not isinstance(last, Footer):
        raise file_fault(FileFault.TRUNCATED, "It ends without its last line.")


def _split(source: Source) -> Iterator[bytes]:
    """Lines without their ends; only "\\n" ends one."""
    rest: list[bytes] = []
    held = 0
    for chunk in source.chunks():
        *whole, tail = chunk.split(b"\n")
        for piece in whole:
            yield b"".join([*rest, piece])
            rest, held = [], 0
        rest.append(tail)
        held += len(tail)
        if held > LINE_BYTES_MAX:
            raise file_fault(FileFault.TOO_LARGE, f"A line is longer than {LINE_BYTES_MAX} bytes.")
    if held:
        yield b"".join(rest)


def _decode(text: bytes, number: int) -> AnyLine:
    try:
        line: AnyLine = _decoder.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError) as wrong:
        raise _bad_line(number, str(wrong)) from wrong
    if _encoder.encode(line) != text:
        raise _bad_line(number, "it is not spelt as the export spells it")
    if isinstance(line, RecordLine) and (fault := line.fault()):
        raise _bad_line(number, fault)
    if field := too_long(line):
        raise _bad_line(number, f"an index of PostgreSQL holds {INDEX_BYTES:,} bytes, and its {field} is longer")
    return line


def _bad_line(number: int, detail: str) -> ImportRefused:
    if number == 1:
        return file_fault(FileFault.NOT_THIS_FORMAT, f"It does not begin as a Moothall archive ({detail}).")
    return file_fault(FileFault.NOT_WELL_FORMED, f"Line {number} cannot be read: {detail}.")


def _check_place(line: Line, last: Line | None, number: int) -> None:
    if last is None:
        if not isinstance(line, Header):
            raise _bad_line(1, "there is no first line")
        if line.version != VERSION:
            raise file_fault(FileFault.VERSION, f"It is of version {line.version}; this Moothall reads {VERSION}.")
    elif isinstance(line, Header) or (line.order, line.key()) <= (last.order, last.key()):
        raise file_fault(FileFault.ORDER, f"Line {number} is out of order, or there twice.")


def _check_seal(footer: Footer, counts: dict[str, int], digest: str) -> None:
    if {**dict.fromkeys(KINDS, 0), **footer.counts} != counts:  # older archives do not count the youngest kinds
        raise file_fault(FileFault.DIGEST, f"Its last line counts {footer.counts}; there are {counts}.")
    if footer.sha256 != digest:
        raise file_fault(FileFault.DIGEST, "It was changed since it was written: its seal does not fit.")
