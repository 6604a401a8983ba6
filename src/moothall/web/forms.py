"""Fields of plain forms, as text."""

from typing import Any

from litestar import Request
from litestar.datastructures import FormMultiDict

_Request = Request[Any, Any, Any]
_READ = "moothall_form"
_PROSE = {"body", "text", "note", "explanation"}


async def form_of(request: _Request) -> FormMultiDict:
    """The form that was sent; an error's page can show what was typed once it has been read."""
    found = await request.form()
    request.scope["state"][_READ] = found
    return found


async def field(request: _Request, name: str) -> str:
    """The text of a field, without NUL, which PostgreSQL takes in no text; empty when it is missing or a file."""
    value = (await form_of(request)).get(name)
    return value.replace("\0", "") if isinstance(value, str) else ""


def typed(request: _Request) -> str:
    """What somebody wrote in the form that was read: prose, and whatever else no choice and no token has."""
    form: FormMultiDict | None = request.scope.get("state", {}).get(_READ)
    fields = form.multi_items() if form is not None else ()
    return "\n\n".join(
        value.strip()
        for name, value in fields
        if isinstance(value, str) and (name in _PROSE or " " in value.strip()) and value.strip()
    )
