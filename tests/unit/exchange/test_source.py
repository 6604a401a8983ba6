"""Packed, damaged and hostile files, before a byte is understood."""

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from moothall.exchange import source as bounds
from moothall.exchange.source import Source
from moothall.kernel.errors import ImportRefused

WORDS = b"<a>" + b"the quick brown fox " * 5_000 + b"</a>"


def write(folder: Path, name: str, content: bytes) -> Source:
    path = folder / name
    path.write_bytes(content)
    return Source(path)


def zipped(**files: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def fault(source: Source) -> str:
    with pytest.raises(ImportRefused) as told:
        list(source.chunks())
    return str(told.value.params["reason"])


@pytest.mark.parametrize(
    "packed", [WORDS, gzip.compress(WORDS), gzip.compress(WORDS[:99]) + gzip.compress(WORDS[99:]), zipped(a=WORDS)]
)
def test_plain_gzip_and_zip_give_the_same_bytes(tmp_path: Path, packed: bytes) -> None:
    """The content decides how a file is unpacked, not its name."""
    assert b"".join(write(tmp_path, "any.name", packed).chunks()) == WORDS


def test_the_digest_is_that_of_the_file_on_disk(tmp_path: Path) -> None:
    """So that a second import of the same file is known whatever it is packed with."""
    import hashlib

    for content in (WORDS, gzip.compress(WORDS, mtime=0), zipped(a=WORDS)):
        source = write(tmp_path, "file", content)
        list(source.chunks())
        assert source.digest == hashlib.sha256(content).hexdigest()


def test_zeros_after_a_gzip_file_are_padding(tmp_path: Path) -> None:
    """Tape tools fill the last block."""
    assert b"".join(write(tmp_path, "a.gz", gzip.compress(WORDS) + bytes(700)).chunks()) == WORDS


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    """A download that failed often leaves one."""
    assert fault(write(tmp_path, "a.xml", b"")) == "empty_file"


@pytest.mark.parametrize("left", [20, 200, 1])
def test_a_gzip_file_cut_off_is_refused(tmp_path: Path, left: int) -> None:
    """Also when only its closing checksum is missing."""
    assert fault(write(tmp_path, "a.gz", gzip.compress(WORDS)[:-left])) == "truncated"


def test_a_damaged_gzip_file_is_refused(tmp_path: Path) -> None:
    """A flipped bit is found by the checksum."""
    packed = bytearray(gzip.compress(WORDS))
    packed[-6] ^= 1
    assert fault(write(tmp_path, "a.gz", bytes(packed))) == "damaged_packing"


def test_junk_after_a_gzip_file_is_refused(tmp_path: Path) -> None:
    """It is no gzip member, and nobody knows what it was."""
    assert fault(write(tmp_path, "a.gz", gzip.compress(WORDS) + b"junk")) == "damaged_packing"


def test_a_gzip_bomb_is_refused(tmp_path: Path) -> None:
    """It stops at the ratio that no archive of text reaches, long before the disk or memory is full."""
    bomb = gzip.compress(bytes(bounds.RATIO_FREE_BYTES + (8 << 20)))
    assert fault(write(tmp_path, "a.gz", bomb)) == "unpacks_too_large"


def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    """The same bound holds for zip."""
    assert (
        fault(write(tmp_path, "a.zip", zipped(a=bytes(bounds.RATIO_FREE_BYTES + (8 << 20))))) == "unpacks_too_large"
    )


def test_a_small_file_may_pack_very_well(tmp_path: Path) -> None:
    """A short archive of one repeated line is honest."""
    assert len(b"".join(write(tmp_path, "a.gz", gzip.compress(bytes(1 << 20))).chunks())) == 1 << 20


@pytest.mark.parametrize("files", [{}, {"a.xml": b"<a/>", "b.xml": b"<b/>"}])
def test_a_zip_must_hold_one_file(tmp_path: Path, files: dict[str, bytes]) -> None:
    """Which of several is meant cannot be guessed."""
    assert fault(write(tmp_path, "a.zip", zipped(**files))) == "archive_needs_one_file"


def test_a_zip_without_files_says_that_it_holds_none(tmp_path: Path) -> None:
    """It would be no help to be told to unpack its 0 files."""
    with pytest.raises(ImportRefused, match="holds no file"):
        b"".join(write(tmp_path, "a.zip", zipped()).chunks())


def test_a_mac_zip_holds_one_file_and_its_shadow(tmp_path: Path) -> None:
    """The resource fork that macOS adds is not a second archive."""
    packed = zipped(**{"a.xml": WORDS, "__MACOSX/._a.xml": b"shadow"})
    assert b"".join(write(tmp_path, "a.zip", packed).chunks()) == WORDS


def test_a_zip_cut_off_is_refused(tmp_path: Path) -> None:
    """Its directory stands at its end."""
    assert fault(write(tmp_path, "a.zip", zipped(a=WORDS)[:-30])) == "damaged_packing"


def test_a_zip_with_thousands_of_names_is_refused_unread(tmp_path: Path) -> None:
    """Its directory alone could fill the memory."""
    packed = zipped(**{f"{n}": b"" for n in range(1_001)})
    assert fault(write(tmp_path, "a.zip", packed)) == "archive_needs_one_file"


def test_a_locked_zip_is_refused(tmp_path: Path) -> None:
    """There is nobody to ask for the password."""
    packed = bytearray(zipped(a=WORDS))
    packed[6] |= 1
    packed[packed.rfind(b"PK\x01\x02") + 8] |= 1
    assert fault(write(tmp_path, "a.zip", bytes(packed))) == "damaged_packing"
