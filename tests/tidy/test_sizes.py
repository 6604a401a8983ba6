"""Files and functions stay small enough to be read at once."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.tidy.ground import exceptions, hold, modules, name_of, our_files

FILE_LINES = 400
FUNCTION_LINES = 50
POSITIONAL = 5
DECISION_LINES = 60
_CODE = frozenset({".py", ".ts", ".mjs", ".js", ".css", ".html", ".c", ".sh"})
_FOLDERS = ("src/moothall", "tests", "bench", "scripts")
# A line that opens a function's braces, in the TypeScript and JavaScript that formatters write.
_OPENS = re.compile(r"^(\s*)(?!if|for|while|switch|else|try|catch|do\b)\S.*(\)|=>|\)\s*:\s*[^=;{]+)\s*\{$")
Function = ast.FunctionDef | ast.AsyncFunctionDef


def test_files_stop_at_400_lines() -> None:
    """Code, styles and templates alike; aim for under 80."""
    hold("file_lines", _long_files(), "One thought a file: split it.")


def test_functions_stop_at_50_lines() -> None:
    """Docstrings not counted; aim for 10."""
    found = [*_long_python(), *_long_script()]
    hold("function_lines", found, "Decide in the parent, compute in pure leaves.")


def test_at_most_five_positional_parameters() -> None:
    """Past two, keyword-only says at the call what is what."""
    hold("positional", _many_parameters(), "Make them keyword-only, or give them a type of their own.")


def test_decision_records_fit_60_lines() -> None:
    """A decision that takes longer to tell is several."""
    long = [name_of(p) for p in our_files() if _is_record(p) and _count(p) > DECISION_LINES]
    assert not long, f"shorten to {DECISION_LINES} lines: {long}"


def _long_files() -> Iterator[tuple[str, str]]:
    for path in our_files():
        if path.suffix not in _CODE:
            continue
        name, count = name_of(path), _count(path)
        # An excepted file may not grow either.
        if count > int(str(exceptions("file_lines").get(name, {}).get("at_most", 0))) and count > FILE_LINES:
            yield (f"{name} grew" if name in exceptions("file_lines") else name), f"{name}: {count} lines"
        elif count > FILE_LINES:
            yield name, name


def _long_python() -> Iterator[tuple[str, str]]:
    for name, function in _functions():
        first = function.body[0]
        documented = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
        doc = (first.end_lineno or 0) - first.lineno + 1 if documented else 0
        lines = (function.end_lineno or 0) - function.lineno + 1 - doc
        if lines > FUNCTION_LINES:
            yield f"{name}:{function.name}", f"{name}:{function.lineno} {function.name}: {lines} lines"


def _long_script() -> Iterator[tuple[str, str]]:
    for path in our_files():
        if path.suffix not in {".ts", ".mjs", ".js"}:
            continue
        lines = path.read_text("utf-8").splitlines()
        for at, line in enumerate(lines):
            opened = _OPENS.match(line)
            if not opened:
                continue
            end = next((i for i in range(at + 1, len(lines)) if lines[i].startswith(f"{opened[1]}}}")), at)
            if end - at + 1 > FUNCTION_LINES:
                yield f"{name_of(path)}:{at + 1}", f"{name_of(path)}:{at + 1}: {end - at + 1} lines"


def _many_parameters() -> Iterator[tuple[str, str]]:
    for name, function in _functions():
        given = [a for a in [*function.args.posonlyargs, *function.args.args] if a.arg not in {"self", "cls"}]
        if len(given) > POSITIONAL and not _is_handler(function) and not _is_test(function):
            yield f"{name}:{function.name}", f"{name}:{function.lineno} {function.name}: {len(given)}"


def _functions() -> Iterator[tuple[str, Function]]:
    for folder in _FOLDERS:
        for module in modules(folder):
            for node in ast.walk(module.tree):
                if isinstance(node, Function):
                    yield module.name, node


def _is_handler(function: Function) -> bool:
    """The framework passes a handler's parameters by name."""
    verbs = {"get", "post", "put", "patch", "delete"}
    calls = [d.func for d in function.decorator_list if isinstance(d, ast.Call)]
    return any(isinstance(call, ast.Name) and call.id in verbs for call in calls)


def _is_test(function: Function) -> bool:
    """And the test runner passes a test's."""
    return function.name.startswith("test_")


def _is_record(path: Path) -> bool:
    return name_of(path).startswith("docs/decisions/") and path.suffix == ".md"


def _count(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())
