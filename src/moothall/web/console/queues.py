"""The moderation queues, as pages and as items for the script."""

from collections.abc import Mapping
from typing import Any

from litestar import Request, Response, get
from litestar.response import Redirect

from moothall.kernel import page as cursors
from moothall.kernel.ids import from_text, to_text
from moothall.moderation.decide import Act
from moothall.moderation.queue import Sparing
from moothall.moderation.standards import in_force
from moothall.people.model import AccountId
from moothall.people.role import Right
from moothall.web import gate
from moothall.web.console.place import Place, place
from moothall.web.console.tabs import tabs_of
from moothall.web.console.view import PREFERENCES, Around, Done, done_text, items_part, queue_page
from moothall.web.frame import frame_of
from moothall.web.headers import NO_STORE
from moothall.web.i18n import Translator
from moothall.web.render import render
from moothall.web.services import services

_Request = Request[Any, Any, Any]
_ACTS = {one.value: one for one in Act}


@get("/console/", include_in_schema=False)
async def console(request: _Request) -> Redirect:
    """What waits longest comes first."""
    await gate.need(request, Right.DECIDE)
    return Redirect("/console/held", status_code=303)


@get("/console/{queue:str}", include_in_schema=False)
async def show(request: _Request, queue: str) -> Response[str]:
    """A queue; `done`, `on` and `undo` say which decision led here, `part` asks for the items alone."""
    viewer = await gate.need(request, Right.DECIDE)
    parts = services(request)
    query = dict(request.query_params)
    prefs = await parts.console.kept(viewer.id, "preference")
    at = place(queue, query, view=prefs.get("view", "list"))
    after = cursors.decode(at.cursor) if at.cursor else None
    found = await parts.console.page(at.asked, after, viewer.id, _sparing(PREFERENCES | prefs))
    frame = await frame_of(request)
    notes = tuple((await parts.console.kept(viewer.id, "note")).values())
    if query.get("part"):
        context = items_part(frame, at, found, Around(notes=notes), lambda: to_text(parts.new_id()))
        return _html(render("console/items.html", context))
    around = Around(
        tabs=await tabs_of(request, frame, queue),
        holders=await parts.console.holders(AccountId(viewer.id)),
        done=_done(frame.words, query, at),
        notes=notes,
        prefs=prefs,
    )
    return _html(
        render("console/queue.html", queue_page(frame, at, found, around, lambda: to_text(parts.new_id())))
    )


def _sparing(prefs: Mapping[str, str]) -> Sparing | None:
    return None if prefs["harsh"] == "all" else Sparing(in_force().harsh_rules, int(prefs["harsh"]))


def _done(words: Translator, query: dict[str, str], at: Place) -> Done | None:
    act, on = _ACTS.get(query.get("done", "")), query.get("on", "")
    if act is None or from_text(on) is None:
        return None
    return Done(done_text(words, act), f"/c/{on}/decide?back={at.path}", query.get("undo", ""))


def _html(text: str) -> Response[str]:
    return Response(text, media_type="text/html", headers=NO_STORE)


routes = [console, show]
