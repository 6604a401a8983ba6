"""What every answer says to browsers about itself.

`Secured` stands outermost, so that pages, ready-made bytes, errors and static files all carry it; a
handler that set a header itself keeps its own.
Source: security research 2.4; OWASP secure headers; Trusted Types.
"""

from moothall.kernel.asgi import App, Headers, Message, Receive, Scope, Send
from moothall.settings import Settings

NO_STORE = {"Cache-Control": "private, no-store"}
"""For everything that depends on who asks."""

PAGE_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self';"
    " connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; object-src 'none';"
    " frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types moothall"
)
_DATA_CSP = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox"
# What host pages load from us; everything else stays with our own pages.
_SHARED = ("/static/", "/avatars/", "/media/", "/embed", "/count.js", "/api/v1/", "/fragments/", "/oembed")
# What script there may read, always without cookies: also the forms that the widget opens as dialogs.
_READABLE = (*_SHARED, "/c/", "/people/")
_YEAR_S = 31_536_000


class Secured:
    """An ASGI app whose every answer carries the security headers."""

    def __init__(self, app: App, settings: Settings) -> None:
        self._app = app
        self._always = _always(settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        path = scope["path"]

        async def secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = self.complete(path, list(message.get("headers", ())))
                if scope["method"] == "OPTIONS" and path.startswith(_READABLE):
                    message["headers"].extend(_PREFLIGHT)
            await send(message)

        return await self._app(scope, receive, secured)

    def complete(self, path: str, headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        """An answer's headers with those that it lacks."""
        present = {name.lower(): value for name, value in headers}
        is_page = present.get(b"content-type", b"").startswith(b"text/html")
        wanted = (*self._always, *(_page(path) if is_page else _DATA), *_sharing(path))
        headers.extend(pair for pair in wanted if pair[0] not in present)
        return headers


def _always(settings: Settings) -> Headers:
    pairs = {
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
        "cache-control": NO_STORE["Cache-Control"],
    }
    if settings.secure:
        pairs["strict-transport-security"] = f"max-age={_YEAR_S}"
    return _encode(pairs)


def _page(path: str) -> Headers:
    return _SIGNIN_PAGE if path.startswith(("/signin", "/account")) else _PAGE


def _sharing(path: str) -> Headers:
    readable = _ANYBODY if path.startswith(_READABLE) else ()
    return (*readable, *(_CROSS_ORIGIN if path.startswith(_SHARED) else _SAME_ORIGIN))


def _encode(pairs: dict[str, str]) -> Headers:
    return tuple((name.encode(), value.encode()) for name, value in pairs.items())


_PAGE = _encode(
    {
        "content-security-policy": PAGE_CSP,
        "referrer-policy": "strict-origin-when-cross-origin",
        "cross-origin-opener-policy": "same-origin-allow-popups",
    }
)
# Addresses here may hold a secret, so that nothing of them leaves this site.  No opener policy: it
# would cut an embed's pop-up off from the page that opened it, which then took it for closed.
_SIGNIN_PAGE = _encode({"content-security-policy": PAGE_CSP, "referrer-policy": "same-origin"})
_DATA = _encode({"content-security-policy": _DATA_CSP, "referrer-policy": "strict-origin-when-cross-origin"})
# A star never goes together with cookies: what a page elsewhere reads is what strangers or its own token read.
_ANYBODY = _encode({"access-control-allow-origin": "*"})
_PREFLIGHT = _encode(
    {
        "access-control-allow-methods": "GET, POST, PUT, PATCH, DELETE",
        "access-control-allow-headers": "Authorization, Content-Type, Idempotency-Key, X-Moothall",
        "access-control-max-age": "86400",
    }
)
_CROSS_ORIGIN = _encode({"cross-origin-resource-policy": "cross-origin"})
_SAME_ORIGIN = _encode({"cross-origin-resource-policy": "same-origin"})
