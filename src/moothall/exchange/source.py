"""The bytes of an import file: plain, gzip, or a zip with one file, unpacked within bounds."""

import hashlib
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from moothall.exchange.faults import file_fault
from moothall.exchange.reasons import FileFault

CHUNK_BYTES = 1 << 16
# The largest public archives known are a few gigabytes; past this somebody should split the file.
MAX_UNPACKED_BYTES = 64 << 30
# Comment archives pack 4 to 20 times; deflate can do 1,032, which only a bomb needs.
MAX_RATIO = 150
# Below this a high ratio is harmless, and small files of one repeated line reach it honestly.
RATIO_FREE_BYTES = 32 << 20
_ZIP_ENTRIES_MAX = 1_000
_ZIP_END_BYTES = 22 + 0xFFFF  # the end record and the longest comment it may carry
_GZIP_WBITS = 31
_GZIP, _ZIP, _ZIP_EMPTY = b"\x1f\x8b", b"PK\x03\x04", b"PK\x05\x06"


class Source:
    """One file, read once from its start.

    `packed_bytes` of `size_bytes` have been read so far, which is what a progress bar shows;
    `digest` is the SHA-256 of the file as it lies on disk, whole once `chunks` has ended.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.size_bytes = path.stat().st_size
        self.packed_bytes = 0
        self._hash = hashlib.sha256()

    @property
    def digest(self) -> str:
        return self._hash.hexdigest()

    def chunks(self) -> Iterator[bytes]:
        """The unpacked bytes, never an empty piece.  Raises: ImportRefused."""
        with self.path.open("rb") as file:
            start = file.read(4)
            file.seek(0)
            if not start:
                raise file_fault(FileFault.EMPTY, "The file is empty.")
            yield from self._bounded(self._unpacked(file, start))

    def _unpacked(self, file: BinaryIO, start: bytes) -> Iterator[bytes]:
        if start.startswith(_GZIP):
            return _gunzip(self._raw(file))
        if start in (_ZIP, _ZIP_EMPTY):
            return self._only_member(file)
        return self._raw(file)

    def _raw(self, file: BinaryIO) -> Iterator[bytes]:
        while chunk := file.read(CHUNK_BYTES):
            self._hash.update(chunk)
            self.packed_bytes += len(chunk)
            yield chunk

    def _only_member(self, file: BinaryIO) -> Iterator[bytes]:
        for _ in self._raw(file):  # a zip is read from its end, so its digest needs a pass of its own
            pass
        self.packed_bytes = 0
        _check_entry_count(file, self.size_bytes)
        try:
            with zipfile.ZipFile(file) as archive, archive.open(_single(archive)) as member:
                while chunk := member.read(CHUNK_BYTES):
                    self.packed_bytes = min(file.tell(), self.size_bytes)
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as wrong:
            raise file_fault(FileFault.PACKING, f"The zip archive is damaged: {wrong}.") from wrong

    def _bounded(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        total = 0
        for chunk in chunks:
            total += len(chunk)
            if total > MAX_UNPACKED_BYTES:
                raise file_fault(FileFault.TOO_LARGE, f"It unpacks to more than {MAX_UNPACKED_BYTES} bytes.")
            if total > RATIO_FREE_BYTES and total > MAX_RATIO * self.size_bytes:
                raise file_fault(
                    FileFault.BOMB,
                    f"It unpacks to more than {MAX_RATIO} times its size of {self.size_bytes} bytes.",
                )
            yield chunk


def _gunzip(raw: Iterator[bytes]) -> Iterator[bytes]:
    """All members of a gzip file, one after another."""
    unpack, begun = zlib.decompressobj(wbits=_GZIP_WBITS), False
    for piece in raw:
        packed = piece if begun else piece.lstrip(b"\0")  # some tools pad the end with zeros
        while packed:
            begun = True
            yield from _inflate(unpack, packed)
            packed = unpack.unconsumed_tail
            if unpack.eof:
                packed = unpack.unused_data.lstrip(b"\0")
                unpack, begun = zlib.decompressobj(wbits=_GZIP_WBITS), False
    if begun:
        raise file_fault(FileFault.TRUNCATED, "The gzip data ends in the middle.")


def _inflate(unpack: "zlib._Decompress", packed: bytes) -> Iterator[bytes]:
    try:
        chunk = unpack.decompress(packed, CHUNK_BYTES)
    except zlib.error as wrong:
        raise file_fault(FileFault.PACKING, f"The gzip data is damaged: {wrong}.") from wrong
    if chunk:
        yield chunk


def _check_entry_count(file: BinaryIO, size_bytes: int) -> None:
    """A directory of millions of names would fill the memory before the first one is looked at."""
    file.seek(max(0, size_bytes - _ZIP_END_BYTES))
    tail = file.read()
    at = tail.rfind(_ZIP_EMPTY)
    if at < 0 or len(tail) < at + 12:
        raise file_fault(FileFault.PACKING, "The zip archive has no end; it was cut off.")
    if int.from_bytes(tail[at + 10 : at + 12], "little") > _ZIP_ENTRIES_MAX:
        raise file_fault(FileFault.ONE_FILE, "The zip archive holds thousands of files; it must hold one.")


def _single(archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    names = [i for i in archive.infolist() if not i.is_dir() and not i.filename.startswith("__MACOSX/")]
    if not names:
        raise file_fault(FileFault.ONE_FILE, "The zip archive holds no file; there is nothing to import.")
    if len(names) > 1:
        raise file_fault(
            FileFault.ONE_FILE, f"The zip archive holds {len(names)} files; unpack it and import them one by one."
        )
    return names[0]
