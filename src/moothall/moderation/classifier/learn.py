"""Fits the local layer to decisions: a slope and a shift on the older two thirds, measured on the newest third."""

import math
from collections.abc import Sequence

import msgspec

from moothall.kernel.limits import CALIBRATION_EACH
from moothall.moderation.classifier import calibration
from moothall.moderation.classifier.local import Bands, Figures, Learned, logit, moved
from moothall.moderation.classifier.port import Attribute

# What a newsroom that has fitted nothing goes by.
SHIPPED = Bands(approve=0.2, hold=0.8)
_PRECISION, _MISSED = 0.8, 0.05
# Fewer above a line say too little of its precision.
_ABOVE = 10
_STEPS = 30
# How far slope and shift may stray from 1 and 0 at little cost: a handful of odd decisions moves them little.
_PRIOR = 2.0
_LEAST_SLOPE = 0.1


class Head(msgspec.Struct, frozen=True):
    """What decisions are compared with: the scores of an attribute, in a language, by weights of a checksum."""

    attribute: Attribute
    language: str
    weights: str


class Seen(msgspec.Struct, frozen=True):
    """A decided comment: its shipped score, and whether it was taken down."""

    score: float
    down: bool


class NotLearned(Exception):
    """The decisions do not make the scores better; the message says why not."""


def learn(head: Head, seen: Sequence[Seen]) -> Learned:
    """Args: seen: oldest first.  Raises: NotLearned."""
    down = sum(one.down for one in seen)
    fitted, held = seen[: len(seen) * 2 // 3], seen[len(seen) * 2 // 3 :]
    _enough(down, len(seen) - down, held)
    slope, shift = _fit(fitted)
    if slope < _LEAST_SLOPE:
        raise NotLearned("the scores do not follow the decisions")
    after = [Seen(moved(one.score, slope, shift), one.down) for one in held]
    if _loss(after) >= _loss(held):
        raise NotLearned("the shipped scores fit the newest decisions as well")
    bands = fit_bands([Seen(moved(one.score, slope, shift), one.down) for one in fitted])
    return Learned(
        attribute=head.attribute,
        language=head.language,
        weights=head.weights,
        slope=slope,
        shift=shift,
        kept=len(seen) - down,
        down=down,
        bands=bands,
        before=figures(held, SHIPPED),
        after=figures(after, bands),
    )


def fit_bands(seen: Sequence[Seen]) -> Bands:
    """Hold from where eight in ten are taken down; approve below where no more than one in twenty of those lies."""
    ranked = sorted(seen, key=lambda one: -one.score)
    hold, down = None, 0
    for at, one in enumerate(ranked, 1):
        down += one.down
        # Equal scores stand on one side of a line.
        last = at == len(ranked) or ranked[at].score < one.score
        if last and at >= _ABOVE and down >= _PRECISION * at:
            hold = one.score
    lowest = sorted(one.score for one in seen if one.down)
    approve = lowest[int(_MISSED * len(lowest))] if lowest else None
    return Bands(
        approve=None if approve is None else math.floor(approve * 1000) / 1000,
        hold=None if hold is None else math.floor(hold * 1000) / 1000,
    )


def figures(seen: Sequence[Seen], bands: Bands) -> Figures:
    """What the bands do to comments whose decisions are known."""
    downs = max(1, sum(one.down for one in seen))
    above = [] if bands.hold is None else [one.down for one in seen if one.score >= bands.hold]
    below = [] if bands.approve is None else [one.down for one in seen if one.score < bands.approve]
    error = calibration.error([one.score for one in seen], [float(one.down) for one in seen])
    return Figures(
        error=error,
        precision=sum(above) / len(above) if above else None,
        recall=sum(above) / downs,
        approved=len(below) / max(1, len(seen)),
        missed=sum(below) / downs,
    )


def _enough(down: int, kept: int, held: Sequence[Seen]) -> None:
    least = CALIBRATION_EACH
    if down < least or kept < least:
        raise NotLearned(f"{down:,} taken down and {kept:,} kept; {least} of each are needed")
    of_held = sum(one.down for one in held)
    # A third of them should lie there; a sixth still measures something.
    if min(of_held, len(held) - of_held) < least // 6:
        raise NotLearned(
            f"of the newest third {of_held:,} were taken down and {len(held) - of_held:,} kept: too few"
        )


def _fit(seen: Sequence[Seen]) -> tuple[float, float]:
    """Newton's steps down the log loss, which has one lowest point."""
    known = [(logit(one.score), float(one.down)) for one in seen]
    slope, shift, pull = 1.0, 0.0, 1 / _PRIOR**2
    for _ in range(_STEPS):
        g0, g1 = pull * (slope - 1), pull * shift
        h00, h01, h11 = pull, 0.0, pull
        for x, y in known:
            p = 1 / (1 + math.exp(-min(max(slope * x + shift, -30.0), 30.0)))
            w = p * (1 - p)
            g0, g1 = g0 + (p - y) * x, g1 + (p - y)
            h00, h01, h11 = h00 + w * x * x, h01 + w * x, h11 + w
        det = h00 * h11 - h01 * h01
        step0, step1 = (h11 * g0 - h01 * g1) / det, (h00 * g1 - h01 * g0) / det
        # Far from the lowest point a whole step may overshoot.
        slope, shift = slope - min(max(step0, -1), 1), shift - min(max(step1, -1), 1)
        if abs(step0) + abs(step1) < 1e-9:
            break
    return slope, shift


def _loss(seen: Sequence[Seen]) -> float:
    """Mean log loss: lower is better."""
    inside = [(min(max(one.score, 1e-6), 1 - 1e-6), one.down) for one in seen]
    return -sum(math.log(score if down else 1 - score) for score, down in inside) / max(1, len(seen))
