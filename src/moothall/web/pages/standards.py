"""The community standards as readers read them."""

from typing import Any

from litestar import Request, Response, get
from msgspec.structs import replace

from moothall.moderation.standards import RULES, Rule
from moothall.web.frame import frame_of
from moothall.web.headers import NO_STORE
from moothall.web.i18n import Translator
from moothall.web.pages.view_plain import standards_page
from moothall.web.render import render


@get("/standards", include_in_schema=False)
async def standards(request: Request[Any, Any, Any]) -> Response[str]:
    """The community standards."""
    frame = await frame_of(request)
    intro = frame.words.t(
        "These are the rules of our discussions. Moderators name the rule when they remove a comment."
    )
    page = standards_page(frame, rules_in(frame.words), intro=intro)
    return Response(render("standards.html", page), media_type="text/html", headers=NO_STORE)


def rules_in(words: Translator) -> tuple[Rule, ...]:
    """The rules in a reader's language."""
    return tuple(replace(rule, title=words.t(rule.title), text=words.t(rule.text)) for rule in RULES)


routes = [standards]
