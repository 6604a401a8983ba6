"""Reads a file's bytes through a format."""

from pathlib import Path

import pytest

from moothall.exchange.disqus import Disqus
from moothall.exchange.record import CommentRecord, Row
from moothall.exchange.source import Source
from moothall.exchange.stage import Reader
from moothall.exchange.wordpress import WordPress
from moothall.kernel.errors import ImportRefused
from tests.newsroom.clock import FakeClock

NOW_MS = FakeClock()()


def rows_of(path: Path, reader: Reader | None = None) -> list[Row]:
    """All rows; as Disqus unless another reader is given."""
    return list((reader or Disqus(now_ms=NOW_MS)).rows(Source(path)))


def comments_of(path: Path, reader: Reader | None = None) -> list[CommentRecord]:
    """The comments among the rows."""
    return [row for row in rows_of(path, reader) if isinstance(row, CommentRecord)]


def wordpress() -> WordPress:
    return WordPress(now_ms=NOW_MS)


def refusal(path: Path, reader: Reader | None = None) -> ImportRefused:
    """The error with which the whole file is refused."""
    with pytest.raises(ImportRefused) as told:
        rows_of(path, reader)
    return told.value
