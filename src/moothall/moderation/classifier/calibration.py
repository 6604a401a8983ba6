"""From a logit to a score that means its share: isotonic regression by pooling neighbours, kept as a few points.

Source: Zadrozny and Elkan 2002 (isotonic calibration); Ayer and others 1955 (pooling).
"""

from bisect import bisect_right
from collections.abc import Sequence

Point = tuple[float, float]
# No score is ever certain.
_LEAST, _MOST = 0.002, 0.998
_BINS = 15


def at(curve: Sequence[Point], logit: float) -> float:
    """The score of a logit: straight between points, flat beyond the ends."""
    place = bisect_right(curve, logit, key=lambda point: point[0])
    if place == 0:
        return curve[0][1]
    if place == len(curve):
        return curve[-1][1]
    (x0, y0), (x1, y1) = curve[place - 1], curve[place]
    return y0 + (y1 - y0) * (logit - x0) / (x1 - x0)


def fit(logits: Sequence[float], shares: Sequence[float], *, points: int = 24) -> tuple[Point, ...]:
    """A rising curve through the shares (0 to 1), over groups of equal size, at most `points` of them."""
    pairs = sorted(zip(logits, shares, strict=True))
    size = max(1, len(pairs) // points)
    groups = [pairs[i : i + size] for i in range(0, len(pairs), size)]
    blocks: list[tuple[float, float, int]] = []
    for group in groups:
        block = sum(x for x, _ in group), sum(y for _, y in group), len(group)
        while blocks and blocks[-1][1] / blocks[-1][2] >= block[1] / block[2]:
            last = blocks.pop()
            block = last[0] + block[0], last[1] + block[1], last[2] + block[2]
        blocks.append(block)
    found = [(round(x / n, 4), round(min(max(y / n, _LEAST), _MOST), 4)) for x, y, n in blocks]
    return tuple(point for i, point in enumerate(found) if i == 0 or point[0] > found[i - 1][0])


def error(scores: Sequence[float], shares: Sequence[float]) -> float:
    """Reliability: how far scores are from what came true, on average over fifteen bands of equal width."""
    bands: list[list[tuple[float, float]]] = [[] for _ in range(_BINS)]
    for score, share in zip(scores, shares, strict=True):
        bands[min(int(score * _BINS), _BINS - 1)].append((score, share))
    return sum(abs(sum(s - y for s, y in band)) for band in bands) / max(1, len(scores))
