"""What `console/forget.html` and `console/forgotten.html` take."""

from moothall.kernel.ids import to_text
from moothall.moderation.erase import Erased, Erasure, Wanted
from moothall.people.model import Account
from moothall.people.role import STAFF
from moothall.web.i18n import Translator
from moothall.web.pages.view import Frame, Head, page
from moothall.web.pages.view_acts import Choice
from moothall.web.render import Context


def forget_page(frame: Frame, who: Account, asked: Erasure | None, *, by: Account | None, error: str) -> Context:
    """Args: asked: what waits for a second administrator; by: who asked for it."""
    words = frame.words
    names = _names(words)
    return page(
        frame,
        _head(frame, words.t("Forget {name}", name=who.display_name)),
        title=words.t("Forget {name}", name=who.display_name),
        person=to_text(who.id),
        choices=tuple(Choice(one.value, name, chosen=one is Wanted.BOTH) for one, name in names.items()),
        is_staff=who.role in STAFF,
        waiting=asked_text(frame, asked, by) if asked and by else "",
        wanted=asked.wanted.value if asked else "",
        may_confirm=asked is not None and asked.asked_by != frame.viewer.id,
        error=error,
    )


def asked_text(frame: Frame, asked: Erasure, by: Account) -> str:
    """Who wants what of somebody to be forgotten."""
    when = frame.times.short(asked.asked_at_ms, frame.now_ms)
    what = _names(frame.words)[asked.wanted]
    return frame.words.t("{name} asked for it {time}: {what}", name=by.display_name, time=when, what=what)


def forgotten_page(frame: Frame, done: Erased) -> Context:
    """Comments of others that quote the person are for a moderator to look at."""
    words = frame.words
    return page(
        frame,
        _head(frame, words.t("Forgotten")),
        title=words.t("Forgotten"),
        count=words.tn("{n} comment", "{n} comments", done.comments),
        quotes=tuple(to_text(one) for one in done.quotes),
    )


def _names(words: Translator) -> dict[Wanted, str]:
    return {
        Wanted.BOTH: words.t("Who wrote the comments, and what they say"),
        Wanted.AUTHOR: words.t("Only who wrote the comments; their texts stay"),
        Wanted.TEXT: words.t("Only what the comments say; the account stays"),
    }


def _head(frame: Frame, title: str) -> Head:
    return Head(title=f"{title} – {frame.site.name}", robots="noindex", styles=("forms.css", "desk.css"))
