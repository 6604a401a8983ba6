"""What the tidy tests look at: our own files, their syntax trees, and the list of exceptions."""

import ast
import gc
import subprocess
import tomllib
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src/moothall"
# What is installed, built, cached or a site's own data; and migrations, which Alembic writes and nobody edits.
NOT_OURS = frozenset(
    {".git", ".venv", "node_modules", "__pycache__", "var", "built", "out", "dist"}
    | {"versions", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis", ".import_linter_cache"}
)
_LIST = ("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
# Nothing that people write is larger.
_TEXT_BYTES = 1_000_000
_EXCEPTIONS = Path(__file__).with_name("exceptions.toml")


class Module(NamedTuple):
    """One Python file; `name` is its path from the repository's root."""

    name: str
    tree: ast.Module


@cache
def our_files() -> tuple[Path, ...]:
    """Every file of the repository, in order, new ones too; without git, whatever lies there."""
    try:
        listed = subprocess.run(_LIST, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    except (OSError, subprocess.CalledProcessError):
        return tuple(sorted(_walk(ROOT)))
    found = {ROOT / name for name in listed if name and not NOT_OURS.intersection(name.split("/"))}
    return tuple(sorted(path for path in found if path.is_file() and not path.is_symlink()))


def name_of(path: Path) -> str:
    """The path as the repository writes it."""
    return path.relative_to(ROOT).as_posix()


def text_of(path: Path) -> str | None:
    """The text of a file; None for one that is not text."""
    if path.stat().st_size > _TEXT_BYTES:
        return None
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        return None


@cache
def modules(folder: str = "src/moothall") -> tuple[Module, ...]:
    """The Python files beneath a folder."""
    return tuple(_parsed(p) for p in our_files() if p.suffix == ".py" and name_of(p).startswith(f"{folder}/"))


@cache
def _parsed(path: Path) -> Module:
    """Parsed once, and told to the collector as here to stay: else it walks all trees again and again."""
    parsed = Module(name_of(path), ast.parse(path.read_text("utf-8")))
    gc.freeze()
    return parsed


@cache
def exceptions(check: str) -> dict[str, dict[str, object]]:
    """What one check lets pass, by pattern of names; each entry has at least a `why`."""
    return dict(all_exceptions()[check])


@cache
def all_exceptions() -> dict[str, dict[str, dict[str, object]]]:
    """The whole list, by check."""
    found = tomllib.loads(_EXCEPTIONS.read_text("utf-8"))
    return {check: names for check, names in found.items() if check != "limit"}


def limit_of_exceptions() -> int:
    """How many there may be."""
    return int(tomllib.loads(_EXCEPTIONS.read_text("utf-8"))["limit"]["count"])


def hold(check: str, found: Iterable[tuple[str, str]], remedy: str) -> None:
    """Fail with every finding that has no exception, and with every exception that nothing needs.

    Args:
        found: name and description of each finding.
        remedy: what to do about one.
    """
    findings = list(found)
    used = {name: {p for p in exceptions(check) if fnmatchcase(name, p)} for name, _ in findings}
    wrong = [f"  {text}" for name, text in findings if not used[name]]
    stale = [f"  {pattern}" for pattern in sorted(exceptions(check).keys() - set().union(*used.values()))]
    told = [f"{len(wrong)} to mend. {remedy}", *wrong] if wrong else []
    told += ["No longer needed in tests/tidy/exceptions.toml:", *stale] if stale else []
    assert not told, "\n" + "\n".join(told)


def _walk(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.name in NOT_OURS or path.is_symlink():
            continue
        if path.is_dir():
            yield from _walk(path)
        elif path.suffix != ".pyc":
            yield path
