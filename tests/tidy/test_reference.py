"""The reference pages say what the code says."""

import ast
import importlib
import inspect
from collections.abc import Callable

import pytest

from moothall.kernel import errors as kernel_errors
from moothall.settings import OidcProvider, Settings
from scripts.reference import FOLDER, PAGES, commands, errors, http, settings


@pytest.mark.parametrize(("name", "page"), PAGES.items())
def test_generated_pages_are_fresh(name: str, page: Callable[[], str]) -> None:
    """What is committed is what the code would write now."""
    written = FOLDER / name
    assert written.exists(), "run `make docs`"
    assert written.read_text("utf-8") == page(), f"docs/reference/{name} is stale: run `make docs`"


def test_every_error_is_in_the_reference() -> None:
    """Whatever the generator does: each class of the tree and each code stands on the page."""
    text = _written("errors.md")
    tree = [
        e for e in vars(kernel_errors).values() if inspect.isclass(e) and issubclass(e, kernel_errors.MoothallError)
    ]
    missing = [e.__name__ for e in tree if f"`{e.__name__}`" not in text or f"`{e.code}`" not in text]
    assert not missing, missing


def test_every_error_has_a_code_of_its_own() -> None:
    """Two errors under one code could not be told apart; a class that only narrows its parent's sight may."""
    own = [e for e in errors.classes() if "code" in vars(e)]
    codes = [e.code for e in own]
    assert sorted(set(codes)) == sorted(codes)


def test_every_setting_says_what_it_means() -> None:
    """Each stands on the page, and none without words."""
    text = _written("settings.md")
    fields = [*Settings.__struct_fields__, *OidcProvider.__struct_fields__]
    assert not [name for name in fields if f"`{name}`" not in text]
    dumb = [line for line in settings.page().splitlines() if line.startswith("| `") and line.endswith("|  |")]
    assert not dumb, f"add Meta(description=…): {dumb}"


def test_every_address_is_in_the_reference() -> None:
    """The application's own table, row by row."""
    text = _written("http.md")
    missing = [r for r in http.routes() if f"| {r.method} | `{r.path}` |" not in text]
    assert not missing, missing


def test_every_command_is_in_the_reference() -> None:
    """And each says what it does."""
    text = _written("commands.md")
    missing = [name for name, command in commands.commands() if f"## {name}\n" not in text or not command.help]
    assert not missing, missing


def test_addresses_before_the_framework_are_described() -> None:
    """The addresses that are answered before the framework are still those of `web/entry.py`."""
    source = inspect.getsource(importlib.import_module("moothall.web.entry"))
    source += inspect.getsource(importlib.import_module("moothall.web.live_route"))
    doors = [r.path for r in http.DOORS]
    for path in doors:
        assert f'"/{path.rpartition("/")[2]}"' in source, path
    written = [text for text in _strings(source) if text.startswith("/") and not text.endswith("/")]
    assert {w.rpartition("/")[2] for w in written} <= {d.rpartition("/")[2] for d in doors}, written


def _written(name: str) -> str:
    return (FOLDER / name).read_text("utf-8")


def _strings(source: str) -> list[str]:
    return [
        n.value for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Constant) and isinstance(n.value, str)
    ]
