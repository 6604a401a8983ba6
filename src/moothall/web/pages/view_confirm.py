"""A question with one button: nothing happens by merely opening a link."""

from collections.abc import Mapping

from moothall.web.pages.view import Frame, Head, page
from moothall.web.render import Context


def confirm_page(
    frame: Frame, *, title: str, text: str, action: str, button: str, fields: Mapping[str, str]
) -> Context:
    """Posts `fields` to `action`."""
    return _page(frame, title, text, action=action, button=button, fields=tuple(fields.items()))


def said_page(frame: Frame, *, title: str, text: str, back: str) -> Context:
    """Only says something; `back` is an address to go on to, if there is one."""
    return _page(frame, title, text, back=back)


def _page(frame: Frame, title: str, text: str, **parts: object) -> Context:
    head = Head(title=f"{title} – {frame.site.name}", robots="noindex", styles=("forms.css",))
    nothing = {"action": "", "button": "", "fields": (), "back": "", "opener": ""}
    return {**page(frame, head, title=title, text=text), **nothing, **parts}
