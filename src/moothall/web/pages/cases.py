"""Appeals and notices as staff decide on them."""

from typing import Any, TypeVar

from litestar import Request, Response, get, post
from litestar.response import Redirect

from moothall.discussion.model import CommentId
from moothall.kernel.errors import Conflict, Forbidden, Invalid, InvalidField
from moothall.kernel.limits import DAY_MS, QUEUE_PAGE
from moothall.moderation.appeal import Appeal, AppealOutcome, Ruling, check_ruling
from moothall.moderation.notice import Notice, NoticeOutcome, NoticeRuling, check_notice_ruling
from moothall.people.role import Right
from moothall.web import gate
from moothall.web.api.paths import number_of
from moothall.web.console.tabs import tabs_of
from moothall.web.forms import field
from moothall.web.frame import frame_of
from moothall.web.headers import NO_STORE
from moothall.web.pages.statement import case_of
from moothall.web.pages.view import Frame
from moothall.web.pages.view_cases import Told, Typed, appeal_case, appeals_page, notice_case, notices_page
from moothall.web.pages.view_plain import error_text
from moothall.web.render import Context, render
from moothall.web.services import services

_Request = Request[Any, Any, Any]
_Page = Response[str]
_Outcome = TypeVar("_Outcome", AppealOutcome, NoticeOutcome)
_Refused = Invalid | Conflict | Forbidden


@get("/console/appeals", include_in_schema=False)
async def appeals(request: _Request, after: str = "") -> _Page:
    """What waits for a ruling, oldest first."""
    await gate.need(request, Right.RULE)
    last = number_of(after) if after else 0
    found = await services(request).rights.appeals_waiting(after=last, limit=QUEUE_PAGE + 1)
    frame = await frame_of(request)
    return _page("cases.html", {**appeals_page(frame, found), "tabs": await tabs_of(request, frame, "appeals")})


@get("/console/appeals/{appeal:str}", include_in_schema=False)
async def appeal_form(request: _Request, appeal: str) -> _Page:
    """An appeal with the decision that it is about."""
    await gate.need(request, Right.RULE)
    return await _appeal(request, await services(request).rights.appeal_by(number_of(appeal)))


@post("/console/appeals/{appeal:str}", include_in_schema=False)
async def rule(request: _Request, appeal: str) -> _Page | Redirect:
    """Upheld, changed in part or taken back, by somebody else than the first."""
    actor = await gate.need(request, Right.RULE)
    await gate.limit(request, "write")
    parts = services(request)
    found = await parts.rights.appeal_by(number_of(appeal))
    try:
        wanted = Ruling(
            id=parts.new_id(),
            appeal_id=found.id,
            actor_id=actor.id,
            outcome=_one_of(AppealOutcome, await field(request, "outcome")),
            note=await field(request, "note"),
            rule=await field(request, "rule") or None,
            until_ms=await _until(request),
            at_ms=parts.clock(),
        )
        await parts.rights.rule(check_ruling(wanted))
    except (Invalid, Conflict, Forbidden) as wrong:
        return await _appeal(request, found, wrong)
    return Redirect("/console/appeals", status_code=303)


@get("/console/notices", include_in_schema=False)
async def notices(request: _Request, after: str = "", trusted: bool = False) -> _Page:
    """What waits for a decision: trusted flaggers' first, then the oldest."""
    await gate.need(request, Right.RULE)
    last = (trusted, number_of(after)) if after else None
    found = await services(request).rights.notices_waiting(after=last, limit=QUEUE_PAGE + 1)
    frame = await frame_of(request)
    return _page("cases.html", {**notices_page(frame, found), "tabs": await tabs_of(request, frame, "notices")})


@get("/console/notices/{notice:str}", include_in_schema=False)
async def notice_form(request: _Request, notice: str) -> _Page:
    """A notice with the text that it is about."""
    await gate.need(request, Right.RULE)
    return await _notice(request, await services(request).rights.notice_by(number_of(notice)))


@post("/console/notices/{notice:str}", include_in_schema=False)
async def decide(request: _Request, notice: str) -> _Page | Redirect:
    """Taken down, left, or left and plainly unfounded; both sides are told."""
    actor = await gate.need(request, Right.RULE)
    await gate.limit(request, "write")
    parts = services(request)
    found = await parts.rights.notice_by(number_of(notice))
    try:
        wanted = NoticeRuling(
            id=parts.new_id(),
            notice_id=found.id,
            actor_id=actor.id,
            outcome=_one_of(NoticeOutcome, await field(request, "outcome")),
            rule=await field(request, "rule") or None,
            note=await field(request, "note"),
            at_ms=parts.clock(),
        )
        await parts.rights.rule_on_notice(check_notice_ruling(wanted))
    except (Invalid, Conflict) as wrong:
        return await _notice(request, found, wrong)
    return Redirect("/console/notices", status_code=303)


async def _appeal(request: _Request, found: Appeal, wrong: _Refused | None = None) -> _Page:
    frame = await frame_of(request)
    rights = services(request).rights
    error = _said(frame, wrong)
    typed = await _typed(request, wrong)
    if found.statement_id is not None:
        against = await rights.statement(found.statement_id)
        context = appeal_case(frame, found, against, await case_of(request, against), error=error, typed=typed)
    else:
        about = await rights.notice_by(found.notice_id or 0)
        told = Told(about, await rights.text_at(CommentId(about.comment_id), about.revision))
        shown = notice_case(frame, told, error=error)
        context = {**shown, **appeal_case(frame, found, None, None, error=error, typed=typed)}
    context = {**context, "tabs": await tabs_of(request, frame, "appeals")}
    return _page("case.html", context, wrong.status if wrong else 200)


async def _notice(request: _Request, found: Notice, wrong: _Refused | None = None) -> _Page:
    frame = await frame_of(request)
    text = await services(request).rights.text_at(found.comment_id, found.revision)
    context = notice_case(frame, Told(found, text), error=_said(frame, wrong), typed=await _typed(request, wrong))
    context = {**context, "tabs": await tabs_of(request, frame, "notices")}
    return _page("case.html", context, wrong.status if wrong else 200)


def _said(frame: Frame, wrong: _Refused | None) -> str:
    return error_text(frame.words, wrong, note=frame.words.t("Note for both sides")) if wrong else ""


async def _typed(request: _Request, wrong: _Refused | None) -> Typed:
    """What the form held when it was refused."""
    if wrong is None:
        return Typed()
    return Typed(**{name: await field(request, name) for name in Typed.__struct_fields__})


async def _until(request: _Request) -> int | None:
    """A new end, told in days from now."""
    typed = await field(request, "days")
    if not typed:
        return None
    if not typed.isascii() or not typed.isdigit() or len(typed) > 3:
        raise InvalidField(name="days")
    return services(request).clock() + int(typed) * DAY_MS


def _one_of(kind: type[_Outcome], text: str) -> _Outcome:
    try:
        return kind(text)
    except ValueError as wrong:
        raise InvalidField(name="outcome") from wrong


def _page(template: str, context: Context, status: int = 200) -> _Page:
    return Response(render(template, context), status_code=status, media_type="text/html", headers=NO_STORE)


routes = [appeals, appeal_form, rule, notices, notice_form, decide]
