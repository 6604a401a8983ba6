"""Finds the line of a value in a TOML document: the parser of the standard library does not say it."""

import re

_TABLE = re.compile(r"^\s*\[([^\[\]]+)\]\s*(?:#.*)?$")
_ITEM = re.compile(r"^\s*\[\[([^\[\]]+)\]\]\s*(?:#.*)?$")
_KEY = re.compile(r"^\s*([\w.\"'-]+)\s*=")


def line_of(source: str, path: str) -> int:
    """The line, from 1, of the deepest part of a path such as `rule[2].finds[0].phase` that is written there."""
    wanted = _plain(path)
    best, line = 0, 1
    here, counts = "", dict[str, int]()
    for at, text in enumerate(source.splitlines(), 1):
        here, now = _enter(text, here, counts)
        depth = _shared(now, wanted)
        if depth > best:
            best, line = depth, at
    return line


def _enter(text: str, here: str, counts: dict[str, int]) -> tuple[str, str]:
    """The table that holds after this line, and the path of what the line itself writes."""
    if item := _ITEM.match(text):
        name = _counted(item[1].strip(), counts)
        counts[name] = counts.get(name, -1) + 1
        here = f"{name}[{counts[name]}]"
        return here, here
    if table := _TABLE.match(text):
        here = _counted(table[1].strip(), counts)
        return here, here
    if key := _KEY.match(text):
        name = key[1].replace('"', "").replace("'", "")
        return here, f"{here}.{name}" if here else name
    return here, ""


def _counted(name: str, counts: dict[str, int]) -> str:
    """`rule.finds` beneath the third `[[rule]]` is `rule[2].finds`."""
    head, _, rest = name.partition(".")
    if not rest:
        return head
    return f"{head}[{counts[head]}].{rest}" if head in counts else name


def _plain(path: str) -> str:
    """msgspec writes `[...]` for a key of a table, which names nothing."""
    return path.replace("[...]", "")


def _shared(written: str, wanted: str) -> int:
    """How much of the wanted path a written one covers; 0 when it leads elsewhere."""
    if not written or not wanted.startswith(written):
        return 0
    rest = wanted[len(written) :]
    return len(written) if not rest or rest[0] in ".[" else 0
