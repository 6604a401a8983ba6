"""What a comment will look like: the same door as a posted one."""

from typing import Any

import msgspec
from litestar import Request, Response, post

from moothall.discussion.body import render
from moothall.discussion.rules import check_body
from moothall.web import gate
from moothall.web.api.comments import EditJson
from moothall.web.headers import NO_STORE


class PreviewJson(msgspec.Struct, frozen=True):
    html: str


@post("/api/v1/preview", summary="Preview a comment", status_code=200)
async def preview(request: Request[Any, Any, Any], data: EditJson) -> Response[PreviewJson]:
    await gate.limit(request, "write")
    return Response(PreviewJson(render(check_body(data.body))), headers=NO_STORE)


routes = [preview]
