"""One comment where it stands: `/c/ID`, with the form to answer it when asked for."""

from typing import Any

import msgspec
from litestar import Request, Response, get

from moothall.discussion.model import Comment, Node
from moothall.kernel import page as cursors
from moothall.story.metadata import Publisher, forum_posting
from moothall.story.model import Story
from moothall.web.api.paths import sort_of
from moothall.web.headers import NO_STORE
from moothall.web.pages.contributions import contributions
from moothall.web.pages.fragments import visible_comment
from moothall.web.pages.keys import new_key
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
    """A comment with its ancestors and replies: the permalink."""
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
        ancestors=above,
        comment=comment,
        replies=await comments.replies(comment, sort=order, after=after, viewer=frame.viewer.id),
        sort=order,
    )
    fresh = written or Written(key=new_key())
    jsonld = _jsonld(frame, story, thread)
    html = render("comment.html", comment_page(frame, story, thread, reply=reply, written=fresh, jsonld=jsonld))
    status = 422 if written and written.error else 200
    return Response(html, status_code=status, media_type="text/html", headers=NO_STORE)


def _jsonld(frame: Frame, story: Story, thread: Thread) -> str:
    site = frame.site
    node = Node(thread.comment, thread.replies.nodes)
    found = contributions((node,), site.url)
    if not found:
        return ""
    return msgspec.json.encode(forum_posting(story, Publisher(site.name, site.url), found[0])).decode()


routes = [show]
