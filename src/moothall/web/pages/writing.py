"""A comment or a reply through a plain form: posted, or shown again with what is wrong, never lost."""

import hashlib
from typing import Any

from litestar import Request, Response, post
from litestar.response import Redirect
from msgspec.structs import replace

from moothall.discussion.model import NO_PARENT, Comment, Draft, State
from moothall.discussion.post_comment import Parts, post_comment
from moothall.kernel.errors import MoothallError, NudgeFirst
from moothall.kernel.ids import from_text, to_text
from moothall.people.model import Account
from moothall.people.role import Right
from moothall.story.model import Story, StoryId
from moothall.web import gate
from moothall.web.api.paths import comment_id, story_id
from moothall.web.forms import field
from moothall.web.frame import frame_of
from moothall.web.headers import NO_STORE
from moothall.web.pages import comment as comment_pages
from moothall.web.pages import story as story_pages
from moothall.web.pages.fragments import visible_comment
from moothall.web.pages.kept import keep
from moothall.web.pages.view import story_href
from moothall.web.pages.view_composer import Written
from moothall.web.pages.view_people import Waiting, signin_page
from moothall.web.pages.view_plain import error_page, error_text
from moothall.web.render import render
from moothall.web.services import services
from moothall.web.signing_in import page as signin_answer

_Request = Request[Any, Any, Any]


@post("/discussion/{story:str}/comments", include_in_schema=False)
async def write(request: _Request, story: str) -> Response[str] | Redirect:
    """Post a comment; a signed-out reader's text is kept while they sign in."""
    wanted = story_id(story)
    body, parent = await field(request, "body"), await field(request, "parent")
    viewer = await gate.viewer(request)
    if viewer.account is None:
        return await _sign_in_first(request, wanted, body, parent)
    key = await field(request, "key")
    try:
        author: Account = await gate.need(request, Right.COMMENT)
        await gate.limit(request, "post")
        answered = comment_id(parent) if parent else NO_PARENT
        draft = Draft(wanted, author.id, body, answered, key, from_text(await field(request, "nudge")))
        parts = services(request).discussion
        posted = await (post_comment(parts, draft) if key else _write_once(parts, draft))
    except MoothallError as wrong:
        return await _again(request, wanted, parent, Written(body=body, key=key, nudge=_asked(wrong)), wrong)
    return _to(posted)


async def _sign_in_first(request: _Request, wanted: StoryId, body: str, parent: str) -> Response[Any]:
    """The text is kept whichever way they sign in; the page shows that it is."""
    story = await services(request).stories.public(wanted, await gate.viewer(request))
    frame = await frame_of(request)
    there = f"/c/{parent}" if parent else story_href(story)
    waiting = Waiting(
        next=await keep(request, body=body, story=wanted, parent=parent) if body.strip() else there,
        kept=body,
        kept_story=to_text(wanted),
        kept_parent=parent,
    )
    return signin_answer(request, "signin.html", signin_page(frame, waiting))


async def _again(
    request: _Request, wanted: StoryId, parent: str, written: Written, wrong: MoothallError
) -> Response[str]:
    """The form again with the text and the reason; a page of its own where the form is no more."""
    viewer = await gate.viewer(request)
    if wrong.field != "body":
        frame = await frame_of(request)
        story: Story = await services(request).stories.public(wanted, viewer)
        page = error_page(frame, wrong, kept=written.body, back=story_href(story))
        return Response(
            render("error.html", page), status_code=wrong.status, media_type="text/html", headers=NO_STORE
        )
    if parent:
        frame, story, answered = await visible_comment(request, parent)
        told = replace(written, error=error_text(frame.words, wrong))
        return await comment_pages.page_of(request, frame, story, answered, reply=True, written=told)
    story = await services(request).stories.public(wanted, viewer)
    frame = await frame_of(request, lang=story.lang)
    told = replace(written, error=error_text(frame.words, wrong))
    return await story_pages.page_of(request, frame, story, written=told)


async def _write_once(parts: Parts, draft: Draft) -> Comment:
    """A form without a key still posts one text once; anew after its author took it back."""
    named = f"{draft.story_id}:{draft.parent_id or ''}:{draft.body}"
    while True:
        key = hashlib.sha256(named.encode("utf-8", "surrogatepass")).hexdigest()[:40]
        posted = await post_comment(parts, replace(draft, key=key))
        if posted.state is not State.WITHDRAWN:
            return posted
        named = f"{named}:after:{posted.id}"


def _asked(wrong: MoothallError) -> str:
    """What the form carries, so that the same is not asked twice."""
    return to_text(int(wrong.params["nudge"])) if isinstance(wrong, NudgeFirst) else ""


def _to(comment: Comment) -> Redirect:
    return Redirect(f"/c/{to_text(comment.id)}", status_code=303)


routes = [write]
