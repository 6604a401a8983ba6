"""Ban an author for a time, with a reason that the author is shown."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.response import Redirect

from moothall.kernel.errors import Invalid, InvalidField
from moothall.kernel.ids import to_text
from moothall.moderation.sanction import BAN_DAYS, ban
from moothall.people.model import Account
from moothall.people.role import Right
from moothall.web import gate
from moothall.web.api.paths import account_id
from moothall.web.forms import field
from moothall.web.frame import frame_of
from moothall.web.headers import NO_STORE
from moothall.web.i18n import Translator
from moothall.web.pages.view import Head, page
from moothall.web.pages.view_acts import Choice
from moothall.web.pages.view_plain import error_text
from moothall.web.render import render
from moothall.web.return_path import return_path
from moothall.web.services import services

_Request = Request[Any, Any, Any]
_QUEUE = "/console/held"


@get("/people/{person:str}/ban", include_in_schema=False)
async def form(request: _Request, person: str, back: str = _QUEUE) -> Response[str]:
    """How long a reader is banned, and why; or lifting a ban."""
    await gate.need(request, Right.BAN)
    return await _form(request, await services(request).people.account(account_id(person)), back)


@post("/people/{person:str}/ban", include_in_schema=False)
async def save(request: _Request, person: str) -> Response[str] | Redirect:
    """Ban a reader, or lift a ban."""
    actor = await gate.need(request, Right.BAN)
    await gate.limit(request, "write")
    parts = services(request)
    who = await parts.people.account(account_id(person))
    back, reason = await field(request, "back"), await field(request, "reason")
    try:
        made = ban(
            parts.new_id(),
            who,
            actor,
            days=_days(await field(request, "days")),
            reason=reason,
            now_ms=parts.clock(),
        )
    except Invalid as wrong:
        return await _form(request, who, back, wrong, reason=reason)
    await parts.moderation.ban(made)
    return Redirect(return_path(back or _QUEUE), status_code=303)


def _days(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 5:
        raise InvalidField(name="days")
    return int(text)


async def _form(
    request: _Request, who: Account, back: str, wrong: Invalid | None = None, *, reason: str = ""
) -> Response[str]:
    frame = await frame_of(request)
    words = frame.words
    until = who.banned_until_ms if who.banned_at(frame.now_ms) else None
    title = words.t("Ban {name}", name=who.display_name)
    context = page(
        frame,
        Head(title=f"{title} – {frame.site.name}", robots="noindex", styles=("forms.css",)),
        title=title,
        person=to_text(who.id),
        back=return_path(back or _QUEUE),
        banned_until=frame.times.long(until) if until else "",
        ban_reason=who.ban_reason or "",
        choices=_choices(words, lift=until is not None),
        reason=reason,
        error=error_text(words, wrong) if wrong else "",
    )
    html = render("console/ban.html", context)
    return Response(html, status_code=wrong.status if wrong else 200, media_type="text/html", headers=NO_STORE)


def _choices(words: Translator, *, lift: bool) -> tuple[Choice, ...]:
    names = {
        0: words.t("Lift the ban"),
        1: words.t("One day"),
        7: words.t("One week"),
        30: words.t("Thirty days"),
        36_500: words.t("For good"),
    }
    return tuple(Choice(str(days), names[days], chosen=days == 1) for days in BAN_DAYS if days or lift)


routes = [form, save]
