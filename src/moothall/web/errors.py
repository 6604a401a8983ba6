"""The one door of errors: every named error becomes a page for people or a problem document for programs.

Source: RFC 9457, problem details for HTTP APIs.
"""

from typing import Any
from urllib.parse import quote

import msgspec
import structlog
from litestar import Request, Response
from litestar.exceptions import (
    ClientException,
    HTTPException,
    MethodNotAllowedException,
    NotFoundException,
    ValidationException,
)
from litestar.exceptions.http_exceptions import RequestEntityTooLarge

from moothall.kernel.errors import (
    Invalid,
    MoothallError,
    NotFound,
    NudgeFirst,
    Refused,
    RequestTooLarge,
    SecondFactorNeeded,
    TooMany,
    Unavailable,
)
from moothall.kernel.ids import to_text
from moothall.kernel.limits import REQUEST_BODY_BYTES, RETRY_AFTER_S
from moothall.moderation.standards import rule_of
from moothall.web.forms import typed
from moothall.web.frame import frame_of_error, words_of
from moothall.web.headers import NO_STORE
from moothall.web.pages import view_plain
from moothall.web.render import render

log = structlog.get_logger("moothall.web")
_Request = Request[Any, Any, Any]
_PROBLEM = "application/problem+json"


class NudgeJson(msgspec.Struct):
    """What its author is asked about; sent back as `nudge`, the text is published."""

    id: str
    rule: str
    start: int
    end: int


class Problem(msgspec.Struct, omit_defaults=True):
    """RFC 9457 with our extensions: `code` is stable, `field` names a form's field."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    field: str | None = None
    retry_after: int | None = None
    nudge: NudgeJson | None = None


class MethodRefused(Refused):
    code, status = "method_not_allowed", 405
    text = "This address does not take that kind of request."


class Internal(MoothallError):
    """What nobody foresaw; its details are in the log, never in the answer."""


def answer(request: _Request, error: Exception) -> Response[Any]:
    """The answer to any error that a handler raised."""
    named = _named(request, error)
    if named.status >= 500 and not isinstance(named, Unavailable):
        log.error("unforeseen", path=request.url.path, exc_info=error)
    headers = dict(NO_STORE)
    retry_s = _retry_after(named)
    if retry_s is not None:
        headers["Retry-After"] = str(retry_s)
    if isinstance(named, SecondFactorNeeded) and request.method == "GET" and wants_page(request):
        there = f"/signin/second?next={quote(request.url.path, safe='/')}"
        return Response(b"", status_code=303, headers={**headers, "Location": there})
    if wants_page(request):
        html = render("error.html", view_plain.error_page(frame_of_error(request), named, kept=typed(request)))
        return Response(html, status_code=named.status, media_type="text/html", headers=headers)
    body = msgspec.json.encode(problem(named, view_plain.plain_text(words_of(request), named)))
    return Response(body, status_code=named.status, media_type=_PROBLEM, headers=headers)


def problem(error: MoothallError, detail: str) -> Problem:
    """The problem document of an error; `detail` is its text in the reader's language."""
    return Problem(
        type=f"/docs/errors#{error.code}",
        title=type(error).__name__,
        status=error.status,
        code=error.code,
        detail=detail,
        field=error.field,
        retry_after=_retry_after(error),
        nudge=_nudge(error),
    )


def _nudge(error: MoothallError) -> NudgeJson | None:
    if not isinstance(error, NudgeFirst):
        return None
    rule = rule_of(str(error.params["rule"]))
    start, end = int(error.params["start"]), int(error.params["end"])
    return NudgeJson(to_text(int(error.params["nudge"])), rule.number if rule else "", start, end)


def wants_page(request: _Request) -> bool:
    """Whether a person's browser asked, and not a program or the widget."""
    path = request.url.path
    if path.startswith(("/api/", "/fragments/")) or request.headers.get("x-moothall"):
        return False
    return "text/html" in request.headers.get("accept", "") or request.method == "POST"


def _named(request: _Request, error: Exception) -> MoothallError:
    match error:
        case MoothallError():
            return error
        case NotFoundException():
            return NotFound()
        case MethodNotAllowedException():
            return MethodRefused()
        case RequestEntityTooLarge():
            return RequestTooLarge(
                limit=request.route_handler.resolve_request_max_body_size() or REQUEST_BODY_BYTES
            )
        case ValidationException() | ClientException():
            return Invalid() if error.status_code == 400 else Refused()
        case HTTPException() if error.status_code < 500:
            return Refused()
        case RecursionError():
            return Invalid()  # a document nested deeper than any of ours
    return Internal()


def _retry_after(error: MoothallError) -> int | None:
    if isinstance(error, TooMany):
        return int(error.params.get("seconds", RETRY_AFTER_S))
    return RETRY_AFTER_S if error.retry else None
