"""docs/reference/http.md"""

import inspect
from typing import Any, NamedTuple, cast

from litestar.handlers import HTTPRouteHandler
from litestar.routes import HTTPRoute

from moothall.web.application import build_application
from moothall.web.rights import matrix, plain
from moothall.web.services import Services
from scripts.reference.markdown import code, table, top

_SILENT = frozenset({"HEAD", "OPTIONS"})
_ABOUT = """\
What the server answers. *For* says who may ask: everybody, those who are signed in, or those whose role has
the named right ([rights.md](rights.md)). The API describes itself at `/api/v1/openapi.json`; what pages,
fragments and the widget agree on is in [page-contract.md](page-contract.md); errors are in
[errors.md](errors.md)."""


class Route(NamedTuple):
    """One method at one address; `for_whom` is what the matrix says, empty where it says nothing."""

    method: str
    path: str
    summary: str
    in_api: bool


def page() -> str:
    """Every address: the API, the pages, and what answers before the framework."""
    told = matrix()
    parts = [top("HTTP", "src/moothall/web/routes.py", _ABOUT)]
    for heading, some in _groups(routes()):
        rows = [(r.method, code(r.path), told.get(f"{r.method} {r.path}", ""), r.summary) for r in some]
        parts.append(f"## {heading}\n\n" + table(("Method", "Address", "For", "What"), rows))
    return "\n".join(parts)


def routes() -> tuple[Route, ...]:
    """The application's own table, and the addresses that `web/entry.py` answers before it."""
    app = build_application(cast("Services", None))
    found = [
        Route(method, plain(route.path_format), _summary(handler), route.path.startswith("/api/"))
        for route in app.routes
        if isinstance(route, HTTPRoute)
        for handler in route.route_handlers
        for method in handler.http_methods
        if method not in _SILENT
    ]
    return tuple(sorted([*found, *DOORS], key=lambda r: (r.path, r.method)))


DOORS = (
    Route("GET", "/api/v1/stories/{story}/changes", "What changed since an event; for polling.", True),
    Route("GET", "/api/v1/stories/{story}/events", "The live stream (Server-Sent Events).", True),
    Route("GET", "/healthz", "The process runs.", False),
    Route("GET", "/metrics", "Numbers for Prometheus, to programs on this machine only.", False),
    Route("GET", "/readyz", "The site can answer; 503 with the reasons where it cannot.", False),
)


def _groups(found: tuple[Route, ...]) -> list[tuple[str, list[Route]]]:
    return [
        ("API", [r for r in found if r.in_api]),
        ("Pages and forms", [r for r in found if not r.in_api and not _is_console(r) and not _is_piece(r)]),
        ("Console", [r for r in found if _is_console(r)]),
        ("Pieces and files", [r for r in found if _is_piece(r)]),
    ]


def _is_console(route: Route) -> bool:
    return route.path.startswith("/console")


def _is_piece(route: Route) -> bool:
    pieces = ("/fragments/", "/static/", "/avatars/", "/photos/", "/embed", "/count")
    return route.path.startswith(pieces)


def _summary(handler: HTTPRouteHandler) -> str:
    """The handler's summary, else the first line of its own words, else its name in words."""
    function: Any = handler.fn
    doc = (inspect.getdoc(function) or "").partition("\n")[0]
    return (handler.summary or doc or function.__name__.replace("_", " ").capitalize()).rstrip(".") + "."
