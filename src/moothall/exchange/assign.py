"""Ids of imported rows: made from their own times, the same at every import of the same file."""

from collections.abc import Iterable, Iterator

from moothall.kernel.ids import id_at


def assign(rows: Iterable[tuple[int, int]], taken: Iterator[int]) -> Iterator[tuple[int, int]]:
    """The smallest free id at or after each row's time.

    Args:
        rows: (key, unix milliseconds), by rising time.
        taken: ids that exist already, rising; an interrupted import finds its own among them and
            so gives the rest what it would have given them.

    Returns: (key, id), ids rising.
    """
    last = -1
    held = next(taken, None)
    for key, at_ms in rows:
        fresh = max(id_at(at_ms), last + 1)
        while held is not None and held <= fresh:
            fresh += held == fresh
            held = next(taken, None)
        yield key, fresh
        last = fresh
