"""The changes document: polled where streams do not work, tiny, the same for everybody.

`GET /api/v1/stories/{id}/changes?since=SEQ`; the shape is that of an event of the stream.
"""

from urllib.parse import parse_qsl

from moothall.kernel.ids import from_text
from moothall.live.source import StoreSource, polled
from moothall.web.hot import HotKey, HotRoute
from moothall.web.hot_page import HotPage

_BEFORE, _AFTER = "/api/v1/stories/", "/changes"
_DIGITS = 18
_HEADERS = ((b"access-control-allow-origin", b"*"),)


def changes_route(source: StoreSource) -> HotRoute:
    """Answers from one read a position and change, however many pages poll."""

    async def build(key: HotKey) -> HotPage | None:
        path, _, since = key.partition("?since=")
        story_id = _story(path)
        recent = await source.recent(story_id) if story_id else None
        if story_id is None or recent is None:
            return None
        stories = frozenset({story_id})
        return HotPage(polled(recent, int(since)), "application/json", _HEADERS, stories)

    return HotRoute(_match, build, for_all=True)


def _match(path: str, query: bytes) -> HotKey | None:
    """A position that is not a number counts as the beginning, so that the page reloads."""
    if _story(path) is None:
        return None
    since = dict(parse_qsl(query.decode("latin-1"))).get("since", "")
    is_number = since.isascii() and since.isdigit() and len(since) <= _DIGITS
    return f"{path}?since={int(since) if is_number else 0}"


def _story(path: str) -> int | None:
    if not (path.startswith(_BEFORE) and path.endswith(_AFTER)):
        return None
    return from_text(path[len(_BEFORE) : -len(_AFTER)])
