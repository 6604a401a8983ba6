"""Damaged and hostile XML: a clear error that names the place."""

from pathlib import Path

import pytest

from moothall.exchange.record import CommentRecord
from tests.newsroom.archives import disqus, post, thread
from tests.unit.exchange.reading import comments_of, refusal, rows_of, wordpress

GOOD = disqus(thread("1"), post("2"))
BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE disqus [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><disqus xmlns="http://disqus.com">&c;</disqus>'
)
OUTSIDE = (
    b'<?xml version="1.0"?><!DOCTYPE disqus [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    b'<disqus xmlns="http://disqus.com">&x;</disqus>'
)


def write(folder: Path, content: bytes) -> Path:
    path = folder / "archive.xml"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (BOMB, "doctype_refused"),
        (OUTSIDE, "doctype_refused"),
        (GOOD.replace(b"Words.", b"&nbsp;"), "not_well_formed"),
        (GOOD[:-30], "truncated"),
        (GOOD[: GOOD.index(b"<post") + 3], "truncated"),
        (GOOD.replace(b"Words.", "Wörter.".encode("latin-1")), "wrong_encoding"),
        (GOOD.replace(b'encoding="utf-8"', b'encoding="klingon"'), "wrong_encoding"),
        (GOOD.replace(b"Words.", b"Wor\x08ds."), "control_character"),
        (GOOD.replace(b"Words.", b"Wor&#x8;ds."), "control_character"),
        (GOOD.replace(b"Words.", b"\x00"), "control_character"),
        (GOOD.replace(b"</post>", b"</pots>"), "not_well_formed"),
        (GOOD + b"<disqus/>", "not_well_formed"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "junk_before_start"),
        (b"just some words, no archive at all <", "junk_before_start"),
        (b"{}", "junk_before_start"),
        (b"<html><body>Sign in</body></html>", "not_this_format"),
        (b"<disqus>" + b"<a>" * 40, "not_this_format"),
        (b"<disqus>" + b"".join(b"<a%d/>" % n for n in range(2_100)), "not_this_format"),
        (b"<disqus><thread a='" + b"x" * (2 << 20) + b"'/></disqus>", "not_well_formed"),
        (GOOD.replace(b"Words.", b"x" * (5 << 20)), "too_large"),
    ],
)
def test_a_damaged_or_hostile_file_is_refused(tmp_path: Path, content: bytes, reason: str) -> None:
    """Each with the code of what is wrong, before any row of it is used."""
    assert refusal(write(tmp_path, content)).params["reason"] == reason


def test_an_error_names_byte_and_line(tmp_path: Path) -> None:
    """So that a person can look at the place in an editor."""
    bad = GOOD.replace(b"Words.", b"Wor\x08ds.")
    line = bad[: bad.index(b"\x08")].count(b"\n") + 1
    assert f"byte {bad.index(8)}, line {line}" in str(refusal(write(tmp_path, bad)))


def test_the_other_formats_file_is_named(tmp_path: Path) -> None:
    """Somebody who mixes the two up is told what the file begins with."""
    assert "<disqus>" in str(refusal(write(tmp_path, GOOD), wordpress()))


@pytest.mark.parametrize("before", [b"`", b"\xef\xbb\xbf", b"\n\n"])
def test_a_stray_byte_before_the_start_is_stepped_over(tmp_path: Path, before: bytes) -> None:
    """Exports were found with one; the places still count from the file's first byte."""
    rows = rows_of(write(tmp_path, before + GOOD))
    assert [row.place.byte for row in rows] == [(before + GOOD).index(b"<thread"), (before + GOOD).index(b"<post")]


@pytest.mark.parametrize("encoding", ["utf-16", "windows-1252", "iso-8859-1"])
def test_a_file_may_be_in_another_encoding_that_it_names(tmp_path: Path, encoding: str) -> None:
    """Names and texts come out whole."""
    text = disqus(thread("1"), post("2", name="Zoë Brück")).decode().replace("utf-8", encoding)
    (found,) = comments_of(write(tmp_path, text.encode(encoding)))
    assert found.author.name == "Zoë Brück"


def test_rows_come_before_the_file_has_ended(tmp_path: Path) -> None:
    """Rows are given out as they are read, so memory does not grow with the file."""
    from moothall.exchange.disqus import Disqus
    from moothall.exchange.source import Source

    path = write(tmp_path, disqus(thread("1"), *(post(f"p{n}", message="x" * 900) for n in range(500))))
    source = Source(path)
    rows = Disqus(now_ms=2_000_000_000_000).rows(source)
    assert sum(isinstance(next(rows), CommentRecord) for _ in range(40)) == 39
    assert source.packed_bytes < source.size_bytes / 2
