"""The reference pages, made from the code.  `PAGES` names each page and what writes it."""

from collections.abc import Callable
from pathlib import Path

from scripts.reference import checks, commands, errors, events, http, limits, rights, settings

FOLDER = Path(__file__).resolve().parents[2] / "docs/reference"
PAGES: dict[str, Callable[[], str]] = {
    "checks.md": checks.page,
    "commands.md": commands.page,
    "errors.md": errors.page,
    "events.md": events.page,
    "http.md": http.page,
    "limits.md": limits.page,
    "rights.md": rights.page,
    "settings.md": settings.page,
}
