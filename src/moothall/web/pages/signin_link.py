"""Signing in by a link that the command line printed."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from moothall.kernel.errors import SigninFailed
from moothall.people.signin import one_time_link
from moothall.web import gate
from moothall.web.forms import field
from moothall.web.frame import frame_of
from moothall.web.pages.view_confirm import confirm_page
from moothall.web.return_path import return_path
from moothall.web.services import services
from moothall.web.signing_in import again, enter, page

_Request = Request[Any, Any, Any]


@get("/signin/link/{token:str}", include_in_schema=False)
async def open_link(request: _Request, token: FromPath[str]) -> Response[Any]:
    """A page with one button, which has the focus: Enter signs in."""
    await gate.limit(request, "signin")
    parts = services(request)
    try:
        account = await one_time_link.whose(parts.people, token, parts.clock())
    except SigninFailed as wrong:
        return await again(request, wrong)
    gate.start(request)
    frame = await frame_of(request)
    t = frame.words.t
    context = confirm_page(
        frame,
        title=t("Sign in"),
        text=t("You are about to sign in as {name}.", name=account.display_name or t("a new reader")),
        action="/signin/link",
        button=t("Sign in"),
        fields={"token": token, "next": return_path(request.query_params.get("next"))},
    )
    return page(request, "confirm.html", context)


@post("/signin/link", include_in_schema=False)
async def use_link(request: _Request) -> Response[Any]:
    """Sign in by a printed link."""
    await gate.limit(request, "signin")
    parts = services(request)
    token, next_path = await field(request, "token"), return_path(await field(request, "next"))
    try:
        account = await one_time_link.use(
            parts.people, token, again=parts.settings.reusable_links, now_ms=parts.clock()
        )
    except SigninFailed as wrong:
        return await again(request, wrong)
    return await enter(request, account, next_path)


routes = [open_link, use_link]
