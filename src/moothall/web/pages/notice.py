"""Notices of illegal content, from anybody, signed in or not, and what became of them."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.response import Redirect

from moothall.kernel.errors import Invalid, NoticesRefused
from moothall.kernel.limits import APPEAL_GRAPHEMES
from moothall.kernel.secret import digest, new_secret
from moothall.moderation.appeal import Appeal, checked_text
from moothall.moderation.notice import Notice, NoticeOutcome, check_notice
from moothall.web import gate
from moothall.web.forms import field
from moothall.web.frame import frame_of
from moothall.web.headers import NO_STORE
from moothall.web.pages.fragments import visible_comment
from moothall.web.pages.view import Frame
from moothall.web.pages.view_notice import notice_page, receipt_page
from moothall.web.pages.view_plain import error_text
from moothall.web.render import Context, render
from moothall.web.services import services

_Request = Request[Any, Any, Any]
_Page = Response[str]
_FIELDS = ("breach", "explanation", "legal_reference", "name", "email", "good_faith")


@get("/c/{comment:str}/notice", include_in_schema=False)
async def form(request: _Request, comment: str) -> _Page:
    """What is illegal about a comment, why, and who says so."""
    frame, _, found = await visible_comment(request, comment)
    return _page("notice.html", notice_page(frame, found, dict.fromkeys(_FIELDS, "")))


@post("/c/{comment:str}/notice", include_in_schema=False)
async def send(request: _Request, comment: str) -> _Page | Redirect:
    """Leads to the receipt, whose address only the sender knows."""
    frame, _, found = await visible_comment(request, comment)
    await gate.limit(request, "notice")
    typed = {name: await field(request, name) for name in _FIELDS}
    parts, code = services(request), new_secret()
    wanted = Notice(
        id=parts.new_id(),
        comment_id=found.id,
        account_id=frame.viewer.id,
        sender=gate.reporter(request, frame.viewer),
        lang=frame.words.lang,
        at_ms=frame.now_ms,
        breach=typed["breach"],
        explanation=typed["explanation"],
        legal_reference=typed["legal_reference"],
        name=typed["name"],
        email=typed["email"],
    )
    try:
        made = check_notice(wanted, good_faith=typed["good_faith"] == "1")
        await parts.rights.notice(made, digest(code).hex())
    except (Invalid, NoticesRefused) as wrong:
        page = notice_page(frame, found, typed, error=error_text(frame.words, wrong))
        return _page("notice.html", page, wrong.status)
    return Redirect(f"/notices/{code}", status_code=303)


@get("/notices/{code:str}", include_in_schema=False)
async def receipt(request: _Request, code: str) -> _Page:
    """The receipt: what was sent, when, and what was decided."""
    made = await services(request).rights.notice_by_code(digest(code).hex())
    return await _receipt(request, await frame_of(request), made, code)


@post("/notices/{code:str}/appeal", include_in_schema=False)
async def appeal(request: _Request, code: str) -> _Page | Redirect:
    """Once decided against, whoever holds the receipt may ask somebody else to look again."""
    await gate.limit(request, "notice")
    parts = services(request)
    made = await parts.rights.notice_by_code(digest(code).hex())
    typed = await field(request, "reason")
    try:
        reason = checked_text(typed, name="reason", limit=APPEAL_GRAPHEMES)
    except Invalid as wrong:
        return await _receipt(request, await frame_of(request), made, code, wrong)
    if made.outcome in {NoticeOutcome.KEPT, NoticeOutcome.UNFOUNDED}:
        number, now_ms = parts.new_id(), parts.clock()
        filed = Appeal(id=number, notice_id=made.id, account_id=made.account_id, reason=reason, at_ms=now_ms)
        await parts.rights.appeal(filed)
    return Redirect(f"/notices/{code}", status_code=303)


async def _receipt(request: _Request, frame: Frame, made: Notice, code: str, wrong: Invalid | None = None) -> _Page:
    rights = services(request).rights
    known = await rights.notice_sender(made.sender)
    context = receipt_page(
        frame,
        made,
        code,
        appeal=await rights.appeal_of_notice(made.id),
        warned=known.warned_at_ms is not None,
        error=error_text(frame.words, wrong) if wrong else "",
    )
    return _page("receipt.html", context, wrong.status if wrong else 200)


def _page(template: str, context: Context, status: int = 200) -> _Page:
    return Response(render(template, context), status_code=status, media_type="text/html", headers=NO_STORE)


routes = [form, send, receipt, appeal]
