"""One word a thing: names in the code are those of GLOSSARY.md, not those that it refuses."""

import ast
import re
from collections.abc import Iterator

from moothall.store.tables import metadata
from tests.tidy.ground import ROOT, hold, modules, name_of, our_files

_DECLARED = re.compile(r"\b(?:const|let|var|function|class|interface|type|enum)\s+([A-Za-z_]\w*)")
_COLUMNS = 4  # say | meaning | standard name | not


def test_names_use_the_glossary() -> None:
    """What is defined in src and in the widget; others' names end at the border."""
    refused = refused_words()
    found: dict[str, str] = {}
    for place, name in [*_python_names(), *_script_names(), *_column_names()]:
        for word in _parts(name) & refused:
            found.setdefault(f"{place}:{word}", f"{place}: {name} (“{word}”)")
    hold("words", found.items(), "Take GLOSSARY.md's word.")


def test_the_glossary_refuses_something() -> None:
    """The table is still read as it is written."""
    assert {"article", "user", "tag", "inbox", "social login"} <= refused_words() | {"social login"}
    assert len(refused_words()) > 30


def refused_words() -> frozenset[str]:
    """The single words of the glossary's last column; a phrase cannot be an identifier by accident."""
    rows = [line.split("|") for line in (ROOT / "GLOSSARY.md").read_text("utf-8").splitlines() if line[:1] == "|"]
    cells = [cell.strip() for row in rows[2:] for cell in re.split(r"[,;]", row[_COLUMNS])]
    plain = [re.sub(r"\s*\(.*\)", "", cell).lower() for cell in cells]
    return frozenset(word for word in plain if word and " " not in word)


def _python_names() -> Iterator[tuple[str, str]]:
    for module in modules():
        for node in ast.walk(module.tree):
            match node:
                case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                    yield module.name, name
                case ast.arg(arg=name):
                    yield module.name, name
                case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                    yield module.name, name


def _script_names() -> Iterator[tuple[str, str]]:
    for path in our_files():
        if path.suffix == ".ts" and name_of(path).startswith("widget/src/"):
            yield from ((name_of(path), name) for name in _DECLARED.findall(path.read_text("utf-8")))


def _column_names() -> Iterator[tuple[str, str]]:
    for table in metadata.sorted_tables:
        yield "src/moothall/store/tables", table.name
        yield from (("src/moothall/store/tables", column.name) for column in table.columns)


def _parts(name: str) -> frozenset[str]:
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
    found = re.findall(r"[a-z]+", spaced)
    return frozenset(found) | frozenset(word[:-1] for word in found if word.endswith("s"))
