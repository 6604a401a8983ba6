"""The dashboard as the console draws it: bars are SVG with attributes, because the page allows no inline style."""

from collections.abc import Sequence

import msgspec

from moothall.discussion.nudge import NudgeCounts
from moothall.moderation.numbers import Day, Numbers, in_words_ms
from moothall.moderation.second_review import Quality
from moothall.moderation.standards import rule_of
from moothall.web.console.view import head
from moothall.web.console.view_reviews import means_table
from moothall.web.i18n import Translator, number
from moothall.web.pages.standards import rules_in
from moothall.web.pages.view import Frame, page
from moothall.web.render import Context

WIDTH, HEIGHT = 600, 120
_GAP = 2


class Bar(msgspec.Struct, frozen=True):
    """A rectangle of a drawing, with what it says when one points at it."""

    x: int
    y: int
    width: int
    height: int
    said: str


class Chart(msgspec.Struct, frozen=True):
    """Bars with a sentence for who cannot see them."""

    title: str
    summary: str
    bars: tuple[Bar, ...]
    first: str
    last: str


class Share(msgspec.Struct, frozen=True):
    """A rule with how often it was named, or another count; `width` is of 300."""

    name: str
    count: str
    width: int


class Asked(msgspec.Struct, frozen=True):
    """A rule that authors were asked about before posting, and what they chose."""

    name: str
    shown: str
    rephrased: str
    sent: str
    left: str


def numbers_page(
    frame: Frame, found: Numbers, right: Sequence[Quality], nudges: Sequence[tuple[str, NudgeCounts]]
) -> Context:
    """`console/numbers.html`.  Args: right: what second reviews say of each means; nudges: by rule."""
    words = frame.words
    title = words.t("Numbers")
    names = [frame.times.short(day.at_ms, frame.now_ms).partition(",")[0] for day in found.days]
    written = [day.comments for day in found.days]
    decided = [day.approved + day.held + day.removed for day in found.days]
    waits = [(day.median_wait_ms or 0) // 60_000 for day in found.days]
    last = next((day.median_wait_ms for day in reversed(found.days) if day.median_wait_ms is not None), None)
    charts = (
        _chart(words, words.t("Comments written"), names, written, number(words.lang, sum(written))),
        _chart(words, words.t("Decisions"), names, decided, number(words.lang, sum(decided))),
        _chart(words, words.t("Minutes until a decision (median)"), names, waits, _wait(words, last)),
    )
    return page(
        frame,
        head(frame, title),
        title=title,
        charts=charts,
        shares=_shares(words, found.rules),
        appeals=_appeals(words, found.days),
        means=means_table(words, right),
        nudges=_nudges(words, nudges),
        heating=tuple((f"/s/{one.code}", one.headline, one.last_hour, round(one.usual)) for one in found.heating),
        width=WIDTH,
        height=HEIGHT,
    )


def _chart(words: Translator, title: str, names: Sequence[str], values: Sequence[int], summary: str) -> Chart:
    most = max(values, default=0) or 1
    step = WIDTH // max(len(values), 1)
    talls = [_tall(value, most) for value in values]
    said = [f"{name}: {number(words.lang, value)}" for name, value in zip(names, values, strict=True)]
    bars = tuple(Bar(n * step, HEIGHT - tall, step - _GAP, tall, said[n]) for n, tall in enumerate(talls))
    return Chart(title, summary, bars, names[0] if names else "", names[-1] if names else "")


def _tall(value: int, most: int) -> int:
    """In pixels; what is there at all is seen."""
    return max(1 if value else 0, round(HEIGHT * value / most))


def _wait(words: Translator, wait_ms: int | None) -> str:
    if wait_ms is None:
        return "–"
    n, unit = in_words_ms(wait_ms)
    names = {"minutes": words.t("{n} min", n=n), "hours": words.t("{n} h", n=n), "days": words.t("{n} d", n=n)}
    return names[unit]


def _shares(words: Translator, rules: Sequence[tuple[str, int]]) -> tuple[Share, ...]:
    titles = {rule.key: f"{rule.number}. {rule.title}" for rule in rules_in(words)}
    most = max((count for _, count in rules), default=1)
    return tuple(
        Share(titles.get(key, _old(key)), number(words.lang, count), max(2, round(300 * count / most)))
        for key, count in rules
    )


def _appeals(words: Translator, days: Sequence[Day]) -> tuple[Share, ...]:
    """What became of them, in the order of the law's table; nothing where none was decided."""
    counts = {
        words.t("The decision was upheld"): sum(day.upheld for day in days),
        words.t("It was changed in part"): sum(day.partly for day in days),
        words.t("It was taken back"): sum(day.reversed for day in days),
    }
    most = max(counts.values())
    if not most:
        return ()
    return tuple(Share(name, number(words.lang, n), round(300 * n / most)) for name, n in counts.items())


def _nudges(words: Translator, found: Sequence[tuple[str, NudgeCounts]]) -> tuple[Asked, ...]:
    titles = {rule.key: f"{rule.number}. {rule.title}" for rule in rules_in(words)} | {"": words.t("No rule")}
    say = words.lang
    return tuple(
        Asked(
            titles.get(rule, _old(rule)),
            number(say, one.shown),
            number(say, one.rephrased),
            number(say, one.sent),
            number(say, one.left),
        )
        for rule, one in found
    )


def _old(key: str) -> str:
    """A rule that is no longer in force is named by its key."""
    rule = rule_of(key)
    return rule.number if rule else key
