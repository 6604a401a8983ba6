"""Pieces of Markdown source, written so that they are read back as what they were."""

import re
from collections.abc import Sequence

from moothall.exchange.markdown_marks import resolve_marks

_MAY_BE_SPECIAL = re.compile(r"[\\`*\[\]<~&_]")
_SPECIAL = re.compile(r"[\\`*\[\]<~]|&(?=#?\w)|_(?:(?<![^\W_]_)|(?![^\W_]))")
_LINE_START = re.compile(r"[#+=>-]|\d{1,9}(?=[.)])")
_SPACES = re.compile(r"[ \t\f\v\r\n]+")
_AROUND_BREAK = re.compile(r" *\n *")
_PARAGRAPH_END = re.compile(r"\n{2,}")
_URL = re.compile(r"https?://[^\s<>\x00-\x1f]+", re.IGNORECASE)
_HREF = re.compile(r"(?:https?://|mailto:)[^\s<>\x00-\x1f]+", re.IGNORECASE)
_BRACKETS = re.compile(r"[()\\]")
_HAS_LINK = re.compile(r"\]\(|<\w+:")
_TICKS = re.compile(r"`+")
_URL_END = ".,;:!?'\"”’)]}*_"


class Block:
    """A finished paragraph, list or quote."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text


def escape(text: str) -> str:
    """Plain text as Markdown that shows exactly it; bare addresses become links as they were."""
    if "://" not in text:
        return escape_words(text)
    out: list[str] = []
    at = 0
    for found in _URL.finditer(text):
        url = found.group().rstrip(_URL_END)
        out += [escape_words(text[at : found.start()]), autolink(url)]
        at = found.start() + len(url)
    return "".join([*out, escape_words(text[at:])])


def escape_words(text: str) -> str:
    """Plain text as Markdown, addresses and all."""
    if "  " in text or not text.isprintable():  # both questions are quick, and most texts need no more
        text = _SPACES.sub(" ", text)
    return _SPECIAL.sub(r"\\\g<0>", text) if _MAY_BE_SPECIAL.search(text) else text


def autolink(href: str) -> str:
    """`<href>`, or escaped text when it is not a plain web address."""
    return f"<{href}>" if _URL.fullmatch(href) else _SPECIAL.sub(r"\\\g<0>", href)


def link(text: str, href: str) -> str:
    """`[text](href)`; a text that holds a link already stays as it is."""
    inner = _SPACES.sub(" ", text).strip()
    if not _HREF.fullmatch(href) or _HAS_LINK.search(inner):
        return text
    target = f"<{href}>" if _BRACKETS.search(href) else href
    return f"[{inner}]({target.replace(chr(92), '%5C')})"


def code_span(text: str) -> str:
    """Source: CommonMark 0.31, 6.1: a fence one longer than any run inside."""
    text = _SPACES.sub(" ", text)
    if not text.strip():
        return text
    fence = "`" * (_longest_ticks(text) + 1)
    pad = " " if "`" in (text[0], text[-1]) else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def code_block(text: str) -> Block:
    """A fenced block."""
    fence = "`" * max(3, _longest_ticks(text) + 1)
    body = text.strip("\n")
    return Block(f"{fence}\n{body}\n{fence}" if body.strip() else "")


def quote_block(text: str) -> Block:
    """Every line behind ">"."""
    return Block("\n".join(f"> {line}".rstrip() for line in text.split("\n")) if text else "")


def list_block(parts: Sequence[str | Block], *, ordered: bool, line_end: str = "\n") -> Block:
    """A list of the items among `parts`; other text between items becomes an item."""
    items = [part.text if isinstance(part, Block) else _paragraphs([part], line_end) for part in parts]
    lines: list[str] = []
    for number, item in enumerate(filter(None, items), start=1):
        mark = f"{number}. " if ordered else "- "
        lines.append(mark + re.sub(r"\n(?!\n)", "\n" + " " * len(mark), item))
    return Block("\n".join(lines))


def join_blocks(parts: Sequence[str | Block], *, line_end: str = "\n") -> str:
    """Blocks with a blank line between; runs of inline text become paragraphs.

    Args:
        line_end: how a line break within a paragraph is written.
    """
    blocks: list[str] = []
    run: list[str] = []
    for part in parts:
        if isinstance(part, Block):
            if run:
                blocks.append(_paragraphs(run, line_end))
                run = []
            blocks.append(part.text)
        else:
            run.append(part)
    blocks.append(_paragraphs(run, line_end))
    return "\n\n".join(filter(None, blocks))


def _paragraphs(run: Sequence[str], line_end: str) -> str:
    """Text with hard breaks kept; two breaks or more end a paragraph."""
    text = "".join(run)
    if "\n" not in text:
        return _paragraph(text, line_end)
    text = _AROUND_BREAK.sub("\n", text).strip()
    return "\n\n".join(filter(None, (_paragraph(part, line_end) for part in _PARAGRAPH_END.split(text))))


def _paragraph(text: str, line_end: str) -> str:
    if "  " in text:
        text = re.sub(r" {2,}", " ", text)
    lines = resolve_marks(text).strip().split("\n")
    return line_end.join(
        _LINE_START.sub(_escaped_start, line) if _LINE_START.match(line) else line for line in lines
    )


def _escaped_start(found: re.Match[str]) -> str:
    if found.start() > 0:
        return found.group()
    return f"{found.group()}\\" if found.group()[0].isdigit() else f"\\{found.group()}"


def _longest_ticks(text: str) -> int:
    return max((len(run) for run in _TICKS.findall(text)), default=0)
