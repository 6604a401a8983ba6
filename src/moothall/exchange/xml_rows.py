"""Rows out of an XML file of any size: expat, no DTD, no tree, bounded in every direction."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple
from xml.parsers import expat

from moothall.exchange.faults import file_fault
from moothall.exchange.reasons import FileFault
from moothall.exchange.record import Place
from moothall.exchange.source import Source
from moothall.exchange.xml_faults import explain

# The longest honest row is a story's text with all its fields.
ROW_CHARS_MAX = 4 << 20
# One tag with its attributes; expat reads an unfinished one again at each chunk.
TOKEN_BYTES_MAX = 1 << 20
DEPTH_MAX = 32
# Different element paths; the two formats have about a hundred.
PATHS_MAX = 2_000
# Editors and shells have put a stray byte or two before the declaration.
JUNK_BYTES_MAX = 16
# Who reads what begins so.
_COMMANDS = {"disqus": "disqus", "rss": "wordpress"}


class XmlRow(NamedTuple):
    """One row element.  `fields` maps `author/name` to text and `thread@id` to an attribute.

    The element's own text is under "", its own attributes under "@name".  Of repeated fields the
    first counts.  A row inside another row is a row of its own, given out before the outer one.
    """

    path: str
    place: Place
    fields: dict[str, str]

    def text(self, key: str) -> str:
        """A field without outer space, or "" when it is not there."""
        return self.fields.get(key, "").strip()


class _Node:
    """One element path of the file, grown as it is met."""

    __slots__ = ("children", "is_row", "path", "rel")

    def __init__(self, path: str, rel: str, *, is_row: bool) -> None:
        self.path, self.rel, self.is_row = path, rel, is_row
        self.children: dict[str, _Node] = {}


class XmlRows:
    """Reads the elements at `row_paths`, such as "disqus/post".

    Args:
        row_paths: from the root, with the short names that `prefixes` gives.
        prefixes: beginnings of namespace addresses to what stands for them ("" for none).
    """

    def __init__(self, *, root: str, row_paths: frozenset[str], prefixes: Mapping[str, str]) -> None:
        self._root, self._row_paths, self._prefixes = root, row_paths, prefixes
        self._short_names: dict[str, str] = {}
        self._node = _Node("", "", is_row=False)
        self._stack: list[_Node] = []
        self._open: list[XmlRow] = []
        self._ready: list[XmlRow] = []
        self._numbers: dict[str, int] = dict.fromkeys(row_paths, 0)
        self._text: list[str] = []
        self._leaf = False
        self._row_chars = 0
        self._path_count = 0
        self._skipped = 0
        self._parser = self._make_parser()

    def read(self, source: Source) -> Iterator[XmlRow]:
        """Raises: ImportRefused, naming the byte and line."""
        fed = 0
        chunk = b""
        for chunk in self._without_junk(source.chunks()):
            self._feed(chunk, fed)
            fed += len(chunk)
            self._check_token(fed)
            yield from self._ready
            self._ready.clear()
        self._feed(b"", fed, last=True)
        yield from self._ready

    def _make_parser(self) -> expat.XMLParserType:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.buffer_size = 1 << 16
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._chars
        parser.StartDoctypeDeclHandler = self._doctype
        return parser

    def _without_junk(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        first = next(chunks, b"")
        utf16 = first.startswith((b"\xff\xfe", b"\xfe\xff"))
        at = 0 if utf16 else first.find(b"<")
        if not 0 <= at <= JUNK_BYTES_MAX:
            raise file_fault(FileFault.JUNK, "Byte 0 is not the beginning of XML (“<”).")
        self._skipped = at
        yield first[at:]
        yield from chunks

    def _feed(self, chunk: bytes, fed: int, *, last: bool = False) -> None:
        try:
            self._parser.Parse(chunk, last)
        except expat.ExpatError as wrong:
            at = self._parser.ErrorByteIndex
            nearby = chunk[max(0, at - fed) :][:1]
            raise explain(wrong, byte=at + self._skipped, nearby=nearby) from None
        except (LookupError, ValueError) as wrong:
            raise file_fault(FileFault.ENCODING, f"Its encoding cannot be read: {wrong}.") from None

    def _check_token(self, fed: int) -> None:
        if fed - self._parser.CurrentByteIndex > TOKEN_BYTES_MAX:
            raise file_fault(FileFault.NOT_WELL_FORMED, f"A tag is longer than a megabyte, at {self._here()}.")

    def _here(self) -> str:
        return f"byte {self._parser.CurrentByteIndex + self._skipped}, line {self._parser.CurrentLineNumber}"

    def _doctype(self, *_: object) -> None:
        raise file_fault(
            FileFault.DOCTYPE,
            f"It declares a document type at {self._here()}; no export does, and entities can be used to attack.",
        )

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        node = self._node.children.get(name) or self._grow(name)
        self._stack.append(self._node)
        self._node = node
        self._text = []
        self._leaf = True
        if node.is_row:
            self._begin_row(node)
        if attributes and self._open:
            fields = self._open[-1].fields
            for key, value in attributes.items():
                fields.setdefault(f"{node.rel}@{key.rpartition(' ')[2]}", value)
                self._count(len(value))

    def _begin_row(self, node: _Node) -> None:
        if not self._open:
            self._row_chars = 0
        self._numbers[node.path] += 1
        place = Place(
            number=self._numbers[node.path],
            line=self._parser.CurrentLineNumber,
            byte=self._parser.CurrentByteIndex + self._skipped,
        )
        self._open.append(XmlRow(node.path, place, {}))

    def _chars(self, text: str) -> None:
        if self._open and self._leaf:
            self._text.append(text)
            self._count(len(text))

    def _end(self, _name: str) -> None:
        node = self._node
        self._node = self._stack.pop()
        if self._leaf and self._open:
            self._open[-1].fields.setdefault(node.rel, "".join(self._text))
        self._leaf = False
        if node.is_row:
            row = self._open.pop()
            self._row_chars -= sum(map(len, row.fields.values()))
            self._ready.append(row)

    def _count(self, chars: int) -> None:
        self._row_chars += chars
        if self._row_chars > ROW_CHARS_MAX:
            raise file_fault(FileFault.TOO_LARGE, f"A row holds more than 4 million characters, at {self._here()}.")

    def _grow(self, name: str) -> _Node:
        """The node of a path that was not met before."""
        self._path_count += 1
        if self._path_count > PATHS_MAX or len(self._stack) > DEPTH_MAX:
            raise file_fault(FileFault.NOT_THIS_FORMAT, f"It is built like no export, at {self._here()}.")
        short = self._short(name)
        path = f"{self._node.path}/{short}" if self._node.path else short
        if not self._stack and path != self._root:
            found = short.rpartition("}")[2]
            hint = f" Try `moothall import {_COMMANDS[found]}`." if found in _COMMANDS else ""
            raise file_fault(FileFault.NOT_THIS_FORMAT, f"It begins with <{found}>, not with <{self._root}>.{hint}")
        is_row = path in self._row_paths
        base = self._node.rel
        rel = "" if is_row else f"{base}/{short}" if base else short
        node = _Node(path, rel, is_row=is_row)
        self._node.children[name] = node
        return node

    def _short(self, name: str) -> str:
        space, _, local = name.rpartition(" ")
        for beginning, prefix in self._prefixes.items():
            if space.startswith(beginning):
                return prefix + local
        return f"{{{space}}}{local}" if space else local
