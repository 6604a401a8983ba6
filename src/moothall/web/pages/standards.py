"""The community standards as readers read them."""

from typing import Any

from litestar import Request, Response, get

from moothall.kernel.errors import NotFound
from moothall.moderation import standards as shelf
from moothall.moderation.standards import Worded
from moothall.moderation.standards_version import changes
from moothall.people.role import Right
from moothall.web.frame import frame_of
from moothall.web.headers import NO_STORE
from moothall.web.i18n import Translator
from moothall.web.pages.view_standards import Shown, standards_page
from moothall.web.render import render
from moothall.web.services import services

# Nobody asks for a version with more digits; what is longer is no number.
_DIGITS = 6


@get("/standards", include_in_schema=False)
async def standards(request: Request[Any, Any, Any], version: str = "") -> Response[str]:
    """The rules in force, or those of an older version, with what it changed."""
    frame = await frame_of(request)
    kept = services(request).standards
    versions = await kept.versions()
    newest = versions[0].number if versions else 0
    number = _number(version, newest)
    shown = await kept.standards(number) if version else shelf.in_force()
    before = await kept.standards(number - 1) if number else shown
    edit = "/console/standards" if frame.may(Right.MANAGE) else ""
    page = standards_page(
        frame,
        Shown(shown, number, newest, versions, changes(before, shown, frame.words.lang)),
        edit_href=edit,
    )
    return Response(render("standards.html", page), media_type="text/html", headers=NO_STORE)


def rules_in(words: Translator) -> tuple[Worded, ...]:
    """The rules in force, in a reader's language."""
    return tuple(rule.worded(words.lang) for rule in shelf.rules())


def _number(version: str, newest: int) -> int:
    if not version:
        return newest
    if not (version.isascii() and version.isdecimal() and len(version) <= _DIGITS):
        raise NotFound
    return int(version)


routes = [standards]
