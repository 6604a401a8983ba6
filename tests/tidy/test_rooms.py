"""Who may import whom, and what only one room may touch."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from fnmatch import fnmatch

from tests.tidy.ground import ROOT, modules

# A package, and the only places that may import it.
ONLY_IN = {
    "litestar": ("src/moothall/web/*", "src/moothall/app.py"),
    "sqlalchemy": ("src/moothall/store/*",),
    "sqlite3": ("src/moothall/store/*", "src/moothall/upkeep/*"),
    "psycopg": ("src/moothall/store/*",),
    "minijinja": ("src/moothall/web/*",),
    "click": ("src/moothall/cli.py", "src/moothall/commands/*"),
}
# What the rules of a room may not reach for: it arrives as an argument.
_EFFECTS = frozenset(
    {"asyncio", "httpx", "os", "pathlib", "random", "secrets", "socket", "sqlalchemy", "structlog", "time"}
    | {"moothall.settings", "moothall.store", "moothall.web.gate", "moothall.web.services"}
)
PURE = (
    "src/moothall/*/model.py",
    "src/moothall/discussion/access.py",
    "src/moothall/discussion/body.py",
    "src/moothall/discussion/ranking.py",
    "src/moothall/discussion/rules.py",
    "src/moothall/discussion/thread.py",
    "src/moothall/discussion/verdict.py",
    "src/moothall/moderation/phases/*.py",
    "src/moothall/people/role.py",
    "src/moothall/people/session.py",
    "src/moothall/web/pages/view*.py",
)


def test_rooms_import_only_to_the_right() -> None:
    """The contract in pyproject.toml, as the import linter reads it."""
    program = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_each_tool_stays_in_its_room() -> None:
    """The framework inside web/, SQL inside store/, and so on."""
    wrong = [
        f"{name} imports {package}"
        for name, package in _imports()
        for places in [ONLY_IN.get(package.partition(".")[0])]
        if places and not _is_any(name, places)
    ]
    assert not wrong, wrong


def test_rules_reach_for_nothing() -> None:
    """No clock, randomness, network, file, SQL, settings or log where decisions are made."""
    wrong = [
        f"{name} imports {package}"
        for name, package in _imports()
        if _is_any(name, PURE) and any(package == e or package.startswith(f"{e}.") for e in _EFFECTS)
    ]
    assert not wrong, wrong


def test_every_pure_file_is_still_there() -> None:
    """A renamed file does not slip out of the rule above."""
    names = [module.name for module in modules()]
    gone = [pattern for pattern in PURE if not any(fnmatch(name, pattern) for name in names)]
    assert not gone, gone


def _imports() -> Iterator[tuple[str, str]]:
    for module in modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Import):
                yield from ((module.name, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield module.name, node.module


def _is_any(name: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatch(name, pattern) for pattern in patterns)
