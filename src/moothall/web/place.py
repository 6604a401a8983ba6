"""Which section an address is about: what a role of certain sections is held against."""

from typing import Any

from litestar import Request

from moothall.kernel.errors import NotFound
from moothall.kernel.ids import from_text, is_short_code
from moothall.web.services import services

_Request = Request[Any, Any, Any]
_OWN_GROUND = ("/console/", "/desk/")


async def section_of(request: _Request) -> str | None:
    """The slug of the comment's or story's section that the address names; None where it names none that exists."""
    params, stories = request.path_params, services(request).stories
    for name, look in (("comment", stories.section_of_comment), ("story", stories.section_of)):
        number = from_text(str(params.get(name, "")))
        if number is not None:
            return await look(number)
    named = str(params.get("name") or params.get("code") or "")
    code = named.rpartition("-")[2]
    if not is_short_code(code):
        return None
    try:
        return (await stories.by_code(code)).section.slug
    except NotFound:
        return None


def on_own_ground(request: _Request) -> bool:
    """Whether this is the console or the desk, which show each member of staff no more than their sections."""
    return request.url.path.startswith(_OWN_GROUND)
