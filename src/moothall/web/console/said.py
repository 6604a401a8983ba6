"""What the console's script sends, read after it is known who sends it."""

from typing import Any, TypeVar

import msgspec
from litestar import Request

from moothall.kernel.errors import Invalid

T = TypeVar("T")


async def said(request: Request[Any, Any, Any], shape: type[T]) -> T:
    """A JSON body.  Raises: Invalid."""
    try:
        return msgspec.json.decode(await request.body(), type=shape)
    except (msgspec.DecodeError, UnicodeDecodeError) as wrong:
        raise Invalid from wrong
