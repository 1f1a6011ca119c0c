"""95% intervals: of a share, of the difference of two shares, of the difference of two means."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from statistics import fmean, variance

_Z = 1.959964


def wilson(hits: int, of: int) -> tuple[float, float]:
    """The interval of a share, to two places; it stays between 0 and 1 and works for few (Wilson 1927)."""
    low, high = _bounds(hits, of)
    return round(low, 2), round(high, 2)


def _bounds(hits: int, of: int) -> tuple[float, float]:
    share, spread = hits / of, _Z * _Z / of
    middle = (share + spread / 2) / (1 + spread)
    reach = _Z * sqrt(share * (1 - share) / of + spread / (4 * of)) / (1 + spread)
    return max(0.0, middle - reach), min(1.0, middle + reach)


def shares_apart(hits: int, of: int, others: int, of_others: int) -> tuple[float, float, float]:
    """One share less another, with its interval from the two Wilson intervals (Newcombe 1998, method 10)."""
    one, other = hits / of, others / of_others
    (low, high), (other_low, other_high) = _bounds(hits, of), _bounds(others, of_others)
    below = sqrt((one - low) ** 2 + (other_high - other) ** 2)
    above = sqrt((high - one) ** 2 + (other - other_low) ** 2)
    return one - other, one - other - below, one - other + above


def means_apart(values: Sequence[float], others: Sequence[float]) -> tuple[float, float, float]:
    """One mean less another, with its interval (Welch 1947); two values or more of each."""
    parts = variance(values) / len(values), variance(others) / len(others)
    apart, error = fmean(values) - fmean(others), sqrt(sum(parts))
    if not error:
        return apart, apart, apart
    freedom = sum(parts) ** 2 / (parts[0] ** 2 / (len(values) - 1) + parts[1] ** 2 / (len(others) - 1))
    reach = student_t(freedom) * error
    return apart, apart - reach, apart + reach


def student_t(freedom: float) -> float:
    """Student's t at 97.5%, by the expansion of Cornish and Fisher: right to a hundredth from five degrees on."""
    z = _Z
    first, second = (z**3 + z) / 4, (5 * z**5 + 16 * z**3 + 3 * z) / 96
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    return z + first / freedom + second / freedom**2 + third / freedom**3
