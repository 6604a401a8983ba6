"""What an open queue asks for again and again: leases, who else is at work, what is new."""

from typing import Annotated, Any

import msgspec
from litestar import Request, post

from moothall.kernel.ids import to_text
from moothall.kernel.limits import BATCH
from moothall.moderation.queue import WORK
from moothall.people.role import Right
from moothall.web import gate
from moothall.web.api.paths import comment_id
from moothall.web.console.place import place
from moothall.web.console.said import said
from moothall.web.services import services

_Request = Request[Any, Any, Any]
_Id = Annotated[str, msgspec.Meta(max_length=13)]


class OpenJson(msgspec.Struct, forbid_unknown_fields=True):
    """What a page shows: the ids of its comments, and the newest that it knows."""

    queue: Annotated[str, msgspec.Meta(max_length=20)]
    ids: Annotated[tuple[_Id, ...], msgspec.Meta(max_length=BATCH)]
    newest: _Id
    query: dict[str, str] = {}


class NewsJson(msgspec.Struct, frozen=True):
    """`gone` is what a colleague has; `fresh` counts what came."""

    gone: tuple[str, ...]
    people: tuple[tuple[str, int], ...]
    fresh: int


@post("/console/claims", include_in_schema=False, status_code=200)
async def renew(request: _Request) -> NewsJson:
    """Keep in hand what is on the page."""
    viewer = await gate.need(request, Right.DECIDE)
    await gate.limit(request, "decide")
    data = await said(request, OpenJson)
    console = services(request).console
    at = place(data.queue, data.query, view="list")
    ids = [comment_id(one) for one in data.ids]
    mine = await console.claim(ids, viewer.id) if at.asked.queue in WORK and ids else frozenset(ids)
    newest = comment_id(data.newest) if data.newest.strip("0") else None
    return NewsJson(
        gone=tuple(to_text(one) for one in ids if one not in mine),
        people=tuple((one.name, one.count) for one in await console.holders(viewer.id)),
        fresh=await console.fresh(at.asked, newest, viewer.id) if newest else 0,
    )


routes = [renew]
