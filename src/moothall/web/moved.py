"""Old addresses of stories that came from another system lead on to where they are now.

Only what is found nowhere else is looked up, so that no old address can stand in the way of a page of ours.
"""

from typing import Any
from urllib.parse import quote

from moothall.kernel.asgi import Message, Scope
from moothall.kernel.errors import NotFound
from moothall.kernel.limits import URL_CHARS
from moothall.story.address import old_path, own_path
from moothall.web.services import Services

_NOT_PAGES = ("/api/", "/fragments/", "/static/", "/media/", "/avatars/")


async def from_old_address(message: Any, scope: Any) -> None:
    """Before an answer is sent: make "there is no such page" into the way to the story that stood at this path."""
    if message["type"] == "http.response.start" and message["status"] == 404:
        await _lead(message, scope)


async def _lead(message: Message, scope: Scope) -> None:
    path: str = scope["path"]
    if scope["method"] not in {"GET", "HEAD"} or path.startswith(_NOT_PAGES):
        return
    asked = _asked(path, scope["query_string"].decode("latin-1"))
    parts: Services = scope["litestar_app"].state["services"]
    if len(asked) > URL_CHARS or not asked.isprintable():
        return
    try:
        story = await parts.stories.at_old_path(asked)
    except NotFound:
        return
    to = quote(own_path(story.section.slug, story.slug, story.code))
    message["status"] = 301
    message["headers"] = [*message["headers"], (b"location", to.encode())]


def _asked(path: str, query: str) -> str:
    return old_path(f"{quote(path)}?{query}" if query else quote(path))
