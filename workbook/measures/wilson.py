"""The interval of a share."""

from __future__ import annotations

from math import sqrt

_Z = 1.96


def wilson(hits: int, of: int) -> tuple[float, float]:
    """The 95% interval of a share, to two places; it stays between 0 and 1 and works for few."""
    share, spread = hits / of, _Z * _Z / of
    middle = (share + spread / 2) / (1 + spread)
    reach = _Z * sqrt(share * (1 - share) / of + spread / (4 * of)) / (1 + spread)
    return round(max(0.0, middle - reach), 2), round(min(1.0, middle + reach), 2)
