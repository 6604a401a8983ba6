"""Answers that a client may keep and ask about again."""

import hashlib
from collections.abc import Mapping
from typing import Any

from litestar import Request, Response

from moothall.web.hot_page import is_known

_Request = Request[Any, Any, Any]


def conditional(request: _Request, body: bytes, *, media_type: str, headers: Mapping[str, str]) -> Response[bytes]:
    """The body with its ETag; 304 to who has it already.

    There is no Last-Modified: what a moderator removes makes a document older, and who asks by time would
    keep it.  Source: RFC 9110, 13.1.2.
    """
    etag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
    shared = {**headers, "ETag": etag}
    if is_known(request.headers.get("if-none-match", "").encode("latin-1", "replace"), etag.encode()):
        return Response(b"", status_code=304, headers=shared, media_type=media_type)
    return Response(body, headers=shared, media_type=media_type)
