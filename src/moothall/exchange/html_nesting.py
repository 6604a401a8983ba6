"""Tags as people and old editors wrote them, made to open and close in pairs.

What a browser does, in the few cases that comments have: a paragraph ends where a block begins, an item
where the next one does, and emphasis that its paragraph cut off goes on in the next.  Each tag costs a look
through at most `IMPORT_NESTING` open ones.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from moothall.exchange.html_tokens import Tag
from moothall.kernel.limits import IMPORT_NESTING

_SAME_MARK = {
    "strong": "b", "em": "i", "cite": "i", "strike": "s", "del": "s", "tt": "code", "a": "a", "b": "b",
    "code": "code", "i": "i", "q": "q", "s": "s",
}  # fmt: skip
_VOID = frozenset({"br", "hr", "img"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CELLS = frozenset({"td", "th"})
_OF_TABLES = _CELLS | {"tr", "table"}
_TERMS = frozenset({"dd", "dt"})
_PLAIN = frozenset(
    {"address", "article", "aside", "blockquote", "center", "details", "div", "dl", "figcaption", "figure",
     "footer", "form", "header", "main", "ol", "p", "pre", "section", "summary", "table", "tr", "ul"}
)  # fmt: skip
_BLOCKS = _PLAIN | _HEADINGS | _CELLS | _TERMS | {"li"}
# What a new one of these ends, where no other block but these stands between.
_ENDS = {"li": frozenset({"li"}), "tr": frozenset({"tr"}), **dict.fromkeys(_TERMS, _TERMS),
         **dict.fromkeys(_CELLS, _CELLS), **dict.fromkeys(_HEADINGS, _HEADINGS)}  # fmt: skip
_LOOKS_THROUGH = {"li": frozenset({"p", "div"}), "tr": _CELLS | _PLAIN - {"table", "tr"},
                  **dict.fromkeys(_TERMS, frozenset({"p", "div"})),
                  **dict.fromkeys(_CELLS, _PLAIN - {"table", "tr"} | {"li"} | _TERMS | _HEADINGS)}  # fmt: skip
_NOTHING: frozenset[str] = frozenset()
# Drawings and fragments: left out with their text, unless other HTML shows that they never ended.
_DRAWINGS = frozenset({"svg", "math", "template"})
BREAK = Tag("", closes=False, attributes="")
"""Stands for the edge of a block that would be too deep."""


def nested(tokens: Iterable[Tag | str]) -> Iterator[Tag | str]:
    """The tokens that comments use, each tag closed exactly once and in order; texts are never lost.

    `br`, `hr`, `img` and `BREAK` have no end.  Of emphasis within the same emphasis only the outer one is given.
    """
    return _Nesting().read(tokens)


class _Nesting:
    def __init__(self) -> None:
        self._stack: list[Tag] = []
        self._waiting: list[Tag] = []
        """Marks that the end of a block cut off; the next text stands in them."""
        self._beyond: Counter[str] = Counter()
        """Tags that were not opened, so that their ends end nothing else."""

    def read(self, tokens: Iterable[Tag | str]) -> Iterator[Tag | str]:
        for token in _without_drawings(tokens):
            if isinstance(token, str):
                if self._waiting and not token.isspace():
                    yield from self._go_on()
                yield token
            elif token.name in _VOID:
                yield from self._void(token)
            elif token.name in _SAME_MARK:
                yield from self._end_mark(token.name) if token.closes else self._mark(token)
            elif token.name in _BLOCKS:
                yield from self._end_block(token.name) if token.closes else self._block(token)
        yield from self._close_to(0)

    def _void(self, tag: Tag) -> Iterator[Tag]:
        if tag.name == "hr":
            yield from self._end_paragraph()
        elif self._waiting and tag.name == "img":
            yield from self._go_on()
        if not tag.closes or tag.name == "br":
            yield Tag(tag.name, closes=False, attributes=tag.attributes)

    def _mark(self, tag: Tag) -> Iterator[Tag]:
        if tag.name == "a":
            yield from self._end_mark("a")
        yield from self._go_on()
        if self._has(_SAME_MARK[tag.name]) or len(self._stack) >= IMPORT_NESTING:
            self._beyond[tag.name] += 1
        else:
            self._stack.append(tag)
            yield tag

    def _end_mark(self, name: str) -> Iterator[Tag]:
        if self._was_beyond(name):
            return
        self._waiting, before = [tag for tag in self._waiting if tag.name != name], self._waiting
        if len(before) > len(self._waiting):
            return
        for at in range(len(self._stack) - 1, -1, -1):
            tag = self._stack[at]
            if tag.name == name:
                yield from self._close_to(at)
                self._waiting = [mark for mark in self._waiting if mark.name != name]
                return
            if tag.name in _BLOCKS:
                break
        # It began outside this block, where marks cannot reach into: it stays open but counts no more.
        self._stack = [tag if tag.name != name else Tag("", closes=False, attributes="") for tag in self._stack]

    def _block(self, tag: Tag) -> Iterator[Tag]:
        yield from self._end_paragraph()
        yield from self._end_others(tag.name)
        if len(self._stack) >= IMPORT_NESTING or (tag.name == "pre" and any(t.name == "pre" for t in self._stack)):
            self._beyond[tag.name] += 1
            yield BREAK
        else:
            self._stack.append(tag)
            yield tag

    def _end_block(self, name: str) -> Iterator[Tag]:
        if self._was_beyond(name):
            yield BREAK
            return
        names = _HEADINGS if name in _HEADINGS else {name}
        for at in range(len(self._stack) - 1, -1, -1):
            found = self._stack[at].name
            if found in names:
                yield from self._close_to(at)
                return
            if found == "table" or (found in _CELLS and name not in _OF_TABLES):
                return

    def _end_paragraph(self) -> Iterator[Tag]:
        """A paragraph is always the innermost block."""
        at = next((at for at in range(len(self._stack) - 1, -1, -1) if self._stack[at].name in _BLOCKS), None)
        if at is not None and self._stack[at].name == "p":
            yield from self._close_to(at)

    def _end_others(self, name: str) -> Iterator[Tag]:
        """The item, term, cell or heading that this one follows."""
        ended, through = _ENDS.get(name, _NOTHING), _LOOKS_THROUGH.get(name, _NOTHING)
        if not ended:
            return
        for at in range(len(self._stack) - 1, -1, -1):
            found = self._stack[at].name
            if found in ended:
                yield from self._close_to(at)
                return
            if found in _BLOCKS and found not in through:
                return

    def _close_to(self, at: int) -> Iterator[Tag]:
        """Close all from this place of the stack on; marks among them wait for the next text."""
        cut = self._stack[at:]
        del self._stack[at:]
        for tag in reversed(cut):
            yield Tag(tag.name, closes=True, attributes="")
        self._waiting = [tag for tag in cut if tag.name in _SAME_MARK] + self._waiting

    def _go_on(self) -> Iterator[Tag]:
        waiting, self._waiting = self._waiting, []
        for tag in waiting:
            if len(self._stack) < IMPORT_NESTING:
                self._stack.append(tag)
                yield tag

    def _has(self, mark: str) -> bool:
        return any(_SAME_MARK.get(tag.name) == mark for tag in self._stack)

    def _was_beyond(self, name: str) -> bool:
        was = self._beyond[name] > 0
        self._beyond[name] -= was
        return was


def _without_drawings(tokens: Iterable[Tag | str]) -> Iterator[Tag | str]:
    inside, depth = "", 0
    for token in tokens:
        tag = token if isinstance(token, Tag) else None
        if inside and tag is not None:
            if tag.name == inside:
                depth += -1 if tag.closes else not tag.attributes.endswith("/")
                inside = inside if depth else ""
                continue
            if inside != "template" and not tag.closes and (tag.name in _BLOCKS or tag.name in _VOID):
                inside = ""
        elif not inside and tag is not None and tag.name in _DRAWINGS:
            begins = not tag.closes and not tag.attributes.endswith("/")
            inside, depth = (tag.name, 1) if begins else ("", 0)
            continue
        if not inside:
            yield token
