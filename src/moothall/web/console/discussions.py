"""Every discussion that readers can write in, and how to close it."""

from typing import Any

import msgspec
from litestar import Request, Response, get

from moothall.kernel.ids import to_text
from moothall.people.role import Right, answers_for
from moothall.story.model import Discussion, Story
from moothall.web import gate
from moothall.web.console.tabs import tabs_of
from moothall.web.console.view import head
from moothall.web.desk.view import moderations
from moothall.web.frame import frame_of
from moothall.web.headers import NO_STORE
from moothall.web.i18n import Translator
from moothall.web.pages.view import Frame, page, story_href
from moothall.web.pages.view_acts import Choice
from moothall.web.render import Context, render
from moothall.web.services import services

_Request = Request[Any, Any, Any]
_LISTED = 30


class Row(msgspec.Struct, frozen=True):
    """A story with its discussion's terms."""

    id: str
    headline: str
    lang: str
    href: str
    comments: str
    state: str
    discussions: tuple[Choice, ...]
    moderations: tuple[Choice, ...]


@get("/console/discussions", include_in_schema=False)
async def discussions(request: _Request, story: str = "", saved: str = "") -> Response[str]:
    """The latest stories; `story` is a short-link code, of an older one."""
    actor = await gate.need(request, Right.CLOSE_DISCUSSION)
    stories = services(request).stories
    viewer = await gate.viewer(request)
    if story:
        found = [await stories.public_by_code(story, viewer)]
    else:
        found = [await stories.get(card.id) for card in await stories.front(_LISTED)]
    frame = await frame_of(request)
    mine = [one for one in found if answers_for(actor, one.section.slug)]
    context = _page(frame, [one for one in mine if one.discussion is not Discussion.OFF])
    context = {**context, "tabs": await tabs_of(request, frame, "discussions"), "saved": bool(saved)}
    return Response(render("console/discussions.html", context), media_type="text/html", headers=NO_STORE)


def _page(frame: Frame, found: list[Story]) -> Context:
    title = frame.words.t("Discussions")
    return page(frame, head(frame, title), title=title, rows=tuple(_row(frame, one) for one in found))


def _row(frame: Frame, story: Story) -> Row:
    words = frame.words
    is_open = story.open_at(frame.now_ms)
    chosen = Discussion.OPEN if is_open else Discussion.CLOSED
    names = {Discussion.OPEN: words.t("Open"), Discussion.CLOSED: words.t("Closed")}
    return Row(
        id=to_text(story.id),
        headline=story.headline,
        lang=story.lang,
        href=f"{story_href(story)}#discussion",
        comments=words.tn("{n} comment", "{n} comments", story.comment_count),
        state=_state(frame, story, is_open),
        discussions=tuple(Choice(one.value, name, chosen=one is chosen) for one, name in names.items()),
        moderations=tuple(
            Choice(one.value, name, chosen=one is story.moderation) for one, name in moderations(words).items()
        ),
    )


def _state(frame: Frame, story: Story, is_open: bool) -> str:
    words: Translator = frame.words
    if is_open and story.closes_at_ms:
        return words.t("Open until {time}", time=frame.times.short(story.closes_at_ms, frame.now_ms))
    return words.t("Open") if is_open else words.t("Closed")


routes = [discussions]
