"""What `console/people.html` takes."""

from collections.abc import Sequence
from urllib.parse import quote

import msgspec

from moothall.kernel.ids import to_text
from moothall.kernel.limits import PEOPLE_LISTED
from moothall.moderation.erase import Erasure
from moothall.people.model import Account, Role
from moothall.people.role import SECTIONED, STAFF, Right
from moothall.web.console.view import head
from moothall.web.console.view_forget import asked_text
from moothall.web.i18n import Translator
from moothall.web.pages.view import Frame, page
from moothall.web.pages.view_acts import Choice
from moothall.web.render import Context


class PersonView(msgspec.Struct, frozen=True):
    """Somebody in the list.  No `roles`: who looks may not change this one's; no `ban_href`: nor ban it;
    no `forget_href`: nor forget it."""

    id: str
    name: str
    role: str
    joined: str
    ban: str
    ban_href: str
    forget_href: str
    roles: tuple[Choice, ...]
    sections: tuple[Choice, ...]
    reach: str


class LeavingView(msgspec.Struct, frozen=True):
    """Somebody who is to be forgotten, when a second administrator says so."""

    name: str
    href: str
    asked: str


class Found(msgspec.Struct, frozen=True):
    """People, one more than are listed when there are more; and who is to be forgotten, with who asked for it."""

    people: Sequence[Account]
    leaving: Sequence[tuple[Erasure, Account, Account]]


def people_page(frame: Frame, found: Found, *, asked: str, error: str = "") -> Context:
    """Args: asked: the beginning of a name; empty for the newsroom's own and trusted readers."""
    title = frame.words.t("People")
    here = f"/console/people?q={quote(asked, safe='')}"
    return page(
        frame,
        head(frame, title),
        title=title,
        sought=asked,
        people=tuple(_person(frame, one, here) for one in found.people[:PEOPLE_LISTED]),
        more=len(found.people) > PEOPLE_LISTED,
        leaving=tuple(_leaving(frame, *one) for one in found.leaving),
        error=error,
    )


def role_names(words: Translator) -> dict[Role, str]:
    """The roles as people call them, rising."""
    return {
        Role.READER: words.t("Reader"),
        Role.TRUSTED: words.t("Trusted reader"),
        Role.MODERATOR: words.t("Moderator"),
        Role.EDITOR: words.t("Editor"),
        Role.ADMINISTRATOR: words.t("Administrator"),
    }


def _person(frame: Frame, one: Account, here: str) -> PersonView:
    names = role_names(frame.words)
    is_mine = one.id == frame.viewer.id
    may_set = frame.may(Right.MANAGE) and not is_mine
    return PersonView(
        id=to_text(one.id),
        name=one.display_name,
        role=names[one.role],
        sections=tuple(Choice(s.slug, s.name, chosen=s.slug in one.sections) for s in frame.site.sections),
        reach=_reach(frame, one),
        joined=frame.words.t("Joined {time}", time=frame.times.short(one.created_at_ms, frame.now_ms)),
        ban=_ban(frame, one),
        ban_href=""
        if one.role in STAFF or is_mine
        else f"/people/{to_text(one.id)}/sanctions?back={quote(here, safe='')}",
        forget_href=_forget_href(one) if may_set and one.role not in STAFF else "",
        roles=tuple(Choice(r.value, name, chosen=r is one.role) for r, name in names.items()) if may_set else (),
    )


def _leaving(frame: Frame, asked: Erasure, who: Account, by: Account) -> LeavingView:
    return LeavingView(who.display_name, _forget_href(who), asked_text(frame, asked, by))


def _forget_href(who: Account) -> str:
    return f"/people/{to_text(who.id)}/forget"


def _reach(frame: Frame, one: Account) -> str:
    """The names of the sections that a role is for."""
    if one.role not in SECTIONED:
        return ""
    if not one.sections:
        return frame.words.t("All sections")
    names = {section.slug: section.name for section in frame.site.sections}
    return ", ".join(names.get(slug, slug) for slug in one.sections)


def _ban(frame: Frame, one: Account) -> str:
    if one.banned_until_ms is None or not one.banned_at(frame.now_ms):
        return ""
    until = frame.times.long(one.banned_until_ms)
    return frame.words.t("Banned until {time}: {reason}", time=until, reason=one.ban_reason or "–")
