"""A moderator's own things, as the console draws them."""

from collections.abc import Mapping, Sequence

from moothall.web.console.view import head
from moothall.web.pages.view import Frame, page
from moothall.web.pages.view_acts import Choice
from moothall.web.render import Context


def mine_page(
    frame: Frame,
    preferences: Mapping[str, str],
    *,
    notes: Mapping[str, str],
    searches: Mapping[str, str],
    pauses: Sequence[str],
    note: str,
    error: str,
) -> Context:
    """`console/mine.html`.  Args: note: one that was typed and refused."""
    words = frame.words
    title = words.t("My console")
    return page(
        frame,
        head(frame, title),
        title=title,
        prefs=preferences,
        pauses=tuple(
            Choice(
                one,
                words.t("after {n} minutes", n=int(one)) if one != "0" else words.t("never"),
                chosen=one == preferences["pause"],
            )
            for one in pauses
        ),
        notes=tuple(notes.items()),
        searches=tuple(searches.items()),
        note=note,
        error=error,
    )
