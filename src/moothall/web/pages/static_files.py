"""Styles, scripts, the embed's loaders: files of the package, nothing else."""

import mimetypes
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import brotli  # type: ignore[import-untyped]
from litestar import Request, Response, get

from moothall.kernel.errors import NotFound
from moothall.web.styles import STATIC, sheet

_Request = Request[Any, Any, Any]
_FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}
# Host pages name these without a version: an hour old is fine, a year is not.
_HOUR = {"Cache-Control": "public, max-age=3600"}
_HASHED = re.compile(r"^built/\w+-[0-9a-f]{10}\.js$")
# Longer names and NUL are errors of the file system.
_LONGEST = 200
_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}


@get("/static/{path:path}", include_in_schema=False)
async def static(request: _Request, path: Path) -> Response[bytes]:
    """Styles, scripts and pictures of the package."""
    named = str(path).lstrip("/")
    versioned = "v" in request.query_params or _HASHED.search(named) is not None
    return _answer(request, named, _FOR_EVER if versioned else _HOUR)


@get("/embed.js", include_in_schema=False)
async def embed(request: _Request) -> Response[bytes]:
    """The element for host pages."""
    return _answer(request, "built/embed.js", _HOUR)


@get("/count.js", include_in_schema=False)
async def count(request: _Request) -> Response[bytes]:
    """Comment counts for host pages."""
    return _answer(request, "built/count.js", _HOUR)


@get("/favicon.ico", include_in_schema=False)
async def favicon(request: _Request) -> Response[bytes]:
    """The icon that browsers ask for by themselves."""
    return _answer(request, "icon.svg", _HOUR)


def _answer(request: _Request, name: str, cache: dict[str, str]) -> Response[bytes]:
    packs = "br" in request.headers.get("accept-encoding", "")
    data, kind, packed = _file(name, packs)
    headers = {**cache, "Vary": "Accept-Encoding"} | ({"Content-Encoding": "br"} if packed else {})
    return Response(data, media_type=kind, headers=headers)


@lru_cache(maxsize=128)
def _file(name: str, packs: bool) -> tuple[bytes, str, bool]:
    """Bytes, type and whether they are packed.  Raises: NotFound for anything outside the folder."""
    if len(name) > _LONGEST or not name.isprintable():
        raise NotFound
    path = (STATIC / name).resolve()
    if path.suffix == ".css":
        return _style(name, packs)
    if not path.is_relative_to(STATIC) or not path.is_file():
        raise NotFound
    kind = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    data = path.read_bytes()
    if not packs or (kind.startswith("image/") and path.suffix != ".svg"):
        return data, kind, False
    return brotli.compress(data, quality=11), kind, True


def _style(name: str, packs: bool) -> tuple[bytes, str, bool]:
    """A style sheet, or several joined.  Raises: NotFound."""
    data = sheet(name)
    if data is None:
        raise NotFound
    return (brotli.compress(data, quality=11) if packs else data), _TYPES[".css"], packs


routes = [static, embed, count, favicon]
