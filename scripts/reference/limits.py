"""docs/reference/limits.md"""

import ast
import inspect

from moothall.kernel import limits
from scripts.reference.markdown import code, table, top

_ABOUT = """\
Every upper bound, with its reason. `_MS` is milliseconds, `_S` seconds, `_BYTES` bytes, `_GRAPHEMES` characters as
readers count them. `RATE_` is how many acts may come at once, and after how many milliseconds one more."""


def page() -> str:
    """Every constant with the comment above it."""
    lines = inspect.getsource(limits).splitlines()
    rows = []
    for node in ast.parse("\n".join(lines)).body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id
            rows.append((code(name), _value(getattr(limits, name)), _reason(lines, node.lineno - 1)))
    return top("Limits", "src/moothall/kernel/limits.py", _ABOUT) + "\n" + table(("Limit", "Value", "Reason"), rows)


def _value(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(_value(part) for part in value)
    return f"{value:,}" if isinstance(value, int) else str(value)


def _reason(lines: list[str], at: int) -> str:
    """The comment lines directly above, and the one behind."""
    above = []
    while at > 0 and lines[at - 1].startswith("#"):
        at -= 1
        above.insert(0, lines[at].lstrip("# "))
    _, mark, behind = lines[at + len(above)].partition("  # ")
    return " ".join([*above, behind] if mark else above)
