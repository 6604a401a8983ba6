"""A threshold is carried over so that the same share stands above it, with honest bounds."""

import random

import pytest

from moothall.kernel.limits import THRESHOLD_FEW
from moothall.moderation.classifier.migrate import Pair, mapped


def archive(count: int, seed: int) -> list[Pair]:
    """Ours is the square of the old score, more or less."""
    dice = random.Random(seed)
    old = [dice.random() for _ in range(count)]
    return [Pair(one, min(max(one * one + dice.gauss(0, 0.03), 0), 1)) for one in old]


@pytest.mark.parametrize("old", [0.2, 0.5, 0.8, 0.95])
def test_the_share_is_kept(old: float) -> None:
    """Within one comment, and at about the square of the old threshold."""
    pairs = archive(5_000, 3)
    found = mapped(pairs, old)
    assert found is not None
    assert abs(sum(pair.new >= found.new for pair in pairs) - found.above) <= max(5, found.above // 100)
    assert found.new == pytest.approx(old * old, abs=0.03)
    assert found.low <= found.new <= found.high
    assert found.both > 0.8


def test_bounds_hold_what_a_larger_archive_says() -> None:
    """In at least nineteen of twenty small archives; and they are narrow enough to say something."""
    whole = mapped(archive(40_000, 1), 0.7)
    small = [mapped(archive(400, seed), 0.7) for seed in range(100, 140)]
    assert whole is not None
    hits = [one.low <= whole.new <= one.high for one in small if one is not None]
    assert sum(hits) >= 38
    assert all(one is not None and one.high - one.low < 0.3 for one in small)


def test_few_are_named() -> None:
    """On either side of the threshold; none above it is no threshold at all."""
    pairs = [Pair(at / 1000, at / 1000) for at in range(1000)]
    told = [mapped(pairs, old) for old in (0.5, 1 - THRESHOLD_FEW / 1000, 1 - (THRESHOLD_FEW - 1) / 1000, 0.01)]
    assert [one is not None and one.few for one in told] == [False, False, True, True]
    assert mapped(pairs, 1.0) is None
    assert mapped([], 0.5) is None
