"""Every address has a right, written down, and its handler asks for it."""

import ast
import inspect
from collections.abc import Iterator
from functools import cache
from types import ModuleType
from typing import Any, cast

from litestar.routes import HTTPRoute

from moothall.people.role import Right
from moothall.web import gate
from moothall.web.application import build_application
from moothall.web.services import Services
from scripts.reference import http
from scripts.reference.rights import matrix

# What a handler calls for each kind of right that is not a role's.
_PUBLIC, _SIGNED_IN, _KEY = "public", "signed in", "newsroom key"


def test_every_address_is_in_the_matrix() -> None:
    """A new route says in tests/tidy/rights.toml who may ask; one that went is taken out."""
    real = {f"{r.method} {r.path}" for r in http.routes()}
    told = set(matrix())
    assert not real - told, f"say who may ask, in tests/tidy/rights.toml: {sorted(real - told)}"
    assert not told - real, f"no longer answered: {sorted(told - real)}"


def test_the_matrix_names_real_rights() -> None:
    """`public`, `signed in`, `newsroom key`, or a right of people/role.py."""
    known = {_PUBLIC, _SIGNED_IN, _KEY, *(right.value for right in Right)}
    assert not {who: row for row, who in matrix().items() if who not in known}


def test_handlers_ask_for_the_right_of_the_matrix() -> None:
    """What a handler and the functions it calls in its own module ask of the gate."""
    told = matrix()
    wrong = [
        f"{row}: the matrix says {told[row]!r}, {where} asks for {sorted(asked) or 'nothing'}"
        for row, where, asked in _asked()
        if row in told and asked != ({told[row]} - {_PUBLIC})
    ]
    assert not wrong, "\n".join(wrong)


def test_a_keyed_route_takes_no_cookie() -> None:
    """What skips the forgery check must be a route that asks for a newsroom key."""
    app = build_application(cast("Services", None))
    keyed = {row for row, handler in _handlers(app.routes) if handler.opt.get(gate.KEYED)}
    assert keyed == {row for row, who in matrix().items() if who == _KEY}


def _asked() -> Iterator[tuple[str, str, set[str]]]:
    for row, handler in _handlers(build_application(cast("Services", None)).routes):
        module = inspect.getmodule(handler.fn)
        if module is not None and module.__name__.startswith("moothall."):
            yield row, f"{module.__name__}.{handler.fn.__name__}", _asks(module, handler.fn.__name__, frozenset())


def _handlers(routes: Any) -> Iterator[tuple[str, Any]]:
    for route in routes:
        if isinstance(route, HTTPRoute):
            for handler in route.route_handlers:
                for method in handler.http_methods - {"HEAD", "OPTIONS"}:
                    yield f"{method} {http.plain(route.path_format)}", handler


def _asks(module: ModuleType, name: str, seen: frozenset[str]) -> set[str]:
    """Rights asked for by a function, following calls of functions of the same module."""
    function = _functions(module).get(name)
    if function is None or name in seen:
        return set()
    asked: set[str] = set()
    for node in ast.walk(function):
        match node:
            case ast.Attribute(value=ast.Name(id="Right"), attr=right):
                asked.add(Right[right].value)
            case ast.Attribute(value=ast.Name(id="gate"), attr="need_session"):
                asked.add(_SIGNED_IN)
            case ast.Attribute(value=ast.Name(id="gate"), attr="need_key"):
                asked.add(_KEY)
            case ast.Call(func=ast.Name(id=called)):
                asked |= _asks(module, called, seen | {name})
    return asked


@cache
def _functions(module: ModuleType) -> dict[str, ast.AST]:
    tree = ast.parse(inspect.getsource(module))
    return {n.name: n for n in tree.body if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)}
