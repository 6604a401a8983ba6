"""Who may ask for which address: `rights.toml`, from which come the checks, the documentation and the tests.

An address that is not in it keeps the server from starting.  The newsroom's rights are asked for before any handler
runs; a reader's own are asked for where they are used, because what was typed may have to be kept first.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from litestar.routes import ASGIRoute, HTTPRoute, WebSocketRoute

from moothall.people.model import Role
from moothall.people.role import RIGHTS, Right

MATRIX = Path(__file__).with_name("rights.toml")
_SILENT = frozenset({"HEAD", "OPTIONS"})
_STAFF = {right.value: right for right in Right if right not in RIGHTS[Role.TRUSTED]}


class RightUndeclared(Exception):
    """At start: addresses of which nobody said who may ask."""

    def __init__(self, missing: Iterable[str]) -> None:
        super().__init__(f"say in {MATRIX.name} who may ask for: {', '.join(sorted(missing))}")


@cache
def matrix() -> Mapping[str, str]:
    """`METHOD /address` to `public`, `signed in`, `newsroom key` or a right."""
    found = tomllib.loads(MATRIX.read_text("utf-8"))
    return {f"{method} {path}": who for path, methods in found.items() for method, who in methods.items()}


def plain(path: str) -> str:
    """`{story:str}` as `{story}`."""
    return re.sub(r"\{(\w+):\w+\}", r"{\1}", path) or "/"


def check_declared(routes: Iterable[HTTPRoute | ASGIRoute | WebSocketRoute]) -> None:
    """Raises: RightUndeclared."""
    missing = set(_rows(routes)) - set(matrix())
    if missing:
        raise RightUndeclared(missing)


def of_staff(method: str, path: str) -> Right | None:
    """The newsroom's right that an address asks for; None where it asks for none.

    Args: path: as the framework has it, `/c/{comment:str}`.
    """
    return _of_staff("GET" if method == "HEAD" else method, path)


@cache
def _of_staff(method: str, path: str) -> Right | None:
    return _STAFF.get(matrix().get(f"{method} {plain(path)}", ""))


def _rows(routes: Iterable[HTTPRoute | ASGIRoute | WebSocketRoute]) -> Iterator[str]:
    for route in routes:
        if isinstance(route, HTTPRoute):
            for handler in route.route_handlers:
                yield from (f"{method} {plain(route.path_format)}" for method in handler.http_methods - _SILENT)
