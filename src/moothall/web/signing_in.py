"""The end of every sign-in: a session is opened and the browser sent on."""

from typing import Any, cast
from urllib.parse import quote

from litestar import Request, Response
from litestar.response import Redirect

from moothall.kernel.errors import MoothallError
from moothall.kernel.limits import HOUR_MS, SESSION_ABSOLUTE_MS
from moothall.kernel.secret import digest, new_secret
from moothall.people import session as sessions
from moothall.people.device import device_of
from moothall.people.model import Account, AccountId, FlowData, Identity, NewSession, SessionKind
from moothall.people.port import Arrival
from moothall.web import cookies, gate
from moothall.web.frame import frame_of
from moothall.web.headers import NO_STORE
from moothall.web.pages.view_people import Waiting, signin_page
from moothall.web.pages.view_plain import error_text
from moothall.web.render import Context, render
from moothall.web.services import services

_Request = Request[Any, Any, Any]
# The cookie of a sign-in under way outlives every flow that it belongs to.
_START_LIFE_MS = HOUR_MS


async def arrive(
    request: _Request, identity: Identity, data: FlowData, *, email: str | None = None
) -> Response[Any]:
    """Somebody proved an identity: sign in its account, making one where there is none."""
    parts = services(request)
    token, opened = _open(request)
    arrival = Arrival(
        identity=identity,
        new_id=AccountId(parts.new_id()),
        session=opened,
        email=email,
        replaces=_replaced(request),
    )
    return _entered(request, await parts.people.arrive(arrival), token, data.next)


async def enter(request: _Request, account: Account, next_path: str) -> Response[Any]:
    """Sign in a known account."""
    token, opened = _open(request)
    await services(request).people.open_session(account.id, opened, replaces=_replaced(request))
    return _entered(request, account, token, next_path)


def leave(request: _Request, next_path: str) -> Response[Any]:
    """Take our cookies away, and texts not yet posted: signed out, a browser has none."""
    gone = see(next_path)
    # The next person at a shared computer reads no drafts.  Source: W3C Clear Site Data, section 3.
    gone.headers["Clear-Site-Data"] = '"storage"'
    for name in (cookies.SESSION, cookies.START):
        cookies.remove(gone, services(request).settings, name)
    return gone


def see(path: str) -> Response[Any]:
    """Go there next, by GET."""
    return cast("Response[Any]", Redirect(path, status_code=303, headers=NO_STORE))


def page(request: _Request, template: str, context: Context, status: int = 200) -> Response[Any]:
    """A page of signing in.  It sets the cookie that ties what follows to this browser."""
    drawn = Response(render(template, context), status_code=status, media_type="text/html", headers=NO_STORE)
    remember(request, drawn)
    return drawn


def remember(request: _Request, answer: Response[Any]) -> None:
    """Set the cookie of a sign-in under way."""
    cookies.write(answer, services(request).settings, cookies.START, gate.start(request), life_ms=_START_LIFE_MS)


async def again(
    request: _Request, wrong: MoothallError, waiting: Waiting | None = None, *, email: str = ""
) -> Response[Any]:
    """The sign-in page once more, saying what went wrong."""
    gate.start(request)
    frame = await frame_of(request)
    context = signin_page(frame, waiting or Waiting(), email=email, error=error_text(frame.words, wrong))
    return page(request, "signin.html", context, wrong.status)


def _open(request: _Request) -> tuple[str, NewSession]:
    token = new_secret()
    device = device_of(request.headers.get("user-agent", ""))
    now_ms = services(request).clock()
    opened = sessions.begin(token, new_secret(), kind=SessionKind.BROWSER, device=device, now_ms=now_ms)
    return token, opened


def _replaced(request: _Request) -> bytes | None:
    """The session that this browser had: a token from before a sign-in is worth nothing after it."""
    old = cookies.read(request, services(request).settings, cookies.SESSION)
    return digest(old) if old else None


def _entered(request: _Request, account: Account, token: str, next_path: str) -> Response[Any]:
    target = next_path if account.named else f"/signin/name?next={quote(next_path, safe='/')}"
    entered = see(target)
    cookies.write(entered, services(request).settings, cookies.SESSION, token, life_ms=SESSION_ABSOLUTE_MS)
    return entered
