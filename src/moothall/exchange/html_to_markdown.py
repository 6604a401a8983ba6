"""Foreign HTML into the small Markdown that our own comments are written in.

The HTML goes through an HTML5 parser and an allow-list first (`clean_html`), so what is read here is
well-formed.  The result is only a source: it is rendered and cleaned again like any comment's.
"""

from html import unescape

from moothall.exchange.clean_html import (
    Tag,
    as_lines,
    bounded,
    clean,
    is_paragraphs,
    says_its_lines,
    tokens,
    with_line_ends,
)
from moothall.exchange.links import without_counter
from moothall.exchange.markdown_marks import drop_marks, emphasised, strong, struck
from moothall.exchange.markdown_text import (
    Block,
    autolink,
    code_block,
    code_span,
    escape,
    escape_words,
    join_blocks,
    link,
    list_block,
    quote_block,
)
from moothall.exchange.record import Markup
from moothall.kernel.text import clean as clean_text

# Deeper quotes and lists are drawn at this depth: each level repeats its prefix on every line.
_NESTING_MAX = 6
_STRONG = frozenset({"b", "strong"})
_EMPHASIS = frozenset({"i", "em", "cite"})
_STRUCK = frozenset({"s", "strike", "del"})
_CODE = frozenset({"code", "tt"})
_INLINE = frozenset({"a", "q"}) | _CODE | _STRONG | _EMPHASIS | _STRUCK
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "dt"})
_LISTS = frozenset({"ul", "ol"})
_NESTS = _LISTS | {"blockquote"}
_CUT_OFF = ("…", "...")

Part = str | Block


class _Frame:
    """An open element and what stands in it so far."""

    __slots__ = ("href", "parts", "tag")

    def __init__(self, tag: str, href: str = "") -> None:
        self.tag, self.href = tag, href
        self.parts: list[Part] = []


def to_markdown(body: str, markup: Markup) -> str:
    """The Markdown of a foreign body; "" when nothing visible is in it."""
    body = drop_marks(clean_text(body))
    if markup is Markup.MARKDOWN:
        return body
    body = bounded(body)
    if markup is Markup.HTML_LINES or not says_its_lines(body):
        body = with_line_ends(body)
    if is_paragraphs(body):
        return _paragraphs(body)
    return _Reader().read(clean(body))


def _paragraphs(body: str) -> str:
    """The short way for the commonest shape, paragraphs and breaks alone: it needs no HTML parser."""
    lines = as_lines(body).split("\n")
    return join_blocks(["\n".join(escape(unescape(line) if "&" in line else line) for line in lines)])


class _Reader:
    def __init__(self) -> None:
        self._frames = [_Frame("")]
        self._nesting = 0
        self._pre = 0
        self._links = 0

    def read(self, html: str) -> str:
        for token in tokens(html):
            if isinstance(token, str):
                self._text(unescape(token) if "&" in token else token)
            elif token.closes:
                self._close()
            else:
                self._open(token)
        return join_blocks(self._frames[0].parts)

    def _text(self, text: str) -> None:
        frame = self._frames[-1]
        if self._pre or frame.tag in _CODE:
            frame.parts.append(text)
        else:
            frame.parts.append(escape_words(text) if self._links else escape(text))

    def _open(self, tag: Tag) -> None:
        if tag.name == "br":
            self._frames[-1].parts.append("\n")
        elif tag.name == "hr":
            self._frames[-1].parts.append(Block(""))
        elif tag.name == "img":
            self._frames[-1].parts.append(_picture(tag))
        else:
            self._count(tag.name, 1)
            self._frames.append(_Frame(tag.name, tag.attribute("href")))

    def _close(self) -> None:
        frame = self._frames.pop()
        parts = self._frames[-1].parts
        if frame.tag not in _INLINE:
            parts.append(self._block(frame))
        elif self._pre or any(isinstance(part, Block) for part in frame.parts):
            parts.extend(frame.parts)  # marks cannot reach over blocks, and mean nothing in code
        else:
            parts.append(_inline(frame))
        self._count(frame.tag, -1)

    def _count(self, tag: str, step: int) -> None:
        self._nesting += step * (tag in _NESTS)
        self._pre += step * (tag == "pre")
        self._links += step * (tag == "a")

    def _block(self, frame: _Frame) -> Block:
        if frame.tag == "pre":
            return code_block(_joined(frame))
        if frame.tag in _LISTS and self._nesting <= _NESTING_MAX:
            return list_block(frame.parts, ordered=frame.tag == "ol")
        text = join_blocks(frame.parts)
        if frame.tag == "blockquote" and self._nesting <= _NESTING_MAX:
            return quote_block(text)
        if frame.tag in _HEADINGS and _is_plain(text):
            return Block(f"**{text}**")
        return Block(text)


def _joined(frame: _Frame) -> str:
    return "".join(part if isinstance(part, str) else part.text for part in frame.parts)


def _inline(frame: _Frame) -> str:
    tag, text = frame.tag, _joined(frame)
    if tag in _CODE:
        return code_span(text)
    if tag in _STRONG:
        return strong(text)
    if tag in _EMPHASIS:
        return emphasised(text)
    if tag in _STRUCK:
        return struck(text)
    if tag == "a" and frame.href:
        return _link(text, without_counter(frame.href))
    return f"“{text}”" if tag == "q" else text


def _link(text: str, href: str) -> str:
    """A link; where the text is only the address, perhaps cut off with "…", the whole address is shown."""
    bare = href.partition("://")[2]
    shown = drop_marks("".join(text.split())).replace("\\", "")
    for end in _CUT_OFF:
        shown = shown.removesuffix(end)
    shown = shown.removeprefix("http://").removeprefix("https://")
    if not shown or (bare and bare.startswith(shown)):
        return autolink(href)
    return link(text, href)


def _picture(tag: Tag) -> str:
    """Pictures in comments become links: we show none, and loading them would tell others who reads."""
    source, alt = tag.attribute("src"), escape_words(tag.attribute("alt"))
    return link(alt, source) if alt.strip() else autolink(source)


def _is_plain(text: str) -> bool:
    """Whether a heading can be printed bold without clashing with marks of its own."""
    return bool(text) and not any(mark in text for mark in "*\n\\")
