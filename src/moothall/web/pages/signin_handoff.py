"""The pop-up that an embedded discussion opens to sign its reader in."""

from typing import Any
from urllib.parse import quote

from litestar import Request, Response, get, post

from moothall.kernel.errors import HostUnknown, SigninFailed
from moothall.kernel.limits import URL_CHARS
from moothall.people.model import SessionKind
from moothall.people.signin import handoff
from moothall.people.signin.handoff import Opened
from moothall.web import cookies, gate
from moothall.web.forms import field
from moothall.web.frame import frame_of
from moothall.web.pages.view_confirm import confirm_page, said_page
from moothall.web.services import services
from moothall.web.signing_in import again, page, remember, see

_Request = Request[Any, Any, Any]


async def begin(request: _Request, hashed: str) -> Response[Any]:
    """Remember which host opened us, and sign in first where that is needed.

    The host is what the browser says of its own navigation (Referer): a page cannot put another's
    there.  A page that says nothing is not served.
    """
    await gate.limit(request, "signin")
    parts = services(request)
    host = handoff.host_of(request.headers.get("referer"))
    if not handoff.may_embed(host, parts.settings.embed_hosts):
        raise HostUnknown(host=host or "–")
    back = request.query_params.get("next", "")[:URL_CHARS]
    opened = Opened(hashed, host, back, gate.start(request), parts.clock())
    try:
        await handoff.begin(parts.people, opened)
    except SigninFailed as wrong:
        return await again(request, wrong)
    path = f"/signin/handoff?hash={quote(hashed)}"
    found = await gate.session(request)
    if found is None:
        path = f"/signin?next={quote(path, safe='')}"
    elif not found.account.named:
        path = f"/signin/name?next={quote(path, safe='')}"
    answer = see(path)
    remember(request, answer)
    return answer


@get("/signin/handoff", include_in_schema=False)
async def ask(request: _Request) -> Response[Any]:
    """Tell who will be signed in where.

    A page that is loaded again has lost its token.  Where its reader said yes before, and that is good still, our
    script asks the page itself, and the click is the script's.
    """
    found = await gate.need_session(request, SessionKind.BROWSER)
    hashed = request.query_params.get("hash", "")
    parts = services(request)
    browser = cookies.read(request, parts.settings, cookies.START)
    try:
        flow = await handoff.waiting(parts.people, hashed, browser=browser, now_ms=parts.clock())
    except SigninFailed as wrong:
        return await again(request, wrong)
    name, host = found.account.display_name, flow.data.host
    is_known = handoff.knows(await parts.people.sessions(found.account.id), host=host, now_ms=parts.clock())
    frame = await frame_of(request)
    t = frame.words.t
    context = confirm_page(
        frame,
        title=t("Continue on {host}", host=host),
        text=t("The discussion on {host} will know you as {name}.", host=host, name=name),
        action="/signin/handoff",
        button=t("Continue as {name}", name=name),
        fields={"hash": hashed},
    )
    return page(request, "confirm.html", {**context, "opener": host if is_known else ""})


@post("/signin/handoff", include_in_schema=False)
async def agree(request: _Request) -> Response[Any]:
    """Let a host page know who one is."""
    found = await gate.need_session(request, SessionKind.BROWSER)
    parts = services(request)
    browser = cookies.read(request, parts.settings, cookies.START)
    try:
        flow = await handoff.waiting(
            parts.people, await field(request, "hash"), browser=browser, now_ms=parts.clock()
        )
    except SigninFailed as wrong:
        return await again(request, wrong)
    await handoff.agree(parts.people, flow, found.account.id)
    frame = await frame_of(request)
    t = frame.words.t
    context = said_page(
        frame,
        title=t("Signed in"),
        text=t("You can close this window and go on at {host}.", host=flow.data.host),
        back=flow.data.next,
    )
    return page(request, "confirm.html", context)


routes = [ask, agree]
