"""Statements of reasons, for those they concern, and the appeal against one."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.response import Redirect

from moothall.kernel.errors import Invalid, NotFound
from moothall.kernel.ids import to_text
from moothall.moderation.appeal import Appeal, check_appeal
from moothall.moderation.statement import Statement
from moothall.people.model import Account, SessionKind
from moothall.people.role import Right, may_somewhere
from moothall.web import gate
from moothall.web.api.paths import number_of
from moothall.web.forms import field
from moothall.web.frame import frame_of
from moothall.web.headers import NO_STORE
from moothall.web.pages.fragments import visible_comment
from moothall.web.pages.view_plain import error_text
from moothall.web.pages.view_statement import Case, statement_page
from moothall.web.render import render
from moothall.web.services import services

_Request = Request[Any, Any, Any]


@get("/statements/{statement:str}", include_in_schema=False)
async def show(request: _Request, statement: str) -> Response[str]:
    """Only to whom it concerns, and to staff; also to whoever may not take part any more."""
    found = await gate.need_session(request, SessionKind.BROWSER)
    return await _page(request, await _statement(request, statement, found.account))


@post("/statements/{statement:str}/appeal", include_in_schema=False)
async def appeal(request: _Request, statement: str) -> Response[str] | Redirect:
    """One click is enough; the reason may be empty."""
    found = await gate.need_session(request, SessionKind.BROWSER)
    await gate.limit(request, "write")
    parts = services(request)
    against = await _statement(request, statement, found.account)
    typed = await field(request, "reason")
    try:
        reason = check_appeal(against, found.account.id, typed, parts.clock())
    except Invalid as wrong:
        return await _page(request, against, wrong, reason=typed)
    made = Appeal(
        id=parts.new_id(),
        statement_id=against.id,
        account_id=found.account.id,
        reason=reason,
        at_ms=parts.clock(),
    )
    await parts.rights.appeal(made)
    return Redirect(f"/statements/{statement}", status_code=303)


@get("/c/{comment:str}/statement", include_in_schema=False)
async def of_comment(request: _Request, comment: str) -> Redirect:
    """On to the statement that explains why a comment is not shown."""
    found = await gate.need_session(request, SessionKind.BROWSER)
    _, _, about = await visible_comment(request, comment)
    standing = await services(request).rights.standing(about.id)
    if standing is None:
        raise NotFound
    if standing.account_id != found.account.id and not may_somewhere(found.account, Right.RULE):
        raise NotFound
    return Redirect(f"/statements/{to_text(standing.id)}", status_code=303)


async def case_of(request: _Request, made: Statement) -> Case:
    """All that is told with a statement."""
    rights = services(request).rights
    text = await rights.text_at(made.comment_id, made.reasons.revision) if made.comment_id else ""
    return Case(
        text=text,
        appeal=await rights.appeal_of_statement(made.id),
        receipt=await rights.receipt(made.id),
        final=await rights.is_final(made.id),
    )


async def _statement(request: _Request, statement: str, account: Account) -> Statement:
    """Raises: NotFound for whom it does not concern."""
    found = await services(request).rights.statement(number_of(statement))
    if found.account_id not in {None, account.id} and not may_somewhere(account, Right.RULE):
        raise NotFound
    return found


async def _page(
    request: _Request, made: Statement, wrong: Invalid | None = None, *, reason: str = ""
) -> Response[str]:
    frame = await frame_of(request)
    error = error_text(frame.words, wrong) if wrong else ""
    context = statement_page(frame, made, await case_of(request, made), error=error, reason=reason)
    status = wrong.status if wrong else 200
    return Response(render("statement.html", context), status_code=status, media_type="text/html", headers=NO_STORE)


routes = [show, appeal, of_comment]
