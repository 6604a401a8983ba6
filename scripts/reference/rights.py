"""docs/reference/rights.md"""

import tomllib
from pathlib import Path

from moothall.people.role import RIGHTS, Right
from scripts.reference.markdown import code, table, top

MATRIX = Path(__file__).resolve().parents[2] / "tests/tidy/rights.toml"
_ABOUT = """\
A role has all that the roles to its left have. Which right an address asks for is the column *For* of
[http.md](http.md); a test compares that with the application's own table and with what it answers."""


def page() -> str:
    """Roles and rights."""
    rows = [(code(right.value), *("yes" if right in RIGHTS[role] else "" for role in RIGHTS)) for right in Right]
    columns = ("Right", *(role.value for role in RIGHTS))
    return top("Rights", "src/moothall/people/role.py", _ABOUT) + "\n" + table(columns, rows)


def matrix() -> dict[str, str]:
    """`METHOD /address` to `public`, `signed in`, `newsroom key` or a right."""
    found = tomllib.loads(MATRIX.read_text("utf-8"))
    return {f"{method} {path}": who for path, methods in found.items() for method, who in methods.items()}
