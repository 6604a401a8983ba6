"""What a moderator keeps: how the console looks, canned notes, saved filters, watched stories."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.response import Redirect

from moothall.kernel.errors import Invalid, InvalidField, TextTooLong
from moothall.kernel.limits import KEPT_NAME_GRAPHEMES, NOTE_GRAPHEMES
from moothall.kernel.text import clean, graphemes
from moothall.people.role import Right
from moothall.web import gate
from moothall.web.api.paths import story_id
from moothall.web.console.tabs import tabs_of
from moothall.web.console.view import PREFERENCES
from moothall.web.console.view_mine import Offered, mine_page
from moothall.web.forms import field
from moothall.web.frame import frame_of
from moothall.web.headers import NO_STORE
from moothall.web.pages.view_plain import error_text
from moothall.web.render import render
from moothall.web.return_path import return_path
from moothall.web.services import services

_Request = Request[Any, Any, Any]
_HERE = "/console/mine"
PAUSES = ("25", "50", "90", "0")
"""Minutes of reading after which a break is offered; 0 for never."""
HARSH = ("0", "5", "20", "60", "all")
"""Harsh comments an hour."""


@get("/console/mine", include_in_schema=False)
async def mine(request: _Request) -> Response[str]:
    """Preferences, notes, saved filters."""
    await gate.need(request, Right.DECIDE)
    return await _page(request)


@post("/console/mine", include_in_schema=False)
async def save(request: _Request) -> Response[str] | Redirect:
    """One of: preferences, a new note, a new filter, or something to forget."""
    actor = await gate.need(request, Right.DECIDE)
    await gate.limit(request, "write")
    what = await field(request, "what")
    try:
        values = await _values(request, what)
    except Invalid as wrong:
        return await _page(request, wrong, note=await field(request, "text") if what == "note" else "")
    await services(request).console.keep(actor.id, what, values)
    return Redirect(return_path(await field(request, "back") or _HERE), status_code=303)


@post("/console/watch", include_in_schema=False)
async def watch(request: _Request) -> Redirect:
    """Put a story's comments in one's queue of watched stories, or take them out."""
    actor = await gate.need(request, Right.DECIDE)
    await gate.limit(request, "write")
    parts = services(request)
    story = await parts.stories.get(story_id(await field(request, "story")))
    value = "1" if await field(request, "on") else None
    await parts.console.keep(actor.id, "watch", {str(story.id): value})
    return Redirect(return_path(await field(request, "back") or "/console/watched"), status_code=303)


async def _values(request: _Request, what: str) -> dict[str, str | None]:
    """What to keep under which name; None forgets.  Raises: InvalidField, TextTooLong."""
    if forget := await field(request, "forget"):
        return {forget: None}
    if what == "preference":
        return await _preferences(request)
    text = clean(await field(request, "text"))
    if what == "note":
        _fits("text", text, NOTE_GRAPHEMES)
        return {text[:80]: text}
    if what == "search":
        _fits("text", text, KEPT_NAME_GRAPHEMES)
        query = await field(request, "query")
        if not return_path(f"/console/search?{query}").startswith("/console/search?"):
            raise InvalidField(name="query")
        return {text: query}
    raise InvalidField(name="what")


def _fits(name: str, text: str, limit: int) -> None:
    if not text:
        raise InvalidField(name=name)
    over = graphemes(text) - limit
    if over > 0:
        raise TextTooLong(name=name, over=over, limit=limit)


async def _preferences(request: _Request) -> dict[str, str | None]:
    pause, harsh = await field(request, "pause"), await field(request, "harsh")
    chosen = {
        "view": "one" if await field(request, "view") == "one" else "list",
        "blur": "1" if await field(request, "blur") else "",
        "grey": "1" if await field(request, "grey") else "",
        "pause": pause if pause in PAUSES else PREFERENCES["pause"],
        "harsh": harsh if harsh in HARSH else PREFERENCES["harsh"],
    }
    return dict(chosen)


async def _page(request: _Request, wrong: Invalid | None = None, *, note: str = "") -> Response[str]:
    parts = services(request)
    frame = await frame_of(request)
    me = (await gate.need(request, Right.DECIDE)).id
    page = mine_page(
        frame,
        PREFERENCES | await parts.console.kept(me, "preference"),
        notes=await parts.console.kept(me, "note"),
        searches=await parts.console.kept(me, "search"),
        offered=Offered(PAUSES, HARSH),
        note=note,
        error=error_text(frame.words, wrong, text=frame.words.t("A new note")) if wrong else "",
    )
    html = render(
        "console/mine.html",
        {**page, "tabs": await tabs_of(request, frame, "mine")},
    )
    return Response(html, status_code=wrong.status if wrong else 200, media_type="text/html", headers=NO_STORE)


routes = [mine, save, watch]
