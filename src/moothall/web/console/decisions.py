"""Decisions: by plain forms, by the console's script, and taking them back."""

from typing import Annotated, Any
from urllib.parse import urlencode, urlsplit, urlunsplit

import msgspec
from litestar import Request, Response, get, post
from litestar.response import Redirect

from moothall.discussion.model import State
from moothall.kernel.errors import Conflict, Invalid, InvalidField
from moothall.kernel.ids import to_text
from moothall.kernel.limits import COMMENT_BODY_BYTES, IDEMPOTENCY_KEY_CHARS
from moothall.moderation.decide import Act, Decision, check
from moothall.moderation.taken import Seen, Taken, check_key
from moothall.people.model import Account
from moothall.people.role import Right
from moothall.web import gate
from moothall.web.api.paths import comment_id
from moothall.web.console.said import said
from moothall.web.console.tabs import tabs_of
from moothall.web.console.view_decided import decided_page
from moothall.web.forms import field
from moothall.web.frame import frame_of
from moothall.web.headers import NO_STORE
from moothall.web.i18n import Translator
from moothall.web.pages.fragments import visible_comment
from moothall.web.pages.standards import rules_in
from moothall.web.pages.view_acts import decide_page
from moothall.web.pages.view_plain import error_text
from moothall.web.render import render
from moothall.web.return_path import return_path
from moothall.web.services import services

_Request = Request[Any, Any, Any]
_ACTS = {one.value: one for one in Act}
_STATES = {one.value: one for one in State}
_CONSOLE = "/console/"
_Text = Annotated[str, msgspec.Meta(max_length=IDEMPOTENCY_KEY_CHARS)]


class DecisionJson(msgspec.Struct, forbid_unknown_fields=True):
    """`state` and `revision` are what the moderator had read."""

    key: _Text
    comment: _Text
    act: Act
    state: State
    revision: int
    rule: _Text = ""
    note: Annotated[str, msgspec.Meta(max_length=COMMENT_BODY_BYTES)] = ""


class UndoJson(msgspec.Struct, forbid_unknown_fields=True):
    """`key` is the one that the decision was sent with."""

    key: _Text


class StateJson(msgspec.Struct, frozen=True):
    """What the comment is now."""

    state: State


@post("/console/decisions", include_in_schema=False, status_code=200)
async def decide_now(request: _Request) -> StateJson:
    """The same key gives the first answer again."""
    actor = await gate.need(request, Right.DECIDE)
    await gate.limit(request, "decide")
    data = await said(request, DecisionJson)
    parts = services(request)
    decision = Decision(
        id=parts.new_id(),
        comment_id=comment_id(data.comment),
        actor_id=actor.id,
        act=data.act,
        rule=data.rule or None,
        note=data.note,
        at_ms=parts.clock(),
    )
    taken = Taken(check_key(data.key), check(decision), Seen(data.state, data.revision))
    return StateJson(await parts.console.take(taken))


@post("/console/undos", include_in_schema=False, status_code=200)
async def undo_now(request: _Request) -> StateJson:
    """Take a decision of one's own back; `key` is the one that it was sent with."""
    actor = await gate.need(request, Right.DECIDE)
    await gate.limit(request, "decide")
    data = await said(request, UndoJson)
    return StateJson(await services(request).console.undo(actor.id, check_key(data.key)))


@post("/console/undo", include_in_schema=False)
async def undo_form(request: _Request) -> Response[str] | Redirect:
    """The same as a form."""
    actor = await gate.need(request, Right.DECIDE)
    await gate.limit(request, "decide")
    back = return_path(await field(request, "back") or "/console/decided")
    try:
        await services(request).console.undo(actor.id, check_key(await field(request, "key")))
    except (Conflict, Invalid) as wrong:
        return await _decided(request, actor, wrong)
    return Redirect(back, status_code=303)


@get("/console/decided", include_in_schema=False)
async def decided(request: _Request) -> Response[str]:
    """One's own last decisions, each to be taken back."""
    return await _decided(request, await gate.need(request, Right.DECIDE))


@get("/c/{comment:str}/decide", include_in_schema=False)
async def decide_form(request: _Request, comment: str, back: str = "") -> Response[str]:
    """One comment, with all that may follow on its state and room for a note."""
    await gate.need(request, Right.DECIDE)
    return await _form(request, comment, back)


@post("/c/{comment:str}/decide", include_in_schema=False)
async def decide(request: _Request, comment: str) -> Response[str] | Redirect:
    """Back to where it was taken: a queue, or the comment."""
    actor = await gate.need(request, Right.DECIDE)
    await gate.limit(request, "decide")
    back = await field(request, "back")
    try:
        taken = await _taken(request, comment, actor)
        await services(request).console.take(taken)
    except (Invalid, Conflict) as wrong:
        return await _form(request, comment, back, wrong)
    return Redirect(_onward(return_path(back or f"/c/{comment}"), taken), status_code=303)


async def _taken(request: _Request, comment: str, actor: Account) -> Taken:
    """A button that names a rule removes by it; a form without what was read decides on what is there."""
    parts = services(request)
    _, _, found = await visible_comment(request, comment)
    by_rule = await field(request, "remove")
    act = Act.REMOVE if by_rule else _ACTS.get(await field(request, "decision"))
    if act is None:
        raise InvalidField(name="decision")
    decision = Decision(
        id=parts.new_id(),
        comment_id=found.id,
        actor_id=actor.id,
        act=act,
        rule=by_rule or await field(request, "rule") or None,
        note=await field(request, "note"),
        at_ms=parts.clock(),
    )
    revision = await field(request, "revision")
    seen = Seen(
        _STATES.get(await field(request, "state"), found.state),
        int(revision) if revision.isascii() and revision.isdigit() and len(revision) < 9 else found.revision,
    )
    key = await field(request, "key") or to_text(decision.id)
    return Taken(check_key(key), check(decision), seen)


async def _form(
    request: _Request, comment: str, back: str, wrong: Invalid | Conflict | None = None
) -> Response[str]:
    frame, story, found = await visible_comment(request, comment)
    page = decide_page(
        frame,
        found,
        rules_in(frame.words),
        story_name=story.headline,
        note=await field(request, "note") if wrong else "",
        error=_error(frame.words, wrong) if wrong else "",
    )
    there = return_path(back) if back else f"/c/{to_text(found.id)}"
    notes = await services(request).console.kept(frame.viewer.id, "note") if frame.viewer.id else {}
    more = {
        "back": there,
        "key": to_text(services(request).new_id()),
        "revision": found.revision,
        "state": found.state.value,
        "notes": tuple(notes.values()),
    }
    html = render("decide.html", {**page, **more})
    return Response(html, status_code=wrong.status if wrong else 200, media_type="text/html", headers=NO_STORE)


async def _decided(request: _Request, actor: Account, wrong: Invalid | Conflict | None = None) -> Response[str]:
    console = services(request).console
    frame = await frame_of(request)
    page = decided_page(
        frame, await console.decided(actor.id), error=error_text(frame.words, wrong) if wrong else ""
    )
    page = {**page, "tabs": await tabs_of(request, frame, "decided")}
    html = render("console/decided.html", page)
    return Response(html, status_code=wrong.status if wrong else 200, media_type="text/html", headers=NO_STORE)


def _error(words: Translator, wrong: Invalid | Conflict) -> str:
    """A removal without a rule is the one that happens in a queue, so it has words of its own."""
    if isinstance(wrong, InvalidField) and wrong.params.get("name") == "rule":
        return words.t("Please choose the rule that it breaks.")
    return error_text(words, wrong)


def _onward(back: str, taken: Taken) -> str:
    """The console says what was done; other pages show it."""
    if not back.startswith(_CONSOLE):
        return back
    parts = urlsplit(back)
    decision = taken.decision
    told = urlencode({"done": decision.act.value, "on": to_text(decision.comment_id), "undo": taken.key})
    return urlunsplit(parts._replace(query=f"{parts.query}&{told}" if parts.query else told))


routes = [decide_now, undo_now, undo_form, decided, decide_form, decide]
