"""The local layer is fitted to decisions, tried on the newest of them, and kept only where it is better."""

import random

import pytest

from moothall.kernel.limits import CALIBRATION_EACH
from moothall.moderation.classifier.learn import Head, NotLearned, Seen, figures, fit_bands, learn
from moothall.moderation.classifier.local import Bands, moved
from moothall.moderation.classifier.port import Attribute

HEAD = Head(Attribute.INSULT, "en", "0" * 64)


def decisions(count: int, slope: float, shift: float, seed: int = 7) -> list[Seen]:
    """Of a newsroom that takes a comment down as often as its score, moved so, says."""
    dice = random.Random(seed)
    scores = [dice.uniform(0.02, 0.98) for _ in range(count)]
    return [Seen(score, dice.random() < moved(score, slope, shift)) for score in scores]


@pytest.mark.parametrize(("slope", "shift"), [(0.6, -1.5), (1.5, 1.0), (2.5, -2.0)])
def test_what_a_newsroom_means_is_found(slope: float, shift: float) -> None:
    """Slope and shift come out as they went in, and what was not fitted on is met within five points."""
    found = learn(HEAD, decisions(6_000, slope, shift))
    assert found.slope == pytest.approx(slope, abs=0.15)
    assert found.shift == pytest.approx(shift, abs=0.15)
    assert found.after.error < 0.05 < found.before.error
    assert found.kept + found.down == 6_000


def test_scores_that_fit_already_stay() -> None:
    """A site that decides as the scores say gains nothing, and nothing is learned."""
    exact = [Seen(0.25, at % 4 == 0) for at in range(600)] + [Seen(0.75, at % 4 != 0) for at in range(600)]
    mixed = [one for pair in zip(exact[:600], exact[600:], strict=True) for one in pair]
    with pytest.raises(NotLearned, match="as well"):
        learn(HEAD, mixed)


def test_decisions_against_the_scores_teach_nothing() -> None:
    """What is kept where the score is high would turn the order of comments round."""
    turned = [Seen(one.score, not one.down) for one in decisions(2_000, 2.0, 0.0)]
    with pytest.raises(NotLearned, match="do not follow"):
        learn(HEAD, turned)


def test_too_few_are_refused_with_the_number() -> None:
    """One less than needed is not enough; as many as needed are."""
    few = [Seen(0.9 - at % 7 / 10, at % 2 == 0) for at in range(2 * CALIBRATION_EACH)]
    followed = [Seen(0.6 if one.down else 0.1, one.down) for one in few]
    assert learn(HEAD, followed).down == CALIBRATION_EACH
    with pytest.raises(NotLearned, match=f"99 taken down and 100 kept; {CALIBRATION_EACH} of each"):
        learn(HEAD, followed[1:])


def test_a_newest_third_without_both_is_refused() -> None:
    """All that was taken down is old: what was fitted could not be tried."""
    old = [Seen(0.8, down=True)] * 150 + [Seen(0.1, down=False)] * 400
    with pytest.raises(NotLearned, match="of the newest third 0 were taken down"):
        learn(HEAD, old)


def test_bands_keep_their_word() -> None:
    """Eight in ten from `hold` on, one in twenty below `approve`, and equal scores on one side."""
    seen = [Seen(score / 100, score % 10 < score // 10) for score in range(100) for _ in range(3)]
    bands = fit_bands(seen)
    assert bands.hold is not None
    above = [one.down for one in seen if one.score >= bands.hold]
    assert 0.8 <= sum(above) / len(above) < 0.85
    assert figures(seen, bands).missed <= 0.05
    assert fit_bands([Seen(0.5, down=at % 2 == 0) for at in range(100)]).hold is None


def test_figures_count_what_they_say() -> None:
    """Of ten comments, by hand."""
    seen = [Seen(0.9, down=True), Seen(0.9, down=False), Seen(0.5, down=True), Seen(0.1, down=True)]
    seen += [Seen(0.1, down=False)] * 6
    found = figures(seen, Bands(approve=0.2, hold=0.8))
    assert (found.precision, found.recall) == (0.5, 1 / 3)
    assert (found.approved, found.missed) == (0.7, 1 / 3)
