"""Keyset cursors: where a page ended, as text that a client returns unread."""

import base64
import binascii
from typing import NamedTuple

from moothall.kernel.errors import BadCursor

_MAX_TEXT = 60


class Cursor(NamedTuple):
    """The last row of a page: its sort key and its id."""

    key: int
    id: int


def encode(cursor: Cursor) -> str:
    """URL-safe text of a cursor."""
    return base64.urlsafe_b64encode(f"{cursor.key}.{cursor.id}".encode()).decode().rstrip("=")


def decode(text: str) -> Cursor:
    """Raises: BadCursor for anything `encode` did not make."""
    if len(text) > _MAX_TEXT or not text.isascii():
        raise BadCursor
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        key, number = raw.decode("ascii").split(".")
        cursor = Cursor(int(key), int(number))
    except (binascii.Error, ValueError, UnicodeDecodeError) as wrong:
        raise BadCursor from wrong
    if encode(cursor) != text or abs(cursor.key) >= 1 << 63 or not 0 <= cursor.id < 1 << 63:
        raise BadCursor
    return cursor
