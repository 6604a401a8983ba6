"""Blind second reviews, and how right the checks were, as the console draws them."""

from collections.abc import Mapping, Sequence

import msgspec

from moothall.kernel.ids import to_text
from moothall.kernel.limits import SAMPLE_DAYS, SAMPLE_SIZE
from moothall.moderation.second_review import ALL_CHECKS, PEOPLE, Quality, Question, Share
from moothall.people.role import Right
from moothall.web.console.view import head, rule_keys
from moothall.web.i18n import Translator
from moothall.web.pages.standards import rules_in
from moothall.web.pages.view import Frame, page
from moothall.web.pages.view_standards import phase_names
from moothall.web.render import Context


class Means(msgspec.Struct, frozen=True):
    """One line of the table: shares as texts, each with its interval and the reviews that it rests on."""

    name: str
    accuracy: str
    precision: str
    recall: str


# What the form of a new sample holds at first.
SAMPLE_FORM = {"size": "100", "days": "30", "seed": ""}


def reviews_page(
    frame: Frame,
    asked: Question | None,
    *,
    count: int,
    error: str = "",
    typed: Mapping[str, str] | None = None,
) -> Context:
    """`console/reviews.html`.

    Args:
        count: how many wait for this moderator.
        typed: what the form of a new sample held when it was refused.
    """
    words = frame.words
    title = words.t("Second reviews")
    return page(
        frame,
        head(frame, title),
        title=title,
        question=asked,
        sample=to_text(asked.sample_id) if asked else "",
        comment=to_text(asked.comment_id) if asked else "",
        waiting=words.tn("{n} comment waits for a second look.", "{n} comments wait for a second look.", count),
        rules=rule_keys(rules_in(words)),
        may_draw=frame.may(Right.MANAGE),
        most=SAMPLE_SIZE,
        days=SAMPLE_DAYS,
        typed=typed or SAMPLE_FORM,
        error=error,
    )


def means_table(words: Translator, found: Sequence[Quality]) -> tuple[Means, ...]:
    """All checks first, people last."""
    names = {**phase_names(words), ALL_CHECKS: words.t("All checks"), PEOPLE: words.t("First decisions by people")}
    return tuple(
        Means(
            names.get(one.means, one.means.replace("_", " ")),
            _share(words, one.accuracy),
            _share(words, one.precision),
            _share(words, one.recall),
        )
        for one in found
    )


def _share(words: Translator, found: Share | None) -> str:
    if found is None:
        return "–"
    parts = {"value": found.value, "low": found.low, "high": found.high}
    percents = {name: round(100 * share) for name, share in parts.items()}
    return words.t("{value} % ({low} to {high}; {n} reviews)", n=found.count, **percents)
