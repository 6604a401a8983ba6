"""Comments of any state, found by words, author, state, rule or story; what was asked for can be kept."""

from typing import Any
from urllib.parse import urlencode

from litestar import Request, Response, get

from moothall.discussion.model import State
from moothall.kernel import page as cursors
from moothall.kernel.ids import to_text
from moothall.moderation.queue import QueuePage
from moothall.moderation.sought import Sought
from moothall.moderation.standards import rule_of
from moothall.people.role import Right
from moothall.web import gate
from moothall.web.console.tabs import tabs_of
from moothall.web.console.view_search import search_page
from moothall.web.frame import frame_of
from moothall.web.headers import NO_STORE
from moothall.web.render import render
from moothall.web.services import services

_Request = Request[Any, Any, Any]
_STATES = {one.value for one in State}
_FIELDS = ("text", "author", "state", "rule", "story")
_LONGEST = 100


@get("/console/search", include_in_schema=False)
async def search(request: _Request, cursor: str = "") -> Response[str]:
    """Newest first; without anything asked for, the form and what was kept."""
    viewer = await gate.need(request, Right.DECIDE)
    parts = services(request)
    given = _given(request)
    sought = sought_of(request)
    after = cursors.decode(cursor) if cursor else None
    found = await parts.console.search(sought, after, viewer.id) if sought.anything else QueuePage((), None)
    query = urlencode({name: value for name, value in given.items() if value})
    frame = await frame_of(request)
    page = search_page(frame, sought, found, query=query, new_key=lambda: to_text(parts.new_id()))
    kept = await parts.console.kept(viewer.id, "search")
    more = {"kept": tuple(kept.items()), "tabs": await tabs_of(request, frame, "search")}
    html = render("console/search.html", {**page, **more})
    return Response(html, media_type="text/html", headers=NO_STORE)


def sought_of(request: _Request) -> Sought:
    """What an address asks for.  A state that is none, or a rule that is none, leaves nothing out."""
    given = _given(request)
    rule = rule_of(given["rule"])
    state = given["state"] if given["state"] in _STATES else ""
    return Sought(
        text=given["text"], author=given["author"], state=state, rule=rule.key if rule else "", story=given["story"]
    )


def _given(request: _Request) -> dict[str, str]:
    return {name: request.query_params.get(name, "").strip()[:_LONGEST] for name in _FIELDS}


routes = [search]
