"""Everything public says what its signature cannot."""

import ast
import re
from collections.abc import Iterator
from functools import cache

from tests.tidy.ground import hold, modules

_VERBS = frozenset({"get", "post", "put", "patch", "delete"})
_EMPTY = frozenset(
    {"a", "an", "and", "are", "by", "for", "from", "in", "is", "its", "of", "on", "the", "this", "to"}
)
_SLEEPS = frozenset({"sleep", "time.sleep", "asyncio.sleep", "anyio.sleep"})
Documented = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def test_public_things_are_documented() -> None:
    """By a docstring, or by what serves as one."""
    found = [(f"{m}:{n}", f"{m}:{node.lineno} {n}") for m, n, node in _public() if not _says_itself(m, n, node)]
    hold("docstrings", found, "Say in one line what the signature cannot.")


def test_docstrings_say_more_than_the_name() -> None:
    """`def close_story: Close the story.` helps nobody."""
    found = []
    for module, name, node in _public():
        text = ast.get_docstring(node) or ""
        if text and not _words(text.partition("\n")[0]) - _words(name) and len(text.splitlines()) == 1:
            found.append((f"{module}:{name}", f"{module}:{node.lineno} {name}: {text}"))
    hold("echoes", found, "Say what the name does not, or let the name be enough in a private function.")


def test_tests_state_behaviour() -> None:
    """Each test says in one sentence what holds."""
    found = []
    for module in modules("tests"):
        for node in ast.walk(module.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
                first = (ast.get_docstring(node) or "").strip()
                if not first.endswith((".", "?", "!", "…", "”")):
                    found.append((f"{module.name}:{node.name}", f"{module.name}:{node.lineno} {node.name}"))
    hold("test_docstrings", found, "Write one sentence: what holds, not how it is tested.")


def test_no_test_sleeps() -> None:
    """Waiting for a duration is either too short or too long; only a loop that asks again may pause."""
    found = [
        (module.name, f"{module.name}:{call.lineno}")
        for module in modules("tests")
        for call in _pauses(module.tree)
        if not (call.args and isinstance(call.args[0], ast.Constant) and call.args[0].value == 0)
    ]
    hold("sleeps", found, "Wait for a condition.")


def _pauses(node: ast.AST) -> Iterator[ast.Call]:
    """Calls of sleep outside of loops."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.While | ast.For | ast.AsyncFor):
            continue
        if isinstance(child, ast.Call) and ast.unparse(child.func) in _SLEEPS:
            yield child
        yield from _pauses(child)


def _public() -> Iterator[tuple[str, str, Documented]]:
    for module in modules():
        yield from ((module.name, name, node) for name, node in _within(module.tree, ""))


def _within(parent: ast.Module | ast.ClassDef, prefix: str) -> Iterator[tuple[str, Documented]]:
    for node in parent.body:
        if not isinstance(node, Documented) or node.name.startswith("_"):
            continue
        yield prefix + node.name, node
        if isinstance(node, ast.ClassDef):
            yield from _within(node, f"{prefix}{node.name}.")


def _says_itself(module: str, name: str, node: Documented) -> bool:
    """A docstring, or: a handler's summary, an error's own text, a plain property, a port's words."""
    if ast.get_docstring(node):
        return True
    if isinstance(node, ast.ClassDef):
        return any(isinstance(n, ast.Assign) and ast.unparse(n.targets[0]) == "text" for n in node.body)
    if any(isinstance(d, ast.Call) and _is_summed_up(d) for d in node.decorator_list):
        return True
    if any("property" in ast.unparse(d) for d in node.decorator_list):
        return len(node.body) == 1
    owner, _, method = name.rpartition(".")
    return bool(owner) and (method in _port_words() or method in _function_words(module.rpartition("/")[0]))


def _is_summed_up(call: ast.Call) -> bool:
    verb = isinstance(call.func, ast.Name) and call.func.id in _VERBS
    return verb and any(keyword.arg == "summary" for keyword in call.keywords)


@cache
def _port_words() -> frozenset[str]:
    """Methods that a Protocol documents; what implements them need not say it again."""
    return frozenset(
        method.name
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ClassDef) and any("Protocol" in ast.unparse(base) for base in node.bases)
        for method in node.body
        if isinstance(method, ast.FunctionDef | ast.AsyncFunctionDef) and ast.get_docstring(method)
    )


@cache
def _function_words(folder: str) -> frozenset[str]:
    """Functions that a room documents; a method of the same name that hands on to one need not."""
    return frozenset(
        node.name
        for module in modules(folder)
        for node in module.tree.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and ast.get_docstring(node)
    )


def _words(text: str) -> frozenset[str]:
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text).lower()
    return frozenset(word.rstrip("s") for word in re.findall(r"[a-z]+|\d+", spaced)) - _EMPTY
