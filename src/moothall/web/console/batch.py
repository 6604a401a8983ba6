"""Many comments at once: looked over first, decided in one transaction, taken back in one."""

from collections.abc import Sequence
from typing import Any

from litestar import Request, Response, get, post

from moothall.discussion.model import State
from moothall.kernel.errors import Invalid, InvalidField
from moothall.kernel.ids import to_text
from moothall.kernel.limits import BATCH
from moothall.moderation.decide import Act, Decision, check
from moothall.moderation.queue import Waiting
from moothall.moderation.taken import Seen, Taken, check_key
from moothall.people.role import Right
from moothall.web import gate
from moothall.web.api.paths import comment_id
from moothall.web.console.search import sought_of
from moothall.web.console.tabs import tabs_of
from moothall.web.console.view_batch import batch_page, done_page
from moothall.web.forms import field
from moothall.web.frame import frame_of
from moothall.web.headers import NO_STORE
from moothall.web.pages.view_plain import error_text
from moothall.web.render import render
from moothall.web.services import services

_Request = Request[Any, Any, Any]
_ACTS = {one.value: one for one in Act}
_STATES = {one.value: one for one in State}


@get("/console/batch", include_in_schema=False)
async def preview(request: _Request, alike: str = "", found: bool = False) -> Response[str]:
    """What would be decided on: `ids` that were chosen, all that are `alike` one, or what a search `found`.

    Nothing happens yet.
    """
    actor = await gate.need(request, Right.DECIDE)
    console = services(request).console
    if alike:
        some = await console.alike(comment_id(alike), actor.id)
    elif found:
        some = await console.found(sought_of(request), actor.id)
    else:
        ids = request.query_params.getall("ids", [])[:BATCH]
        some = await console.some([comment_id(one) for one in ids], actor.id)
    return await _preview(request, some)


@post("/console/batch", include_in_schema=False)
async def decide_all(request: _Request) -> Response[str]:
    """One decision on each; what changed since the preview is left alone and counted."""
    actor = await gate.need(request, Right.DECIDE)
    await gate.limit(request, "decide")
    try:
        many = await _many(request)
    except Invalid as wrong:
        ids = [one.partition(".")[0] for one in (await field(request, "items")).split()[:BATCH]]
        found = await services(request).console.some([comment_id(one) for one in ids], actor.id)
        return await _preview(request, found, wrong)
    left = await services(request).console.take_all(many)
    frame = await frame_of(request)
    key = await field(request, "key")
    page = done_page(frame, done=len(many) - len(left), left=len(left), key=key)
    return await _page(request, "console/batch_done.html", page)


@post("/console/batch/undo", include_in_schema=False)
async def undo_all(request: _Request) -> Response[str]:
    """Take back what a batch did, as far as nobody has decided anew."""
    actor = await gate.need(request, Right.DECIDE)
    await gate.limit(request, "decide")
    key = check_key(await field(request, "key"))
    back = await services(request).console.undo_all(actor.id, key)
    frame = await frame_of(request)
    return await _page(request, "console/batch_done.html", done_page(frame, back=back))


async def _many(request: _Request) -> tuple[Taken, ...]:
    """Each with a key of its own, so that a form sent twice counts once."""
    actor = await gate.need(request, Right.DECIDE)
    parts = services(request)
    key = check_key(await field(request, "key"))
    act = _ACTS.get(await field(request, "decision"))
    if act is None:
        raise InvalidField(name="decision")
    many = []
    for n, one in enumerate((await field(request, "items")).split()[:BATCH]):
        named, _, seen = one.partition(".")
        decision = Decision(
            id=parts.new_id(),
            comment_id=comment_id(named),
            actor_id=actor.id,
            act=act,
            rule=await field(request, "rule") or None,
            note=await field(request, "note"),
            at_ms=parts.clock(),
        )
        many.append(Taken(f"{key}.{n}", check(decision), _seen(seen)))
    if not many:
        raise InvalidField(name="items")
    return tuple(many)


def _seen(text: str) -> Seen:
    revision, _, state = text.partition(".")
    if state not in _STATES or not revision.isascii() or not revision.isdigit() or len(revision) > 8:
        raise InvalidField(name="items")
    return Seen(_STATES[state], int(revision))


async def _preview(request: _Request, found: Sequence[Waiting], wrong: Invalid | None = None) -> Response[str]:
    frame = await frame_of(request)
    error = error_text(frame.words, wrong) if wrong else ""
    key = to_text(services(request).new_id())
    page = batch_page(frame, found, key=key, error=error)
    return await _page(request, "console/batch.html", page, wrong.status if wrong else 200)


async def _page(request: _Request, template: str, page: Any, status: int = 200) -> Response[str]:
    frame = await frame_of(request)
    html = render(template, {**page, "tabs": await tabs_of(request, frame, "")})
    return Response(html, status_code=status, media_type="text/html", headers=NO_STORE)


routes = [preview, decide_all, undo_all]
