"""Headings and tables of the reference pages."""

from collections.abc import Iterable, Sequence


def top(heading: str, source: str, *about: str) -> str:
    """The head of a page, with the file that it is made from."""
    return "\n\n".join([f"# {heading}", f"*Made by `make docs` from `{source}`; change it there.*", *about]) + "\n"


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; bars inside cells are escaped, line ends become spaces."""
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join(f"| {' | '.join(_cell(cell) for cell in line)} |" for line in lines) + "\n"


def code(text: str) -> str:
    """Inline code; nothing for nothing."""
    return f"`{text}`" if text else ""


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
