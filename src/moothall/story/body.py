"""A story's Markdown to cleaned HTML.  Editors are trusted more than readers, not blindly."""

import re

import nh3
from cmarkgfm import cmark

from moothall.kernel.markdown import to_html
from moothall.kernel.url import is_good_url

_OPTIONS = cmark.Options.CMARK_OPT_SMART | cmark.Options.CMARK_OPT_VALIDATE_UTF8
# A path of this site; "//host" and "/\\host" lead elsewhere.
_OWN_PATH = re.compile(r"/(?![/\\])[!-\[\]-~]*")
# What begins a line of quotes and lists within one another.  The sanitiser's time rises with the square of
# their depth: 200,000 signs of quotation took it 400 s.
_DEPTH = 12
_MARKER = r"[ \t]*(?:>|(?:[-+*]|\d{1,9}[.)])(?=[ \t]))"
_TOO_DEEP = re.compile(rf"^((?:{_MARKER}){{{_DEPTH}}})(?:{_MARKER})+", re.MULTILINE)
# The page has one h1, the headline, and two levels of subheads beneath it.
_HEADING = re.compile(r"<(/?)h([1456])>")


def _only_good_urls(_tag: str, name: str, value: str) -> str | None:
    return value if name != "href" or _OWN_PATH.fullmatch(value) or is_good_url(value) else None


_CLEANER = nh3.Cleaner(
    tags={"a", "blockquote", "br", "cite", "em", "h2", "h3", "hr", "li", "ol", "p", "strong", "ul"},
    clean_content_tags={"script", "style", "template", "svg", "math", "iframe", "object"},
    attributes={"a": {"href"}},
    attribute_filter=_only_good_urls,
    url_schemes={"http", "https", "mailto"},
    link_rel="noopener",
)


def render(source: str) -> str:
    """Paragraphs, subheads, quotes, lists, links, emphasis, rules."""
    html = to_html(_TOO_DEEP.sub(r"\1", source), options=_OPTIONS, extensions=("autolink",))
    return _CLEANER.clean(_HEADING.sub(_as_subhead, html)).strip()


def _as_subhead(match: re.Match[str]) -> str:
    return f"<{match[1]}{'h2' if match[2] == '1' else 'h3'}>"
