"""The standards' editor: what is in force as text, what a change would change, and putting it in force."""

from typing import Any

import msgspec
from litestar import Request, Response, get, post
from litestar.response import Redirect

from moothall.kernel.errors import Conflict, Invalid
from moothall.kernel.limits import REPLAY_COMMENTS
from moothall.moderation import standards as shelf
from moothall.moderation.replay import Result, not_replayed
from moothall.moderation.standards_version import Change, Proposal, changes, propose
from moothall.people.role import Right
from moothall.store.replay import replay
from moothall.web import gate
from moothall.web.console.standards_replay import examples, replayed
from moothall.web.console.tabs import tabs_of
from moothall.web.console.view import head
from moothall.web.forms import field
from moothall.web.frame import frame_of
from moothall.web.headers import NO_STORE
from moothall.web.pages.view import page
from moothall.web.pages.view_plain import error_text
from moothall.web.render import Context, render
from moothall.web.services import services

_Request = Request[Any, Any, Any]


class Typed(msgspec.Struct, frozen=True):
    """What stands in the form; `after` is the number of the version that it started from."""

    source: str
    after: str
    note: str = ""


@get("/console/standards", include_in_schema=False)
async def edit(request: _Request, saved: str = "") -> Response[str]:
    """The document in force."""
    await gate.need(request, Right.MANAGE)
    number = await _number(request)
    source = await services(request).standards.source(number)
    return await _form(request, Typed(source, str(number)), saved=bool(saved))


@post("/console/standards", include_in_schema=False)
async def change(request: _Request) -> Response[str] | Redirect:
    """Check what was written, or put it in force; a bad document changes nothing."""
    actor = await gate.need(request, Right.MANAGE)
    await gate.limit(request, "write")
    parts = services(request)
    source, note, after = [await field(request, name) for name in ("source", "note", "after")]
    typed = Typed(source, after, note)
    try:
        made = propose(
            source,
            decision_id=parts.new_id(),
            after=int(after) if after.isdecimal() else -1,
            actor_id=actor.id,
            note=note,
            at_ms=parts.clock(),
        )
        act = await field(request, "act")
        if act == "replay":
            before = shelf.in_force()
            result = await parts.db.read(lambda c: replay(c, before, made.standards, last=REPLAY_COMMENTS))
            return await _form(request, typed, made=made, result=result)
        if act != "apply":
            return await _form(request, typed, made=made)
        await parts.standards.keep(made)
    except (Invalid, Conflict) as wrong:
        return await _form(request, typed, wrong=wrong)
    return Redirect("/console/standards?saved=1", status_code=303)


async def _number(request: _Request) -> int:
    versions = await services(request).standards.versions()
    return versions[0].number if versions else 0


async def _form(
    request: _Request,
    typed: Typed,
    *,
    saved: bool = False,
    made: Proposal | None = None,
    result: Result | None = None,
    wrong: Invalid | Conflict | None = None,
) -> Response[str]:
    frame = await frame_of(request)
    title = frame.words.t("Edit the standards")
    context: Context = {
        **page(frame, head(frame, title), title=title),
        "tabs": await tabs_of(request, frame, "standards"),
        "source": typed.source,
        "after": typed.after,
        "note": typed.note,
        "saved": saved,
        "error": error_text(frame.words, wrong, note=frame.words.t("Why, for readers of the versions"))
        if wrong
        else "",
        "checked": made is not None,
        "changes": _changes(made, frame.words.lang),
        "replayed": replayed(frame.words, result) if result else (),
        "examples": examples(frame.words, result) if result else (),
        "missing": not_replayed(shelf.in_force(), made.standards) if made and result else (),
    }
    return Response(
        render("console/standards.html", context),
        status_code=wrong.status if wrong else 200,
        media_type="text/html",
        headers=NO_STORE,
    )


def _changes(made: Proposal | None, lang: str) -> tuple[Change, ...]:
    return changes(shelf.in_force(), made.standards, lang) if made else ()


routes = [edit, change]
