"""What can be done to a comment through plain forms: each act answers with the page it belongs to."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.response import Redirect

from moothall.discussion import rules
from moothall.discussion.edit_comment import edit_comment
from moothall.discussion.model import Comment, ReactionKind
from moothall.discussion.react import react
from moothall.discussion.report_comment import report_comment
from moothall.discussion.withdraw_comment import withdraw_comment
from moothall.kernel.errors import Invalid, InvalidField, MoothallError
from moothall.kernel.ids import to_text
from moothall.people.role import Right
from moothall.web import gate
from moothall.web.forms import field
from moothall.web.headers import NO_STORE
from moothall.web.pages import view_acts
from moothall.web.pages.fragments import visible_comment
from moothall.web.pages.view_composer import Written
from moothall.web.pages.view_plain import done_page, error_page, error_text
from moothall.web.render import Context, render
from moothall.web.services import services

_Request = Request[Any, Any, Any]
_Page = Response[str]


@post("/c/{comment:str}/reaction", include_in_schema=False)
async def reaction(request: _Request, comment: str) -> Redirect:
    """The same button again takes the reaction back, as its pressed state says."""
    reader = await gate.need(request, Right.COMMENT)
    await gate.limit(request, "react")
    wanted = _kind(await field(request, "kind"))
    _, _, found = await visible_comment(request, comment)
    kind = None if found.my_reaction is wanted else wanted
    await react(services(request).discussion, found.id, reader, kind)
    return _back_to(found)


@get("/c/{comment:str}/report", include_in_schema=False)
async def report_form(request: _Request, comment: str) -> _Page:
    """What is wrong with a comment: the reasons to choose from."""
    frame, _, found = await visible_comment(request, comment)
    return _page("report.html", view_acts.report_page(frame, found))


@post("/c/{comment:str}/report", include_in_schema=False)
async def report(request: _Request, comment: str) -> _Page:
    """Report a comment, signed in or not."""
    frame, _, found = await visible_comment(request, comment)
    await gate.limit(request, "report")
    reason, text = await field(request, "reason"), await field(request, "text")
    try:
        await report_comment(
            services(request).discussion,
            found.id,
            reporter=gate.reporter(request, frame.viewer),
            account_id=frame.viewer.id,
            reason=reason,
            text=text,
        )
    except Invalid as wrong:
        told = error_text(frame.words, wrong)
        page = view_acts.report_page(frame, found, reason=reason, text=text, error=told)
        return _page("report.html", page, 422)
    t = frame.words.t
    thanks = t("Thank you. A moderator will look at this comment.")
    return _page("done.html", done_page(frame, title=t("Reported"), text=thanks, back=f"/c/{to_text(found.id)}"))


@get("/c/{comment:str}/edit", include_in_schema=False)
async def edit_form(request: _Request, comment: str) -> _Page:
    """The text of a comment of one's own, while its window is open."""
    author = await gate.need(request, Right.COMMENT)
    frame, _, found = await visible_comment(request, comment)
    rules.check_edit(found, author, frame.now_ms)
    return _page("edit.html", view_acts.edit_page(frame, found))


@post("/c/{comment:str}/edit", include_in_schema=False)
async def edit(request: _Request, comment: str) -> _Page | Redirect:
    """Change a comment of one's own."""
    author = await gate.need(request, Right.COMMENT)
    await gate.limit(request, "post")
    frame, _, found = await visible_comment(request, comment)
    body = await field(request, "body")
    try:
        changed = await edit_comment(services(request).discussion, found.id, author.id, body)
    except Invalid as wrong:
        written = Written(body=body, error=error_text(frame.words, wrong))
        return _page("edit.html", view_acts.edit_page(frame, found, written=written), 422)
    except MoothallError as wrong:
        page = error_page(frame, wrong, kept=body, back=f"/c/{to_text(found.id)}")
        return _page("error.html", page, wrong.status)
    return _back_to(changed)


@get("/c/{comment:str}/withdraw", include_in_schema=False)
async def withdraw_form(request: _Request, comment: str) -> _Page:
    """Whether a comment of one's own is really to be taken back."""
    author = await gate.need(request, Right.COMMENT)
    frame, _, found = await visible_comment(request, comment)
    rules.check_withdraw(found, author)
    return _page("withdraw.html", view_acts.withdraw_page(frame, found))


@post("/c/{comment:str}/withdraw", include_in_schema=False)
async def withdraw(request: _Request, comment: str) -> _Page:
    """Take a comment of one's own back."""
    author = await gate.need(request, Right.COMMENT)
    await gate.limit(request, "write")
    frame, story, found = await visible_comment(request, comment)
    await withdraw_comment(services(request).discussion, found.id, author)
    t = frame.words.t
    text = t("Your comment is withdrawn.")
    return _page("done.html", done_page(frame, title=t("Withdrawn"), text=text, back=f"/s/{story.code}"))


def _kind(text: str) -> ReactionKind:
    try:
        return ReactionKind(text)
    except ValueError as wrong:
        raise InvalidField(name="kind") from wrong


def _back_to(comment: Comment) -> Redirect:
    return Redirect(f"/c/{to_text(comment.id)}", status_code=303)


def _page(template: str, context: Context, status: int = 200) -> _Page:
    return Response(render(template, context), status_code=status, media_type="text/html", headers=NO_STORE)


routes = [reaction, report_form, report, edit_form, edit, withdraw_form, withdraw]
