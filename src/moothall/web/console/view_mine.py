"""A moderator's own things, as the console draws them."""

from collections.abc import Mapping, Sequence

import msgspec

from moothall.web.console.view import head
from moothall.web.i18n import Translator
from moothall.web.pages.view import Frame, page
from moothall.web.pages.view_acts import Choice
from moothall.web.render import Context


class Offered(msgspec.Struct, frozen=True):
    """What may be chosen: minutes before a break, harsh comments an hour."""

    pauses: Sequence[str]
    harsh: Sequence[str]


def mine_page(
    frame: Frame,
    preferences: Mapping[str, str],
    *,
    notes: Mapping[str, str],
    searches: Mapping[str, str],
    offered: Offered,
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
            for one in offered.pauses
        ),
        harsh=tuple(Choice(one, _harsh(words, one), chosen=one == preferences["harsh"]) for one in offered.harsh),
        notes=tuple(notes.items()),
        searches=tuple(searches.items()),
        note=note,
        error=error,
    )


def _harsh(words: Translator, most: str) -> str:
    if most == "all":
        return words.t("as they come")
    return words.t("at most {n} an hour", n=int(most)) if most != "0" else words.t("none")
