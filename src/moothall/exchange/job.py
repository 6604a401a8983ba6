"""What an import writes under."""

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple, TypeVar

T = TypeVar("T")


class Job(NamedTuple):
    """The source and digest of the file, and what stories get that the file does not say."""

    source: str
    digest: str
    section: str
    lang: str
    now_ms: int


def pages(rows: Iterator[T], size: int) -> Iterator[list[T]]:
    """Lists of at most so many."""
    while page := list(islice(rows, size)):
        yield page
