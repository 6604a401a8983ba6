"""Foreign HTML into the small Markdown that our own comments are written in.

The tags are made to open and close in pairs first (`html_nesting`).  The result is only a source: it is
rendered and cleaned again like any comment's.
"""

import re
from typing import NamedTuple

from moothall.exchange.html_nesting import BREAK, nested
from moothall.exchange.html_tokens import Tag, plain, tokens
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
_SUBHEADS = {"h1": "##", "h2": "##", "h3": "###", "h4": "###", "h5": "###", "h6": "###"}
_LISTS = frozenset({"ul", "ol"})
_NESTS = _LISTS | {"blockquote"}
_CUT_OFF = ("…", "...")
_LEADS_OUT = re.compile(r"https?://|mailto:", re.IGNORECASE)
_NO_ADDRESS_HAS = str.maketrans("", "", "\t\n")

_BLOCK_EDITOR = "<!-- wp:"
# Shortcodes around pictures: a caption's words stay beside its picture; a gallery is only numbers.
_CAPTION = re.compile(r"\[/?(?:caption|wp_caption|embed)(?: [^\[\]<>]*+)?\]")
_GALLERY = re.compile(r"\[gallery(?: [^\[\]<>]*+)?\]")

_SAYS_ITS_LINES = re.compile(r"<(?:p|br|div)\b", re.IGNORECASE)
_ONLY_PARAGRAPHS = re.compile(r"[^<]*+(?:<(?:/?p|br ?/?)>[^<]*+)*+")
_PARAGRAPH, _BREAK = re.compile(r"</?p>"), re.compile(r"<br ?/?>")

Part = str | Block


class _Frame:
    """An open element and what stands in it so far."""

    __slots__ = ("href", "parts", "tag")

    def __init__(self, tag: str, href: str = "") -> None:
        self.tag, self.href = tag, href
        self.parts: list[Part] = []


class _Style(NamedTuple):
    """What the Markdown that is written may hold."""

    lines_count: bool
    """Whether line ends of the source do."""
    line_end: str = "\n"
    subheads: bool = False
    """Whether there are subheads and rules; they come where nothing can be struck out."""


def to_markdown(body: str, markup: Markup) -> str:
    """The comment's Markdown of a foreign body; "" when nothing visible is in it."""
    body = drop_marks(clean_text(body))
    if markup is Markup.MARKDOWN:
        return body
    return _markdown(body, _Style(markup is Markup.HTML_LINES or not _SAYS_ITS_LINES.search(body)))


def story_markdown(body: str) -> str:
    """The story's Markdown of a WordPress text; "" when nothing visible is in it."""
    body = drop_marks(clean_text(body))
    # The editor of today marks blocks by comments and writes their tags; before, line ends counted.
    style = _Style(lines_count=_BLOCK_EDITOR not in body, line_end="\\\n", subheads=True)
    return _markdown(_CAPTION.sub("", _GALLERY.sub("", body)), style)


def plain_text(body: str) -> str:
    """The words of a foreign text, without tags and entities."""
    return " ".join(plain(token) for token in tokens(clean_text(body)) if isinstance(token, str))


def _markdown(body: str, style: _Style) -> str:
    if _ONLY_PARAGRAPHS.fullmatch(body):
        return _paragraphs(body, style)
    return _Reader(style).read(body)


def _paragraphs(body: str, style: _Style) -> str:
    """The short way for the commonest shape, paragraphs and breaks alone: its tags need no pairing."""
    text = body if style.lines_count else body.replace("\n", " ")
    lines = _PARAGRAPH.sub("\n\n", _BREAK.sub("\n", text)).split("\n")
    return join_blocks(["\n".join(escape(plain(line)) for line in lines)], line_end=style.line_end)


class _Reader:
    def __init__(self, style: _Style) -> None:
        self._style = style
        self._frames = [_Frame("")]
        self._nesting = 0
        self._pre = 0
        self._links = 0

    def read(self, html: str) -> str:
        for token in nested(tokens(html)):
            if isinstance(token, str):
                self._text(plain(token))
            elif token.closes:
                self._close()
            else:
                self._open(token)
        return self._join(self._frames[0].parts)

    def _text(self, text: str) -> None:
        frame = self._frames[-1]
        if self._pre or frame.tag in _CODE:
            frame.parts.append(text)
            return
        written = escape_words if self._links else escape
        lines = text.split("\n") if self._style.lines_count else [text]
        frame.parts.append("\n".join(map(written, lines)))

    def _open(self, tag: Tag) -> None:
        if tag.name == "br":
            self._frames[-1].parts.append("\n")
        elif tag.name == "hr" or tag is BREAK:
            self._frames[-1].parts.append(Block("***" if tag.name and self._style.subheads else ""))
        elif tag.name == "img":
            self._frames[-1].parts.append(_picture(tag))
        else:
            self._count(tag.name, 1)
            self._frames.append(_Frame(tag.name, _address(tag, "href")))

    def _close(self) -> None:
        frame = self._frames.pop()
        parts = self._frames[-1].parts
        if frame.tag not in _INLINE:
            parts.append(self._block(frame))
        elif self._pre or any(isinstance(part, Block) for part in frame.parts):
            parts.extend(frame.parts)  # marks cannot reach over blocks, and mean nothing in code
        else:
            parts.append(_joined(frame) if self._style.subheads and frame.tag in _STRUCK else _inline(frame))
        self._count(frame.tag, -1)

    def _count(self, tag: str, step: int) -> None:
        self._nesting += step * (tag in _NESTS)
        self._pre += step * (tag == "pre")
        self._links += step * (tag == "a")

    def _block(self, frame: _Frame) -> Block:
        if frame.tag == "pre":
            return code_block(_joined(frame))
        if frame.tag in _LISTS and self._nesting <= _NESTING_MAX:
            return list_block(frame.parts, ordered=frame.tag == "ol", line_end=self._style.line_end)
        text = self._join(frame.parts)
        if frame.tag == "blockquote" and self._nesting <= _NESTING_MAX:
            return quote_block(text)
        if self._style.subheads and frame.tag in _SUBHEADS and text:
            return Block(f"{_SUBHEADS[frame.tag]} {' '.join(text.replace(self._style.line_end, ' ').split())}")
        if frame.tag in _HEADINGS and _is_plain(text):
            return Block(f"**{text}**")
        return Block(text)

    def _join(self, parts: list[Part]) -> str:
        return join_blocks(parts, line_end=self._style.line_end)


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
    source, alt = _address(tag, "src"), escape_words(tag.attribute("alt"))
    return link(alt, source) if alt.strip() else autolink(source)


def _address(tag: Tag, attribute: str) -> str:
    """An address that leads to the web or to a mailbox, or ""."""
    href = tag.attribute(attribute).strip().translate(_NO_ADDRESS_HAS)
    return href if _LEADS_OUT.match(href) else ""


def _is_plain(text: str) -> bool:
    """Whether a heading can be printed bold without clashing with marks of its own."""
    return bool(text) and not any(mark in text for mark in "*\n\\")
