"""Newsroom keys while the site runs: listed, made and shown once, revoked."""

from typing import Any

import msgspec
from litestar import Request, Response, get, post
from litestar.response import Redirect

from moothall.kernel.errors import Conflict, Invalid
from moothall.kernel.secret import digest, new_secret
from moothall.people.model import Account
from moothall.people.newsroom_key import KeyChange, check_key_name
from moothall.people.role import Right
from moothall.web import gate
from moothall.web.forms import field
from moothall.web.frame import frame_of
from moothall.web.headers import NO_STORE
from moothall.web.pages.view import Head, page
from moothall.web.pages.view_plain import error_text
from moothall.web.render import render
from moothall.web.services import services

_Request = Request[Any, Any, Any]
_HERE = "/desk/keys"


class Shown(msgspec.Struct, frozen=True):
    """What the page has to say beside the list."""

    key: str = ""
    name: str = ""
    wrong: Invalid | Conflict | None = None


@get("/desk/keys", include_in_schema=False)
async def keys(request: _Request) -> Response[str]:
    """Names and dates; no key can be read again."""
    await gate.need(request, Right.MANAGE)
    return await _page(request, Shown())


@post("/desk/keys", include_in_schema=False)
async def make(request: _Request) -> Response[str]:
    """Make a key; this answer is the only one that shows it."""
    actor = await gate.need(request, Right.MANAGE)
    name, key = await field(request, "name"), new_secret()
    try:
        change = _change(request, actor, check_key_name(name))
        await services(request).stories.make_key(change, digest(key))
    except (Invalid, Conflict) as wrong:
        return await _page(request, Shown(name=name, wrong=wrong))
    return await _page(request, Shown(key=key, name=change.name))


@post("/desk/keys/revoke", include_in_schema=False)
async def revoke(request: _Request) -> Redirect:
    """Whatever uses the key stops publishing at once."""
    actor = await gate.need(request, Right.MANAGE)
    change = _change(request, actor, await field(request, "name"))
    await services(request).stories.revoke_key(change)
    return Redirect(_HERE, status_code=303)


def _change(request: _Request, actor: Account, name: str) -> KeyChange:
    parts = services(request)
    return KeyChange(parts.new_id(), name, actor.id, parts.clock())


async def _page(request: _Request, shown: Shown) -> Response[str]:
    frame = await frame_of(request)
    title = frame.words.t("Newsroom keys")
    listed = await services(request).stories.keys()
    context = page(
        frame,
        Head(title=f"{title} – {frame.site.name}", robots="noindex", styles=("forms.css",)),
        title=title,
        keys=tuple((one.name, frame.times.long(one.made_at_ms)) for one in listed),
        key=shown.key,
        name=shown.name,
        error=error_text(frame.words, shown.wrong, name=frame.words.t("Name of the key")) if shown.wrong else "",
    )
    status = shown.wrong.status if shown.wrong else 200
    html = render("desk/keys.html", context)
    return Response(html, status_code=status, media_type="text/html", headers=NO_STORE)


routes = [keys, make, revoke]
