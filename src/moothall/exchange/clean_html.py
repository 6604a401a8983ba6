"""Foreign comment HTML, cleaned and made well-formed before it is read."""

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

import nh3

from moothall.kernel.limits import IMPORT_NESTING

_LINK = {"href"}
_ATTRIBUTES = {"a": _LINK, "img": {"src", "alt"}}
_BLOCKS = "p|div|blockquote|ul|ol|li|pre|h[1-6]|hr|table|tbody|thead|tr|td|th|dl|dt|dd|figure|figcaption"
_INLINE = "a|b|strong|i|em|cite|s|strike|del|code|tt|br|img|q"
_TAGS = set(f"{_BLOCKS}|{_INLINE}".replace("h[1-6]", "h1|h2|h3|h4|h5|h6").split("|"))
_DROPPED_WITH_TEXT = {"script", "style", "noscript", "template", "textarea", "title", "svg", "math"}

_BLOCK_TAG = re.compile(rf"(</?(?:{_BLOCKS})(?:\s[^<>]*)?>)", re.IGNORECASE)
_PRE = re.compile(r"(<pre(?:\s[^<>]*)?>.*?</pre>)", re.IGNORECASE | re.DOTALL)
_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_SAYS_ITS_LINES = re.compile(r"<(?:p|br|div)\b", re.IGNORECASE)
_ONLY_PARAGRAPHS = re.compile(r"[^<]*+(?:<(?:/?p|br ?/?)>[^<]*+)*+")
_PARAGRAPH, _BREAK = re.compile(r"</?p>"), re.compile(r"<br ?/?>")
_TOKEN = re.compile(r'<(/?)([a-z][a-z0-9]*)((?: [a-z]+="[^"]*")*)>|([^<]+)')
_ATTRIBUTE = re.compile(r' ([a-z]+)="([^"]*)"')

_TAG_NAME = re.compile(r"<(/?)([a-z][a-z0-9]*)", re.IGNORECASE)
# Void, closed by the next of their kind, or without tags inside: none of these makes anything deep.
_FLAT = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
     "dd", "dt", "li", "p", "tbody", "td", "tfoot", "th", "thead", "tr",
     "noscript", "script", "style", "textarea", "title"}
)  # fmt: skip

_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    attributes=_ATTRIBUTES,
    clean_content_tags=_DROPPED_WITH_TEXT,
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
    strip_comments=True,
)


def bounded(html: str) -> str:
    """The same without the tags that stand deeper than `IMPORT_NESTING`; their text stays.

    They become a tag that holds nothing and that `clean` drops, so that no tag's end has to be found.
    """
    depth = beyond = 0

    def weigh(tag: re.Match[str]) -> str:
        nonlocal depth, beyond
        if tag[2].lower() in _FLAT:
            return tag[0]
        step = -1 if tag[1] else 1
        if beyond or (depth == IMPORT_NESTING and step > 0):
            beyond += step
            return f"<{tag[1]}wbr"
        depth = max(0, depth + step)
        return tag[0]

    return _TAG_NAME.sub(weigh, html)


def clean(html: str) -> str:
    """Well-formed HTML with the tags that comments use; everything else is gone, its text kept."""
    return _CLEANER.clean(html)


def says_its_lines(html: str) -> bool:
    """Whether paragraphs or breaks are written as tags, so that line ends mean nothing."""
    return _SAYS_ITS_LINES.search(html) is not None


def is_paragraphs(html: str) -> bool:
    """Whether it holds no tags but those of paragraphs and breaks, so that its text can be taken as it is."""
    return _ONLY_PARAGRAPHS.fullmatch(html) is not None


def as_lines(html: str) -> str:
    """Paragraphs and breaks as the line ends that they draw; line ends of the source as spaces."""
    return _PARAGRAPH.sub("\n\n", _BREAK.sub("\n", html.replace("\n", " ")))


def with_line_ends(html: str) -> str:
    """Line ends made into `<br>`, blank lines into `<p>`, as WordPress does when it prints a comment."""
    html = html.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(part if _PRE.fullmatch(part) else _lines_outside_pre(part) for part in _PRE.split(html))


def _lines_outside_pre(html: str) -> str:
    pieces = _BLOCK_TAG.split(html)
    return "".join(piece if at % 2 else _lines(piece.strip("\n")) for at, piece in enumerate(pieces))


def _lines(text: str) -> str:
    return "<br>".join("<p>".join(_BLANK_LINES.split(text)).split("\n"))


class Tag(NamedTuple):
    """One tag of cleaned HTML."""

    name: str
    closes: bool
    attributes: str

    def attribute(self, name: str) -> str:
        """The value of an attribute, or ""."""
        if not self.attributes:
            return ""
        return next((unescape(value) for key, value in _ATTRIBUTE.findall(self.attributes) if key == name), "")


def tokens(html: str) -> Iterator[Tag | str]:
    """Tags and texts (with their entities) of what `clean` gave.

    It writes every "<" of a text as an entity and every attribute in double quotes, so that one
    expression reads it exactly.
    """
    for closes, name, attributes, text in _TOKEN.findall(html):
        yield Tag(name, bool(closes), attributes) if name else text
