"""Hops 1 and 6 of a comment, and its other acts, as JSON (or as the node's fragment for the widget)."""

from typing import Annotated, Any, NamedTuple

import msgspec
from litestar import Request, Response, delete, get, patch, post, put
from litestar.params import HeaderParameter, Parameter

from moothall.discussion.access import may_see
from moothall.discussion.edit_comment import edit_comment
from moothall.discussion.model import NO_PARENT, Comment, Draft, ReactionKind, State
from moothall.discussion.post_comment import post_comment
from moothall.discussion.react import react
from moothall.discussion.report_comment import report_comment
from moothall.discussion.withdraw_comment import withdraw_comment
from moothall.kernel import page as cursors
from moothall.kernel.errors import NotFound
from moothall.kernel.ids import from_text
from moothall.kernel.limits import COMMENT_BODY_BYTES, PAGE_COMMENTS, PAGE_COMMENTS_MAX
from moothall.people.model import Viewer
from moothall.people.role import Right
from moothall.web import gate
from moothall.web.api.paths import comment_id, sort_of, story_id
from moothall.web.api.shapes import CommentJson, PageJson, comment_json, page_json
from moothall.web.frame import frame_of
from moothall.web.headers import NO_STORE
from moothall.web.pages.view_discussion import comments_fragment
from moothall.web.render import render
from moothall.web.services import services

_Request = Request[Any, Any, Any]
# Twice the honest size, so that a text a little too long is told by how much.
_Body = Annotated[str, msgspec.Meta(max_length=COMMENT_BODY_BYTES * 2)]
Key = Annotated[str | None, HeaderParameter(name="Idempotency-Key", description="Unique per author and comment.")]


class NewCommentJson(msgspec.Struct, forbid_unknown_fields=True):
    body: _Body
    parent_id: str | None = None
    nudge: Annotated[str, msgspec.Meta(max_length=40)] = ""


class Written(NamedTuple):
    """The answer to a write: the comment as JSON, or as the node that the widget puts in its place."""

    status: int
    content: bytes
    media_type: str


class EditJson(msgspec.Struct, forbid_unknown_fields=True):
    body: _Body


class ReactionJson(msgspec.Struct, forbid_unknown_fields=True):
    kind: ReactionKind


class ReportJson(msgspec.Struct, forbid_unknown_fields=True):
    reason: Annotated[str, msgspec.Meta(max_length=40)]
    text: Annotated[str, msgspec.Meta(max_length=COMMENT_BODY_BYTES)] = ""


@get("/api/v1/stories/{story:str}/comments", summary="A page of a discussion")
async def list_comments(
    request: _Request,
    story: str,
    sort: str | None = None,
    cursor: str | None = None,
    limit: Annotated[int, Parameter(ge=1, le=PAGE_COMMENTS_MAX)] = PAGE_COMMENTS,
) -> Response[PageJson]:
    parts = services(request)
    viewer = await gate.viewer(request)
    found = await parts.stories.discussed(story_id(story), viewer)
    page = await parts.comments.page(
        found.id,
        sort=sort_of(sort, parts.settings.default_sort),
        after=cursors.decode(cursor) if cursor else None,
        limit=limit,
        viewer=viewer.id,
    )
    return _json(page_json(page, viewer, parts.settings.public_url))


@get("/api/v1/comments/{comment:str}", summary="One comment")
async def get_comment(request: _Request, comment: str) -> Response[CommentJson]:
    viewer, found = await _visible(request, comment)
    return _json(comment_json(found, viewer, services(request).settings.public_url))


@get("/api/v1/comments/{comment:str}/replies", summary="Replies of a comment")
async def list_replies(
    request: _Request, comment: str, sort: str | None = None, cursor: str | None = None
) -> Response[PageJson]:
    parts = services(request)
    viewer, parent = await _visible(request, comment)
    page = await parts.comments.replies(
        parent,
        sort=sort_of(sort, parts.settings.default_sort),
        after=cursors.decode(cursor) if cursor else None,
        viewer=viewer.id,
    )
    return _json(page_json(page, viewer, parts.settings.public_url))


@post("/api/v1/stories/{story:str}/comments", summary="Post a comment")
async def add_comment(request: _Request, story: str, data: NewCommentJson, key: Key = None) -> Response[Any]:
    """201 when live, 202 when held; the same key gives the first answer again."""
    return _response(await added(request, story, data, key))


async def added(request: _Request, story: str, data: NewCommentJson, key: str | None) -> Written:
    """What posting does, whoever took the request in: the framework, or `quick_comment`."""
    author = await gate.need(request, Right.COMMENT)
    await gate.limit(request, "post")
    draft = Draft(
        story_id=story_id(story),
        author_id=author.id,
        body=data.body,
        parent_id=comment_id(data.parent_id) if data.parent_id else NO_PARENT,
        key=key or "",
        nudge=from_text(data.nudge),
    )
    return await _written(request, await post_comment(services(request).discussion, draft))


@patch("/api/v1/comments/{comment:str}", summary="Edit a comment", status_code=200)
async def change_comment(request: _Request, comment: str, data: EditJson) -> Response[Any]:
    author = await gate.need(request, Right.COMMENT)
    await gate.limit(request, "post")
    changed = await edit_comment(services(request).discussion, comment_id(comment), author.id, data.body)
    return _response(await _written(request, changed, fresh=200))


@delete("/api/v1/comments/{comment:str}", summary="Withdraw a comment", status_code=200)
async def remove_comment(request: _Request, comment: str) -> Response[CommentJson]:
    author = await gate.need(request, Right.COMMENT)
    await gate.limit(request, "write")
    parts = services(request)
    gone = await withdraw_comment(parts.discussion, comment_id(comment), author)
    return _json(comment_json(gone, await gate.viewer(request), parts.settings.public_url))


@put("/api/v1/comments/{comment:str}/reaction", summary="Respect or disagree")
async def set_reaction(request: _Request, comment: str, data: ReactionJson) -> Response[CommentJson]:
    return await _react(request, comment, data.kind)


@delete("/api/v1/comments/{comment:str}/reaction", summary="Take a reaction back", status_code=200)
async def clear_reaction(request: _Request, comment: str) -> Response[CommentJson]:
    return await _react(request, comment, None)


@post("/api/v1/comments/{comment:str}/reports", summary="Report a comment", status_code=202)
async def add_report(request: _Request, comment: str, data: ReportJson) -> None:
    await gate.limit(request, "report")
    viewer, found = await _visible(request, comment)
    await report_comment(
        services(request).discussion,
        found.id,
        reporter=gate.reporter(request, viewer),
        account_id=viewer.id,
        reason=data.reason,
        text=data.text,
    )


async def _react(request: _Request, comment: str, kind: ReactionKind | None) -> Response[CommentJson]:
    reader = await gate.need(request, Right.COMMENT)
    await gate.limit(request, "react")
    parts = services(request)
    viewer, found = await _visible(request, comment)
    changed = await react(parts.discussion, found.id, reader, kind)
    return _json(comment_json(changed, viewer, parts.settings.public_url))


async def _visible(request: _Request, text: str) -> tuple[Viewer, Comment]:
    """Who asks, and a comment that they may know of.  Raises: NotFound."""
    parts = services(request)
    viewer = await gate.viewer(request)
    found = await parts.comments.get(comment_id(text), viewer.id)
    await parts.stories.discussed(found.story_id, viewer)
    if not may_see(found, viewer):
        raise NotFound
    return viewer, found


async def _written(request: _Request, comment: Comment, *, fresh: int = 201) -> Written:
    status = fresh if comment.state is State.LIVE else 202
    if "text/html" in request.headers.get("accept", ""):
        frame = await frame_of(request, base=gate.base_for(request))
        html = render("fragment.html", comments_fragment(frame, [comment]))
        return Written(status, html.encode(), "text/html; charset=utf-8")
    viewer = await gate.viewer(request)
    body = comment_json(comment, viewer, services(request).settings.public_url)
    return Written(status, msgspec.json.encode(body), "application/json")


def _response(written: Written) -> Response[Any]:
    return Response(written.content, status_code=written.status, media_type=written.media_type, headers=NO_STORE)


def _json(body: Any, status: int = 200) -> Response[Any]:
    return Response(body, status_code=status, headers=NO_STORE)


routes = [
    list_comments,
    get_comment,
    list_replies,
    add_comment,
    change_comment,
    remove_comment,
    set_reaction,
    clear_reaction,
    add_report,
]
