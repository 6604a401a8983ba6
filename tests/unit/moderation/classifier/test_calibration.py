"""Scores that mean their share."""

from moothall.moderation.classifier import calibration


def test_a_curve_rises_and_meets_the_shares() -> None:
    """Of those scored 0.8 eight in ten are positive, also where the logits say otherwise."""
    logits = [x / 100 for x in range(1_000)]
    shares = [float(x % 10 < (2 if x < 500 else 8)) for x in range(1_000)]
    curve = calibration.fit(logits, shares)
    assert list(curve) == sorted(curve)
    assert abs(calibration.at(curve, 2.0) - 0.2) < 0.05
    assert abs(calibration.at(curve, 8.0) - 0.8) < 0.05
    scores = [calibration.at(curve, x) for x in logits]
    assert scores == sorted(scores)
    assert calibration.error(scores, shares) < 0.05 < calibration.error(logits, shares)


def test_beyond_its_ends_a_curve_is_flat() -> None:
    """No logit makes a score certain."""
    curve = calibration.fit([0.0, 1.0], [0.0, 1.0])
    assert 0 < calibration.at(curve, -1e9) < calibration.at(curve, 1e9) < 1
