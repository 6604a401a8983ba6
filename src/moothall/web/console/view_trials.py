"""Judges on trial as the console draws them: a point a comment."""

from collections import Counter
from collections.abc import Sequence

from moothall.moderation.shadow import Comparison
from moothall.web.console.view_numbers import HEIGHT, WIDTH, Bar, Chart
from moothall.web.i18n import Translator, number

# Points stand in a raster: so many are drawn at most, however many comments there are.
_ACROSS, _UP = 100, 20


def trial_charts(words: Translator, found: Sequence[Comparison]) -> tuple[Chart, ...]:
    """One a judge, in the settings' order."""
    return tuple(Chart(one.name, _summary(words, one), _points(words, one), "0", "1") for one in found)


def _summary(words: Translator, one: Comparison) -> str:
    told = [words.t("compared: {n}", n=number(words.lang, len(one.compared)))]
    if one.agreement is not None:
        told.append(words.t("agreement: {share} %", share=round(100 * one.agreement)))
    if one.correlation is not None:
        told.append(words.t("correlation: {r}", r=f"{one.correlation:.2f}"))
    told.append(words.t("held by the others alone: {n}", n=number(words.lang, one.ours_alone)))
    told.append(words.t("held by this one alone: {n}", n=number(words.lang, one.theirs_alone)))
    told.append(words.t("no answer: {n}", n=number(words.lang, one.silent)))
    return " · ".join(told)


def _points(words: Translator, found: Comparison) -> tuple[Bar, ...]:
    wide, tall = WIDTH // _ACROSS, HEIGHT // _UP
    places = Counter(
        (min(int(one.ours * _ACROSS), _ACROSS - 1), min(int(one.theirs * _UP), _UP - 1)) for one in found.compared
    )
    return tuple(
        Bar(x * wide, HEIGHT - (y + 1) * tall, wide, tall, number(words.lang, count))
        for (x, y), count in sorted(places.items())
    )
