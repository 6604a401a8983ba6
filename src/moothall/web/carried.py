"""A language that was asked for by `?lang=` goes along, from page to page, without a cookie.

Nothing is stored before somebody signs in, so the address is the only place where it can be.  Links, forms
and pieces that the widget fetches get it when a page is drawn; redirects when they leave.
"""

import re
from typing import Any

from moothall.kernel.asgi import Message, Scope
from moothall.web.i18n import LANGUAGES

# Addresses of pages; what else begins with a slash has no words in it, or is made for programs.
_LINK = re.compile(r'( (?:href|action|formaction)=")(/(?!/|static/|media/|avatars/|api/|embed|count\.js)[^"]*)"')
_PIECE = re.compile(r'( data-mh-to=")([^"]*)"')
_ASKED = re.compile(rb"(?:^|&)lang=([a-z]{2})(?:&|$)")
_HAS = re.compile(r"[?&;]lang=")


def along(path: str, lang: str, *, joint: str = "&") -> str:
    """An address with a language; one that has a language keeps it, and an empty one asks for none.

    Args:
        joint: what stands between two parts of a query; `&amp;` in markup.
    """
    before, mark, after = path.partition("#")
    if not lang or _HAS.search(before) or before.endswith(".xml"):
        return path
    return f"{before}{joint if '?' in before else '?'}lang={lang}{mark}{after}"


def in_markup(html: str, lang: str) -> str:
    """A drawn page, its own links leading to the same language."""
    if not lang:
        return html

    def led(found: re.Match[str]) -> str:
        return f'{found[1]}{along(found[2], lang, joint="&amp;")}"'

    return _PIECE.sub(led, _LINK.sub(led, html))


def asked_in(query: bytes) -> str:
    """The language that a query asks for, if we speak it."""
    found = _ASKED.search(query)
    lang = found[1].decode("ascii") if found else ""
    return lang if lang in LANGUAGES else ""


async def in_redirect(message: Any, scope: Any) -> None:
    """Before an answer is sent: a redirect to a page of ours keeps the language of the request."""
    _lead(message, scope)


def _lead(message: Message, scope: Scope) -> None:
    lang = asked_in(scope.get("query_string", b"")) if message["type"] == "http.response.start" else ""
    if not lang or message["status"] not in {301, 302, 303}:
        return
    message["headers"] = [
        (name, along(value.decode("latin-1"), lang).encode("latin-1") if _is_ours(name, value) else value)
        for name, value in message["headers"]
    ]


def _is_ours(name: bytes, value: bytes) -> bool:
    return name.lower() == b"location" and value.startswith(b"/") and not value.startswith(b"//")
