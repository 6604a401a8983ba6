"""Foreign HTML as tags and texts, in time that rises with its length and no faster.

Written by hand, because HTML parsers build what the standard asks for, and hostile input makes that the
square of its length: open tags without end, formatting that is built again in each paragraph.  Nothing
depends on it for safety: what is made of it is rendered and cleaned like any comment.
Source: HTML Living Standard, 13.2.5, as far as comments need it.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

# Their content is no HTML, and no reader saw it.
_DROPPED_WITH_TEXT = frozenset(
    {"script", "style", "noscript", "textarea", "title", "iframe", "noembed", "noframes"}
)  # fmt: skip
_VALUE = r"""\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+)?+"""
_TAG = re.compile(rf"<(/?)([a-zA-Z][^\s/>]*+)((?:[\s/]++|[^\s/>][^\s/>=]*+(?:{_VALUE})?+)*+)>")
_ATTRIBUTE = re.compile(r"""([^\s/>=][^\s/>=]*+)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>"'][^\s>]*+))""")
_COMMENT_END = re.compile(r"--!?>")
_RAW_END = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in _DROPPED_WITH_TEXT}
_LETTER = re.compile(r"[a-zA-Z]")
# A reference to a character has at most seven digits; Python reads no number of thousands.
_NO_CHARACTER = re.compile(r"&#(?:\d{8,}+|[xX][0-9a-fA-F]{8,}+);?")


class Tag(NamedTuple):
    """One tag; `attributes` as they were written."""

    name: str
    closes: bool
    attributes: str

    def attribute(self, name: str) -> str:
        """The value of an attribute, or ""; of two with one name the first counts."""
        if not self.attributes:
            return ""
        for found in _ATTRIBUTE.finditer(self.attributes):
            if found[1].lower() == name:
                return plain(found[2] or found[3] or found[4] or "")
        return ""


def plain(text: str) -> str:
    """A text or value with its entities read."""
    return unescape(_NO_CHARACTER.sub("\ufffd", text)) if "&" in text else text


def tokens(html: str) -> Iterator[Tag | str]:
    """Tags, their names in lower case, and texts with their entities, in order.

    Without comments, declarations and what no reader saw.  A tag without end, and all after it, is text.
    """
    at = text_from = 0
    while (at := html.find("<", at)) >= 0:
        found = _TAG.match(html, at)
        if found is None and _begins_tag(html, at):
            break
        end = found.end() if found else _end_of_other(html, at)
        if end == at:
            at += 1  # a bare "<" is text
            continue
        if text_from < at:
            yield html[text_from:at]
        if found:
            tag = Tag(found[2].lower(), bool(found[1]), found[3])
            yield tag
            end = _after_raw_text(html, tag, end)
        at = text_from = end
    if text_from < len(html):
        yield html[text_from:]


def _begins_tag(html: str, at: int) -> bool:
    return _LETTER.match(html, at + 1 + html.startswith("/", at + 1)) is not None


def _end_of_other(html: str, at: int) -> int:
    """Where a comment, declaration or broken end tag ends; the end of all where it does not; `at` for none."""
    if html.startswith("<!--", at):
        if html.startswith((">", "->"), at + 4):
            return html.index(">", at) + 1
        found = _COMMENT_END.search(html, at + 4)
        return found.end() if found else len(html)
    if html.startswith(("<!", "<?", "</"), at) and len(html) > at + 2:
        return html.find(">", at) + 1 or len(html)
    return at


def _after_raw_text(html: str, tag: Tag, at: int) -> int:
    if tag.closes or tag.name not in _DROPPED_WITH_TEXT:
        return at
    found = _RAW_END[tag.name].search(html, at)
    return found.start() if found else len(html)
