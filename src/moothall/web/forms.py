"""Fields of plain forms, as text."""

from typing import Any

from litestar import Request


async def field(request: Request[Any, Any, Any], name: str) -> str:
    """The text of a field, without NUL, which PostgreSQL takes in no text; empty when it is missing or a file."""
    value = (await request.form()).get(name)
    return value.replace("\0", "") if isinstance(value, str) else ""
