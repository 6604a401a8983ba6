"""The two cookies: one of a session, one of a sign-in that has begun.  None is set before.

`__Host-` binds a cookie to this very host over HTTPS.  Chromium 156 and curl also keep it on
http://localhost and http://127.0.0.1; Safari and Python's clients do not send it there.  A site served
over plain HTTP therefore sets a second one without that protection, for trying things out.
"""

from typing import Any, Literal

from litestar import Request, Response
from litestar.datastructures import Cookie

from moothall.kernel.limits import SECOND_MS
from moothall.settings import Settings

Name = Literal["moothall", "moothall-start"]
SESSION: Name = "moothall"
START: Name = "moothall-start"
_Request = Request[Any, Any, Any]


def read(request: _Request, settings: Settings, name: Name) -> str | None:
    """The value of a cookie of ours; an unprefixed one counts only over plain HTTP."""
    for key, _ in _forms(settings, name):
        value = request.cookies.get(key)
        if value:
            return value
    return None


def write(response: Response[Any], settings: Settings, name: Name, value: str, *, life_ms: int) -> None:
    """Set a cookie; a life of 0 takes it away."""
    for key, secure in _forms(settings, name):
        response.set_cookie(
            Cookie(
                key=key,
                value=value,
                max_age=life_ms // SECOND_MS,
                path="/",
                secure=secure,
                httponly=True,
                samesite="lax",
            )
        )


def remove(response: Response[Any], settings: Settings, name: Name) -> None:
    """Take a cookie away."""
    write(response, settings, name, "", life_ms=0)


def _forms(settings: Settings, name: Name) -> tuple[tuple[str, bool], ...]:
    prefixed = (f"__Host-{name}", True)
    return (prefixed,) if settings.secure else (prefixed, (f"{name}_dev", False))
