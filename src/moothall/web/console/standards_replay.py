"""What the rule time machine found, in words."""

import msgspec

from moothall.kernel.ids import to_text
from moothall.moderation.replay import Decided, Example, Result
from moothall.web.i18n import Translator, number


class ExampleView(msgspec.Struct, frozen=True):
    """A comment that would be treated otherwise."""

    href: str
    id: str
    change: str
    rule: str
    decided: str


def replayed(words: Translator, result: Result) -> tuple[tuple[str, str], ...]:
    """Names and values, in reading order."""
    precision = "–" if result.precision is None else f"{result.precision:.0%}"
    return (
        (words.t("Comments looked at"), number(words.lang, result.comments)),
        (words.t("Held or refused then"), number(words.lang, result.held_then)),
        (words.t("Held or refused with this document"), number(words.lang, result.held)),
        (words.t("Authors asked first"), number(words.lang, result.nudged)),
        (words.t("Of those held: taken down by moderators"), number(words.lang, result.down)),
        (words.t("Of those held: kept by moderators"), number(words.lang, result.kept)),
        (words.t("Share that moderators took down"), precision),
        (words.t("More to read each day"), f"{result.extra_per_day:+.1f}"),
    )


def examples(words: Translator, result: Result) -> tuple[ExampleView, ...]:
    """Newly held ones, then those no longer held."""
    newly, no_longer = words.t("Newly held"), words.t("No longer held")
    told = [*((newly, one) for one in result.newly), *((no_longer, one) for one in result.no_longer)]
    return tuple(_example(words, change, one) for change, one in told)


def _example(words: Translator, change: str, one: Example) -> ExampleView:
    names = {Decided.KEPT: words.t("kept by a moderator"), Decided.DOWN: words.t("taken down by a moderator")}
    decided = names[one.decided] if one.decided else words.t("not decided on")
    key = to_text(one.comment_id)
    return ExampleView(f"/c/{key}", key, change, one.rule or "", decided)
