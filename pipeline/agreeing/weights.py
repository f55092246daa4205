"""Weights of agreement between two categories in order: 1 for the same category, less the further they are apart.

Gwet, Handbook of Inter-Rater Reliability (4th ed. 2014), chapter 3: ordinal weights by the number of category pairs between the two,
quadratic ones by the squared distance.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

WEIGHTS = ("identity", "ordinal", "quadratic")


def weights(kind: str, categories: int, values: Sequence[float] | None = None) -> np.ndarray:
    """(q x q) weights; `values` of the categories for `quadratic` (else 1, 2, 3 …).

    >>> weights("quadratic", 3)[0].tolist()
    [1.0, 0.75, 0.0]
    >>> weights("ordinal", 3)[0].round(3).tolist()
    [1.0, 0.667, 0.0]
    """
    if kind == "identity" or categories < 2:
        return np.eye(categories)
    apart = np.abs(np.subtract.outer(np.arange(categories), np.arange(categories))).astype(float)
    if kind == "ordinal":
        between = apart * (apart + 1) / 2
        return np.asarray(1 - between / between.max())
    if kind == "quadratic":
        told = np.arange(categories, dtype=float) if values is None else np.asarray(values, dtype=float)
        squares = np.subtract.outer(told, told) ** 2
        return np.asarray(1 - squares / squares.max())
    raise ValueError(f"weights are {', '.join(WEIGHTS)}, not {kind}")
