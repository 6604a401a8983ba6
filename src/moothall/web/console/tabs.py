"""The console's own navigation: the same on each of its pages."""

from collections.abc import Mapping
from typing import Any

import msgspec
from litestar import Request

from moothall.moderation.queue import Queue
from moothall.web import gate
from moothall.web.i18n import Translator, number
from moothall.web.pages.view import Frame
from moothall.web.services import services


class Tab(msgspec.Struct, frozen=True):
    """A page of the console; `count` is a text, empty where nothing is counted."""

    name: str
    href: str
    count: str
    current: bool


async def tabs_of(request: Request[Any, Any, Any], frame: Frame, current: str) -> tuple[Tab, ...]:
    """With what waits for whoever looks.  Args: current: the last part of the open page's address."""
    viewer = await gate.need_session(request)
    return tabs(frame.words, current, await services(request).console.counts(viewer.account.id))


def tabs(words: Translator, current: str, counts: Mapping[str, int]) -> tuple[Tab, ...]:
    """The same, of counts by the last part of each page's address; of pages not in them nothing is said."""
    pages = {queue.value: name for queue, name in queue_names(words).items()}
    pages |= {
        "appeals": words.t("Appeals"),
        "notices": words.t("Notices"),
        "search": words.t("Search"),
        "decided": words.t("My decisions"),
        "discussions": words.t("Discussions"),
        "reviews": words.t("Second reviews"),
        "numbers": words.t("Numbers"),
        "people": words.t("People"),
        "mine": words.t("My console"),
    }
    waiting = {key: number(words.lang, count) for key, count in counts.items() if count}
    return tuple(Tab(name, f"/console/{key}", waiting.get(key, ""), key == current) for key, name in pages.items())


def queue_names(words: Translator) -> dict[Queue, str]:
    """The queues as moderators know them."""
    return {
        Queue.HELD: words.t("Held"),
        Queue.REPORTED: words.t("Reported"),
        Queue.NEW: words.t("New authors"),
        Queue.WATCHED: words.t("Watched"),
        Queue.LIVE: words.t("Everything live"),
    }
