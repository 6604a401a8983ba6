"""One comment with what surrounds it: for the panel beside a queue, and as a page of its own."""

from typing import Any

from litestar import Request, Response, get

from moothall.kernel.ids import to_text
from moothall.moderation.queue import QueuePage
from moothall.people.role import Right
from moothall.web import gate
from moothall.web.api.paths import comment_id
from moothall.web.console.place import place
from moothall.web.console.tabs import tabs_of
from moothall.web.console.view import Around, items_part
from moothall.web.console.view_context import context_page
from moothall.web.frame import frame_of
from moothall.web.headers import NO_STORE
from moothall.web.render import render
from moothall.web.services import services

_Request = Request[Any, Any, Any]


@get("/console/context/{comment:str}", include_in_schema=False)
async def context(request: _Request, comment: str, part: str = "") -> Response[str]:
    """Thread, author, findings, likes."""
    viewer = await gate.need(request, Right.DECIDE)
    console = services(request).console
    found = await console.about(comment_id(comment))
    frame = await frame_of(request)
    watched = str(found.waiting.comment.story_id) in await console.kept(viewer.id, "watch")
    page = context_page(frame, found, watched=watched)
    if part:
        return _html(render("console/around.html", page))
    return _html(render("console/context.html", {**page, "tabs": await tabs_of(request, frame, "")}))


@get("/console/item/{comment:str}", include_in_schema=False)
async def item(request: _Request, comment: str, queue: str = "held") -> Response[str]:
    """One comment as its queue draws it now: what the script shows after a refusal."""
    await gate.need(request, Right.DECIDE)
    parts = services(request)
    found = await parts.console.one(comment_id(comment))
    at = place(queue, {key: value for key, value in request.query_params.items() if key == "view"}, view="list")
    frame = await frame_of(request)
    return _html(
        render(
            "console/items.html",
            items_part(frame, at, QueuePage((found,), None), Around(), lambda: to_text(parts.new_id())),
        )
    )


def _html(text: str) -> Response[str]:
    return Response(text, media_type="text/html", headers=NO_STORE)


routes = [context, item]
