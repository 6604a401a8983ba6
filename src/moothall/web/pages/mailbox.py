"""The local mailbox of a trial site: it shows everybody's codes, so that it is off unless asked for."""

from typing import Any

import msgspec
from litestar import Request, Response, get

from moothall.kernel.errors import NotFound
from moothall.kernel.ids import made_at_ms
from moothall.store import mail
from moothall.web import forgery
from moothall.web.frame import frame_of
from moothall.web.headers import NO_STORE
from moothall.web.pages import view_plain
from moothall.web.render import render
from moothall.web.services import services

_Request = Request[Any, Any, Any]
_SHOWN = 50


class Shown(msgspec.Struct, frozen=True):
    """A mail as the page shows it."""

    to: str
    subject: str
    text: str
    at_ms: int


@get("/mailbox", include_in_schema=False)
async def show(request: _Request) -> Response[str]:
    """Raises: NotFound where mail is sent, where it is off, and through a name that is not ours."""
    parts = services(request)
    settings = parts.settings
    if not settings.mailbox_page or settings.smtp_url or not _is_ours(request):
        raise NotFound
    letters = await parts.db.read(lambda c: mail.newest(c, _SHOWN))
    mails = [
        Shown(one.letter.recipient, one.letter.subject, one.letter.text, made_at_ms(one.letter.id))
        for one in letters
    ]
    context = view_plain.mailbox_page(await frame_of(request), mails)
    return Response(render("mailbox.html", context), media_type="text/html", headers=NO_STORE)


def _is_ours(request: _Request) -> bool:
    """A page elsewhere can make a name of its own lead to this machine, and then read what is here."""
    settings = services(request).settings
    ours = forgery.origins(settings.public_url, given=True, host="")
    scheme = settings.public_url.partition("://")[0]
    return f"{scheme}://{request.headers.get('host', '')}" in ours


routes = [show]
