"""Standard errors of AC1 and of Krippendorff's alpha for other units from the same source, linearised (Gwet 2014, chapters 5 and 6).

They take units for independent; sentences of one interview are not. The tables tell intervals from draws of whole cases instead; these
errors are for comparison with other programs.
"""

from __future__ import annotations

import numpy as np

from pipeline.agreeing.tally import Ratings, encoded
from pipeline.agreeing.weights import weights


def ac_error(ratings: Ratings | np.ndarray, scale: str = "identity") -> float:
    """Standard error of AC1 or AC2 (units x coders); units with a single rating are kept. nan below two paired units or two categories."""
    count, q = _counts(ratings, 1)
    r = count.sum(axis=1)
    several = r >= 2
    n, paired = len(r), int(several.sum())
    if paired < 2 or q < 2:
        return float("nan")
    w = weights(scale, q)
    pairs = np.where(several, (count * (count @ w.T - 1)).sum(axis=1) / np.where(several, r * (r - 1), 1), 0.0)
    p = (count / r[:, None]).mean(axis=0)
    factor = w.sum() / (q * (q - 1))
    observed, expected = pairs.sum() / paired, factor * (p * (1 - p)).sum()
    value = (observed - expected) / (1 - expected)
    each = n / paired * (pairs - expected * several) / (1 - expected)
    chance = factor * (count @ (1 - p)) / r
    return _error(each - 2 * (1 - value) * (chance - expected) / (1 - expected), value)


def alpha_error(ratings: Ratings | np.ndarray, scale: str = "identity", corrected: bool = True) -> float:
    """Standard error of nominal (or weighted) alpha over units with at least two ratings; nan below two of them or two categories.

    Units with more ratings than the mean weigh more; what that adds is taken out by the observed agreement, which Gwet's tables and the
    Python irrCAC take with alpha's correction for few ratings (.14557 on Krippendorff's data), the R package without (.14548).
    """
    count, q = _counts(ratings, 2)
    r = count.sum(axis=1)
    n = len(r)
    if n < 2 or q < 2:
        return float("nan")
    w, mean = weights(scale, q), r.mean()
    pairs = (count * (count @ w.T - 1)).sum(axis=1) / (mean * (r - 1))
    p = count.mean(axis=0) / mean
    observed, expected = pairs.mean(), float(p @ w @ p)
    value = (observed - expected) / (1 - expected)  # without the correction for few units, as the variance is
    off, few = (r - mean) / mean, 1 / r.sum()
    told = (1 - few) * observed + few if corrected else observed
    each = (pairs - told * off - expected) / (1 - expected)
    chance = count @ ((w + w.T) @ p / 2) / mean - expected * off
    return _error(each - 2 * (1 - value) * (chance - expected) / (1 - expected), value)


def _counts(ratings: Ratings | np.ndarray, least: int) -> tuple[np.ndarray, int]:
    """(units x categories) counts of units with at least so many ratings, and the number of categories used."""
    numbers, known = encoded(ratings)
    count = (numbers[:, :, None] == np.arange(len(known))).sum(axis=1).astype(float)
    return count[count.sum(axis=1) >= least], len(known)


def _error(each: np.ndarray, value: float) -> float:
    n = len(each)
    return float(np.sqrt(((each - value) ** 2).sum() / (n * (n - 1))))
