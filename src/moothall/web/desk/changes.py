"""Small changes of a story: a correction, the discussion opened or closed."""

from typing import Any

from litestar import Request, Response, post
from litestar.response import Redirect

from moothall.kernel.errors import Invalid, InvalidField
from moothall.kernel.ids import to_text
from moothall.moderation.decide import DiscussionChange
from moothall.people.role import Right
from moothall.story.model import Discussion, Moderation
from moothall.story.publish import check_correction
from moothall.web import gate
from moothall.web.api.paths import story_id
from moothall.web.desk.stories import answer_form, form_of
from moothall.web.forms import field
from moothall.web.pages.view import story_href
from moothall.web.return_path import return_path
from moothall.web.services import services

_Request = Request[Any, Any, Any]


@post("/desk/{story:str}/correction", include_in_schema=False)
async def correct(request: _Request, story: str) -> Response[str] | Redirect:
    """A published note; the story counts as updated."""
    await gate.need(request, Right.PUBLISH)
    await gate.limit(request, "write")
    parts = services(request)
    number, text = story_id(story), await field(request, "correction")
    try:
        found = await parts.stories.correct(number, parts.new_id(), check_correction(text), parts.clock())
    except Invalid as wrong:
        before = await parts.stories.get(number)
        return await answer_form(request, await form_of(request, before), before, wrong, correction=text)
    return Redirect(f"/desk/{to_text(found.id)}?saved=1", status_code=303)


@post("/stories/{story:str}/discussion", include_in_schema=False)
async def discussion(request: _Request, story: str) -> Redirect:
    """Open or close a discussion, hold what comes or not: a moderator's right too."""
    actor = await gate.need(request, Right.CLOSE_DISCUSSION)
    await gate.limit(request, "write")
    parts = services(request)
    found = await parts.stories.get(story_id(story))
    change = DiscussionChange(
        id=parts.new_id(),
        story_id=found.id,
        actor_id=actor.id,
        discussion=await _choice(request, "discussion", Discussion, found.discussion),
        moderation=await _choice(request, "moderation", Moderation, found.moderation),
        at_ms=parts.clock(),
    )
    await parts.moderation.set_discussion(change)
    return Redirect(return_path(await field(request, "back") or story_href(found)), status_code=303)


async def _choice(request: _Request, name: str, kind: Any, now: Any) -> Any:
    """What was chosen; what was left as the page showed it stays as it stands now, whatever happened meanwhile."""
    text = await field(request, name)
    if not text or text == await field(request, f"was_{name}"):
        return now
    try:
        return kind(text)
    except ValueError as wrong:
        raise InvalidField(name=name) from wrong


routes = [correct, discussion]
