"""Photographs and portraits: immutable bytes that can do nothing but be looked at."""

from typing import Any

from litestar import Request, Response, get

from moothall.kernel.errors import NotFound
from moothall.people.avatar import portrait_png, portrait_svg
from moothall.story.model import PhotoId
from moothall.web.api.paths import account_id, number_of
from moothall.web.services import services

_Request = Request[Any, Any, Any]
_FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}
# A changed name may change its portrait; nobody needs to see that within the hour.
_HOUR = {"Cache-Control": "public, max-age=3600"}


@get("/media/{photo:str}/{name:str}", include_in_schema=False)
async def photo(request: _Request, photo: str, name: str) -> Response[bytes]:
    """A lead photo at one of its widths."""
    width, dot, kind = name.partition(".")
    if not dot or kind != "jpg" or not width.isascii() or not width.isdigit() or len(width) > 5:
        raise NotFound
    mime, data = await services(request).stories.rendition(PhotoId(number_of(photo)), int(width))
    return Response(data, media_type=mime, headers=_FOR_EVER)


@get("/avatars/{name:str}", include_in_schema=False)
async def avatar(request: _Request, name: str) -> Response[bytes]:
    """A reader's picture, drawn from the id and the name."""
    who, _, kind = name.partition(".")
    if kind not in {"png", "svg"}:
        raise NotFound
    number = account_id(who)
    account = await services(request).people.account(number)
    if kind == "svg":
        drawn = portrait_svg(number, account.display_name).encode()
        return Response(drawn, media_type="image/svg+xml", headers=_HOUR)
    return Response(portrait_png(number, account.display_name), media_type="image/png", headers=_HOUR)


routes = [photo, avatar]
