"""What the console's queues take."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

import msgspec

from moothall.kernel import page as cursors
from moothall.kernel.ids import to_text
from moothall.kernel.page import Cursor
from moothall.moderation.decide import Act
from moothall.moderation.queue import ORDERS, Holder, Order, QueuePage, Waiting
from moothall.web.console.place import Place
from moothall.web.console.row import Row, row
from moothall.web.console.tabs import Tab, queue_names
from moothall.web.i18n import LANGUAGES, Translator
from moothall.web.pages.standards import rules_in
from moothall.web.pages.view import Frame, Head, page
from moothall.web.pages.view_acts import Choice, Rule
from moothall.web.render import Context

# One key a rule: further rules are chosen from the list.
_KEYS = "123456789"


class Keyed(Rule, Protocol):
    """A rule in a language, with its key in the standards."""

    @property
    def key(self) -> str: ...


PREFERENCES: dict[str, str] = {"view": "list", "blur": "", "grey": "", "pause": "50", "harsh": "20"}
"""What a moderator may set, and what holds until they do.

`pause` is in minutes, 0 for never; `harsh` is how many harsh comments an hour, or `all`.
"""


class Done(msgspec.Struct, frozen=True):
    """What was just decided; `href` leads to deciding anew, `key` takes it back."""

    text: str
    href: str
    key: str = ""


class RuleKey(msgspec.Struct, frozen=True):
    """A rule and the key that names it, empty for those past the ninth."""

    key: str
    value: str
    number: str
    title: str
    text: str


class Around(msgspec.Struct, frozen=True):
    """What a queue's page knows besides the queue."""

    tabs: tuple[Tab, ...] = ()
    holders: tuple[Holder, ...] = ()
    done: Done | None = None
    notes: tuple[str, ...] = ()
    prefs: Mapping[str, str] = {}


def queue_page(frame: Frame, at: Place, found: QueuePage, around: Around, new_key: Callable[[], str]) -> Context:
    """`console/queue.html`."""
    words = frame.words
    title = queue_names(words)[at.asked.queue]
    base = page(
        frame,
        head(frame, title),
        title=title,
        tabs=around.tabs,
        done=around.done,
        people=tuple(_holder(words, one) for one in around.holders),
        prefs=PREFERENCES | dict(around.prefs),
        other_view=at.at(at.cursor, view="one" if at.view == "list" else "list"),
        sorts=_sorts(words, at),
        languages_of=tuple(Choice(tag, name, chosen=tag == at.asked.lang) for tag, name in LANGUAGES.items()),
        narrowed=at.asked,
        newest=to_text(max((one.comment.id for one in found.waiting), default=0)),
        script=script_words(words),
        account=to_text(frame.viewer.id or 0),
        skip_href=_skip(at, found),
        spared=found.spared,
    )
    return {**base, **_items(frame, at, found, around, new_key)}


def items_part(frame: Frame, at: Place, found: QueuePage, around: Around, new_key: Callable[[], str]) -> Context:
    """`console/items.html`: what a script puts beneath the items that it has."""
    return {"lang": frame.words.lang, "csrf": frame.csrf, **_items(frame, at, found, around, new_key)}


def head(frame: Frame, title: str) -> Head:
    """Of every page of the console."""
    styles = ("moothall.css", "forms.css", "desk.css", "console.css")
    return Head(title=f"{title} – {frame.site.name}", robots="noindex", styles=styles)


def done_text(words: Translator, act: Act) -> str:
    """What was done, said where it was done."""
    names = {
        Act.APPROVE: words.t("Approved: everybody sees it."),
        Act.HOLD: words.t("Held: nobody sees it until somebody decides."),
        Act.REMOVE: words.t("Taken down: its author is told the rule."),
    }
    return names[act]


def rule_keys(rules: Sequence[Keyed]) -> tuple[RuleKey, ...]:
    """The rules in order, each on the key of its number if that has one digit."""
    return tuple(
        RuleKey(one.number if one.number in _KEYS else "", one.key, one.number, one.title, one.text)
        for one in rules
    )


def script_words(words: Translator) -> str:
    """What the script says, as JSON."""
    said = {
        "approve": words.t("Approved"),
        "hold": words.t("Held"),
        "remove": words.t("Taken down: rule {n}"),
        "undone": words.t("Taken back"),
        "featured": words.t("Featured: readers see the mark"),
        "unfeatured": words.t("No longer featured"),
        "nothing": words.t("Nothing to take back"),
        "sending": words.t("{n} to be sent"),
        "offline": words.t("Not connected. {n} decisions are kept here and will be sent."),
        "failed": words.t("Not done: {why}"),
        "fresh": words.t("Show {n} new"),
        "selected": words.t("{n} selected"),
        "empty": words.t("Nothing waits here."),
        "pause": words.t("You have read for {n} minutes. Time for a break?"),
        "gone": words.t("A colleague has taken this one."),
        "hand": words.t("{name}: {n} in hand"),
    }
    return msgspec.json.encode(said).decode()


def _items(
    frame: Frame, at: Place, found: QueuePage, around: Around, new_key: Callable[[], str]
) -> dict[str, object]:
    following = found.next_cursor
    return {
        "rows": _rows(frame, at, found.waiting, new_key),
        "rules": rule_keys(rules_in(frame.words)),
        "queue": at.asked.queue.value,
        "one": at.view == "one",
        "here": at.path,
        "notes": around.notes,
        "next_href": at.at(following) if following else "",
        "next_part": at.at(following, part=True) if following else "",
    }


def _rows(frame: Frame, at: Place, waiting: Sequence[Waiting], new_key: Callable[[], str]) -> tuple[Row, ...]:
    """Each leads on to the one below it; below the first of a page it is the first again, beneath the notice."""
    ids = [to_text(one.comment.id) for one in waiting]
    below = ["", *(f"#c-{key}" for key in ids[2:]), ""][: len(ids)]
    if at.view == "one":
        below = [""] * len(ids)
    return tuple(
        row(frame, one, onward=f"{at.path}{spot}", key=new_key()) for one, spot in zip(waiting, below, strict=True)
    )


def _skip(at: Place, found: QueuePage) -> str:
    """Past the first comment, without deciding on it."""
    if at.view != "one" or not found.waiting or at.asked.order in {Order.BUSIEST, Order.LIKELY}:
        return ""
    first = found.waiting[0]
    key = first.report_count if at.asked.order is Order.REPORTED else 0
    return at.at(cursors.encode(Cursor(key, first.comment.id)))


def _sorts(words: Translator, at: Place) -> tuple[Choice, ...]:
    names = {
        Order.OLDEST: words.t("Oldest first"),
        Order.NEWEST: words.t("Newest first"),
        Order.REPORTED: words.t("Most reported first"),
        Order.BUSIEST: words.t("Busiest discussion first"),
        Order.LIKELY: words.t("Most likely to break a rule first"),
    }
    asked = at.asked
    return tuple(Choice(one.value, names[one], chosen=one is asked.order) for one in ORDERS[asked.queue])


def _holder(words: Translator, one: Holder) -> str:
    return words.t("{name}: {n} in hand", name=one.name, n=one.count)
