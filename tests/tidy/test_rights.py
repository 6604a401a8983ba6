"""Every address has a right, written down, and its handler asks for it."""

import ast
import inspect
import textwrap
from collections.abc import Iterator
from functools import cache
from typing import Any, cast

from litestar.routes import HTTPRoute

from moothall.people.role import Right
from moothall.web import gate
from moothall.web.application import build_application
from moothall.web.rights import matrix, plain
from moothall.web.services import Services
from scripts.reference import http

# What a handler calls for each kind of right that is not a role's.
_PUBLIC, _SIGNED_IN, _KEY = "public", "signed in", "newsroom key"


def test_every_address_is_in_the_matrix() -> None:
    """A new route says in web/rights.toml who may ask; one that went is taken out."""
    real = {f"{r.method} {r.path}" for r in http.routes()}
    told = set(matrix())
    assert not real - told, f"say who may ask, in web/rights.toml: {sorted(real - told)}"
    assert not told - real, f"no longer answered: {sorted(told - real)}"


def test_the_matrix_names_real_rights() -> None:
    """`public`, `signed in`, `newsroom key`, or a right of people/role.py."""
    known = {_PUBLIC, _SIGNED_IN, _KEY, *(right.value for right in Right)}
    assert not {who: row for row, who in matrix().items() if who not in known}


def test_handlers_ask_for_the_right_of_the_matrix() -> None:
    """Read from the code: what a handler, and what it calls in web/, asks of the gate."""
    told = matrix()
    wrong = [
        f"{row}: the matrix says {told[row]!r}, {where} asks for {sorted(asked) or 'nothing'}"
        for row, where, asked in _asked()
        if row in told and not _fits(told[row], asked)
    ]
    assert not wrong, "\n".join(wrong)


def test_a_keyed_route_takes_no_cookie() -> None:
    """What skips the forgery check must be a route that asks for a newsroom key."""
    app = build_application(cast("Services", None))
    keyed = {row for row, handler in _handlers(app.routes) if handler.opt.get(gate.KEYED)}
    assert keyed == {row for row, who in matrix().items() if who == _KEY}


def _fits(told: str, asked: frozenset[str]) -> bool:
    """Handlers of public addresses may ask for a session on the way, when one joins identities."""
    return asked <= {_SIGNED_IN} if told == _PUBLIC else asked - {_SIGNED_IN} == {told} - {_SIGNED_IN}


def _asked() -> Iterator[tuple[str, str, frozenset[str]]]:
    for row, handler in _handlers(build_application(cast("Services", None)).routes):
        function = handler.fn
        if function.__module__.startswith("moothall."):
            yield row, f"{function.__module__}.{function.__name__}", _asks(function, frozenset())


def _handlers(routes: Any) -> Iterator[tuple[str, Any]]:
    for route in routes:
        if isinstance(route, HTTPRoute):
            for handler in route.route_handlers:
                for method in handler.http_methods - {"HEAD", "OPTIONS"}:
                    yield f"{method} {plain(route.path_format)}", handler


def _asks(function: Any, seen: frozenset[str]) -> frozenset[str]:
    """Rights asked for by a function and by those of web/ that it calls by name."""
    name = f"{function.__module__}.{function.__qualname__}"
    if name in seen:
        return frozenset()
    asked: set[str] = set()
    for node in ast.walk(_tree(function)):
        match node:
            case ast.Call(func=ast.Attribute(attr="need"), args=[_, ast.Attribute(attr=right)]):
                asked.add(Right[right].value)
            case ast.Call(func=ast.Attribute(attr="need_session")):
                asked.add(_SIGNED_IN)
            case ast.Call(func=ast.Name(id="need_key")):
                asked.add(_KEY)
            case ast.Call(func=ast.Name(id=called)):
                found = inspect.unwrap(function).__globals__.get(called)
                if inspect.isfunction(found) and found.__module__.startswith("moothall.web"):
                    asked |= _asks(found, seen | {name})
    return frozenset(asked)


@cache
def _tree(function: Any) -> ast.Module:
    return ast.parse(textwrap.dedent(inspect.getsource(function)))
