"""The map is true: every path that our own pages name is there."""

import re
from collections.abc import Iterator

import pytest

from tests.tidy.ground import ROOT, SRC, name_of, our_files

_TICKED = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_PATH = re.compile(r"[\w.*-]+(?:/[\w.*-]+)*/?")
_ENDINGS = (".py", ".ts", ".md", ".toml", ".html", ".css", ".mjs", ".json", ".lock", ".sh")
_PAGES = ("ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md", "README.md", "GLOSSARY.md")
# What a running site or a build makes; named in the pages, never in the repository.
_MADE = re.compile(r"^(?:var|\.venv|src/moothall/web/static/built|moothall\.toml|manifest\.json)\b")


def _pages() -> list[str]:
    docs = [name_of(p) for p in our_files() if name_of(p).startswith("docs/") and p.suffix == ".md"]
    return [name for name in [*_PAGES, *docs] if (ROOT / name).exists()]


@pytest.mark.parametrize("page", _pages())
def test_paths_named_in_pages_exist(page: str) -> None:
    """A file in backquotes is in the repository, or in the package that all paths are told from."""
    missing = [path for path in _named(page) if not _is_there(path)]
    assert not missing, f"{page} names what is not there: {missing}"


@pytest.mark.parametrize("page", _pages())
def test_links_between_pages_lead_somewhere(page: str) -> None:
    """Relative links, from the folder of the page."""
    folder = (ROOT / page).parent
    links = [link.partition("#")[0] for link in _LINK.findall((ROOT / page).read_text("utf-8"))]
    broken = [link for link in links if link and "://" not in link and not (folder / link).exists()]
    assert not broken, f"{page} links to what is not there: {broken}"


def test_every_room_is_on_the_map() -> None:
    """A new room is introduced in ARCHITECTURE.md."""
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    rooms = [p.name for p in SRC.iterdir() if p.is_dir() and (p / "__init__.py").exists()]
    absent = [room for room in rooms if f"`{room}/`" not in text]
    assert not absent, absent


def test_decisions_are_numbered_without_gaps() -> None:
    """And each has the five parts of a record."""
    records = sorted(p for p in (ROOT / "docs/decisions").glob("*.md") if p.name[0].isdigit())
    assert [int(p.name[:4]) for p in records] == list(range(1, len(records) + 1))
    parts = ("Status:", "## Context", "## Decision", "## Consequences", "## What would change our mind")
    short = [f"{p.name}: {part}" for p in records for part in parts if part not in p.read_text("utf-8")]
    assert not short, short


def test_the_changelog_has_room_for_the_next_release() -> None:
    """Every visible change leaves a line under Unreleased."""
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert "\n## Unreleased\n" in text
    assert re.search(r"## Unreleased\n(?:.*\n)*?- \S", text), "Unreleased is empty"


def _named(page: str) -> Iterator[str]:
    for token in _TICKED.findall((ROOT / page).read_text("utf-8")):
        if _PATH.fullmatch(token) and _is_path(token) and not _MADE.match(token):
            yield token


def _is_path(token: str) -> bool:
    """A file name of ours, or a folder path that begins at a place we know."""
    if token.endswith(_ENDINGS):
        return token.strip("*") not in _ENDINGS
    first = token.partition("/")[0]
    return "/" in token and ((ROOT / first).is_dir() or (SRC / first).is_dir())


def _is_there(token: str) -> bool:
    return any(True for base in (ROOT, SRC) for _ in base.glob(token.rstrip("/")))
