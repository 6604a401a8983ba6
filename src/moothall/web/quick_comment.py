"""The write that must bear the most, without the framework's own way to it.

Everything that decides anything is what the framework's route asks too: the gate, the handler's body, the
door of errors.  What is left out is routing, parameters and signatures: a fifth of a comment's CPU.
"""

from collections.abc import Awaitable
from typing import Any, cast

import msgspec
from litestar import Litestar, Request

from moothall.kernel.asgi import App, Receive, Scope, Send, answer
from moothall.kernel.errors import Invalid
from moothall.web import errors, gate
from moothall.web.api import comments
from moothall.web.headers import NO_STORE

_BEFORE, _AFTER = "/api/v1/stories/", "/comments"
_HEADERS = tuple((name.lower().encode(), value.encode()) for name, value in NO_STORE.items())
_decode = msgspec.json.Decoder(comments.NewCommentJson).decode
_Request = Request[Any, Any, Any]


class QuickComment:
    """Answers `POST /api/v1/stories/ID/comments`; whatever else comes goes on to the framework."""

    def __init__(self, app: Litestar) -> None:
        self._app = app
        self._handler = _registered(app)

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        story = _story_in(scope)
        if story is None:
            return cast("App", self._app)(scope, receive, send)
        return self._take(story, scope, receive, send)

    async def _take(self, story: str, scope: Scope, receive: Receive, send: Send) -> None:
        scope["app"] = scope["litestar_app"] = self._app
        scope["route_handler"] = self._handler
        scope["path_params"] = {"story": story}
        scope.setdefault("state", {})
        request: _Request = Request(cast("Any", scope), cast("Any", receive), cast("Any", send))
        try:
            written = await _written(request, story)
        except Exception as wrong:  # noqa: BLE001 - the door of errors answers all of them
            response = errors.answer(request, wrong).to_asgi_response(app=None, request=request)
            await response(cast("Any", scope), cast("Any", receive), cast("Any", send))
        else:
            await answer(
                send, written.status, written.content, (*_HEADERS, (b"content-type", written.media_type.encode()))
            )


async def _written(request: _Request, story: str) -> comments.Written:
    await gate.before(request)
    try:
        data = _decode(await request.body())
    except (msgspec.DecodeError, UnicodeDecodeError) as wrong:
        raise Invalid from wrong
    return await comments.added(request, story, data, request.headers.get("idempotency-key"))


def _story_in(scope: Scope) -> str | None:
    """The id as it stands in the path."""
    if scope["type"] != "http" or scope["method"] != "POST":
        return None
    path: str = scope["path"]
    if not (path.startswith(_BEFORE) and path.endswith(_AFTER)):
        return None
    story = path[len(_BEFORE) : -len(_AFTER)]
    return story if story and "/" not in story else None


def _registered(app: Litestar) -> Any:
    """The handler as the app knows it, with the limits of all layers."""
    for route in app.routes:
        for handler in getattr(route, "route_handlers", ()):
            if handler.fn is comments.add_comment.fn:
                return handler
    raise LookupError("nothing posts comments")
