"""One comment where it stands: `/c/ID`, with the form to answer it when asked for."""

import secrets
from typing import Any

from litestar import Request, Response, get

from moothall.discussion.access import public_face
from moothall.discussion.model import Comment
from moothall.kernel import page as cursors
from moothall.story.model import Story
from moothall.web.api.paths import sort_of
from moothall.web.headers import NO_STORE
from moothall.web.pages.fragments import visible_comment
from moothall.web.pages.view import Frame
from moothall.web.pages.view_comment import Thread, comment_page
from moothall.web.pages.view_composer import Written
from moothall.web.render import render
from moothall.web.services import services

_Request = Request[Any, Any, Any]


@get("/c/{comment:str}", include_in_schema=False)
async def show(
    request: _Request, comment: str, reply: bool = False, sort: str = "oldest", cursor: str | None = None
) -> Response[str]:
    frame, story, found = await visible_comment(request, comment)
    return await page_of(request, frame, story, found, reply=reply, sort=sort, cursor=cursor)


async def page_of(
    request: _Request,
    frame: Frame,
    story: Story,
    comment: Comment,
    *,
    reply: bool = False,
    sort: str = "oldest",
    cursor: str | None = None,
    written: Written | None = None,
) -> Response[str]:
    """The permalink page; `written` is what was typed and could not be posted yet."""
    comments = services(request).comments
    order = sort_of(sort, "oldest")
    after = cursors.decode(cursor) if cursor else None
    above = await comments.ancestors(comment)
    thread = Thread(
        ancestors=tuple(public_face(one, frame.viewer) for one in above),
        comment=comment,
        replies=await comments.replies(comment, sort=order, after=after, viewer=frame.viewer.id),
        sort=order,
    )
    fresh = written or Written(key=new_key())
    html = render("comment.html", comment_page(frame, story, thread, reply=reply, written=fresh))
    status = 422 if written and written.error else 200
    return Response(html, status_code=status, media_type="text/html", headers=NO_STORE)


def new_key() -> str:
    """A form's idempotency key: pressing its button twice posts once."""
    return secrets.token_urlsafe(16)


routes = [show]
