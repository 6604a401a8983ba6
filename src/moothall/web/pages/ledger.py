"""The public ledger: an entry by its number, and the roots by which it can be checked."""

from typing import Any

import msgspec
from litestar import Request, Response, get

from moothall.kernel.errors import NotFound
from moothall.moderation.ledger import LedgerEntry, follows
from moothall.web.frame import frame_of
from moothall.web.headers import NO_STORE
from moothall.web.pages.view import Frame, Head, page
from moothall.web.render import Context, render
from moothall.web.services import services

_Request = Request[Any, Any, Any]
_CACHE = {"Cache-Control": "public, max-age=300"}


@get("/ledger/roots.json", include_in_schema=False)
async def roots(request: _Request) -> Response[bytes]:
    """The last entry of each day in UTC, oldest first; keep them to check the ledger later."""
    found = await services(request).rights.roots()
    return Response(msgspec.json.encode(found), media_type="application/json", headers=_CACHE)


@get("/ledger/{seq:str}", include_in_schema=False)
async def entry(request: _Request, seq: str) -> Response[str]:
    """What anybody may see of an entry; whom it concerns also sees what opens its sealed parts."""
    rights = services(request).rights
    number = _number(seq)
    found = await rights.entry(number)
    if found is None:
        raise NotFound
    before = await rights.entry(number - 1)
    frame = await frame_of(request)
    opened = await rights.opening(number, frame.viewer.id) if frame.viewer.id is not None else None
    context = entry_page(frame, found, before, opened)
    return Response(render("ledger.html", context), media_type="text/html", headers=NO_STORE)


def entry_page(
    frame: Frame, found: LedgerEntry, before: LedgerEntry | None, opened: tuple[str, dict[str, str]] | None
) -> Context:
    """Args: opened: the salt and the sealed parts, for whom they concern."""
    title = frame.words.t("Entry {n} of the ledger", n=found.seq)
    return page(
        frame,
        Head(title=f"{title} – {frame.site.name}", robots="noindex", styles=("forms.css",)),
        title=title,
        entry=found,
        when=frame.times.long(found.at_ms),
        is_whole=follows(found, before),
        salt=opened[0] if opened else "",
        parts=tuple(opened[1].items()) if opened else (),
    )


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 18:
        raise NotFound
    return int(text)


routes = [roots, entry]
