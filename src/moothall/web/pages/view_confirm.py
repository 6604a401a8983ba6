"""A question with one button: nothing happens by merely opening a link."""

from moothall.web.pages.view import Frame, Head, page
from moothall.web.render import Context


def confirm_page(
    frame: Frame, *, title: str, text: str, action: str, button: str, fields: dict[str, str]
) -> Context:
    """Posts `fields` to `action`; without a button it only says something."""
    head = Head(title=f"{title} – {frame.site.name}", robots="noindex", styles=("forms.css",))
    return page(frame, head, title=title, text=text, action=action, button=button, fields=tuple(fields.items()))
