"""Cursors go there and back; anything else is refused."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moothall.kernel.errors import BadCursor
from moothall.kernel.page import Cursor, decode, encode


@given(st.integers(-(2**62), 2**62), st.integers(0, 2**63 - 1))
def test_a_cursor_goes_there_and_back(key: int, number: int) -> None:
    """What was encoded is decoded to the same."""
    assert decode(encode(Cursor(key, number))) == Cursor(key, number)


@given(st.text(max_size=80))
def test_nonsense_is_refused_or_canonical(text: str) -> None:
    """Any text either is a cursor's one form or is refused."""
    with contextlib.suppress(BadCursor):
        assert encode(decode(text)) == text


@pytest.mark.parametrize("text", ["", "x", "MS4x=", "é", "MS4x" * 30, encode(Cursor(1, 2)) + "A"])
def test_damaged_cursors(text: str) -> None:
    """Damage is named, next to a good one."""
    assert decode(encode(Cursor(1, 2))) == Cursor(1, 2)
    with pytest.raises(BadCursor):
        decode(text)


@pytest.mark.parametrize("cursor", [Cursor(1 << 63, 1), Cursor(0, 1 << 63), Cursor(0, -1)])
def test_numbers_that_no_column_holds(cursor: Cursor) -> None:
    """Numbers past 63 bits never reach the database."""
    with pytest.raises(BadCursor):
        decode(encode(cursor))
