"""The order "most respected"."""

from math import sqrt

_Z = 1.96  # 95 % confidence
_SCALE = 1_000_000


def wilson(respect: int, disagree: int) -> int:
    """Lower bound of the share that respects, in millionths; 0 without reactions.

    Source: E. B. Wilson, Probable inference, JASA 22 (1927).
    """
    n = respect + disagree
    if n == 0:
        return 0
    share = respect / n
    spread = _Z * sqrt((share * (1 - share) + _Z * _Z / (4 * n)) / n)
    low = (share + _Z * _Z / (2 * n) - spread) / (1 + _Z * _Z / n)
    return max(0, round(low * _SCALE))
