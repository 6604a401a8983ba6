"""Where in the console a moderator is: queue, order, filters, way of looking, position."""

from urllib.parse import urlencode

import msgspec

from moothall.kernel.errors import NotFound
from moothall.moderation.queue import Queue, Wanted, wanted

VIEWS = ("one", "list")
_QUEUES = {one.value: one for one in Queue}


class Place(msgspec.Struct, frozen=True):
    """`cursor` is empty on the first page; `view` is `one` comment at a time or a `list`."""

    asked: Wanted
    view: str = "list"
    cursor: str = ""

    @property
    def path(self) -> str:
        """The address that shows this very place."""
        return self.at(self.cursor)

    def at(self, cursor: str = "", *, view: str | None = None, part: bool = False) -> str:
        """The same queue elsewhere; `part` asks for its items alone."""
        asked = self.asked
        said = {
            "sort": asked.order.value if asked.order is not wanted(asked.queue).order else "",
            "section": asked.section,
            "story": asked.story,
            "of": asked.lang,
            "view": view or (self.view if self.view != VIEWS[1] else ""),
            "cursor": cursor,
            "part": "1" if part else "",
        }
        query = urlencode({key: value for key, value in said.items() if value})
        base = f"/console/{asked.queue.value}"
        return f"{base}?{query}" if query else base


def place(queue: str, query: dict[str, str], *, view: str) -> Place:
    """Raises: NotFound for a queue that is none, InvalidField for an order that it does not have.

    Args:
        view: what this moderator likes, where the address does not say.
    """
    if queue not in _QUEUES:
        raise NotFound
    asked = wanted(
        _QUEUES[queue],
        query.get("sort", ""),
        section=query.get("section", "")[:80],
        story=query.get("story", "")[:20],
        lang=query.get("of", "")[:35],
    )
    chosen = query.get("view", view)
    return Place(asked, chosen if chosen in VIEWS else VIEWS[1], query.get("cursor", ""))
