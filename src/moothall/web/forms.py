"""Fields of plain forms, as text."""

from typing import Any

from litestar import Request


async def field(request: Request[Any, Any, Any], name: str) -> str:
    """The text of a field; empty when it is missing or a file."""
    value = (await request.form()).get(name)
    return value if isinstance(value, str) else ""
