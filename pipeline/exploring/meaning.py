"""Which example a text is most like by meaning. For suggestions only."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pipeline.encoders import PLACES, vectors


def nearest(texts: Sequence[str], examples: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """For each text (place of the most similar example, likeness -1 to 1); examples must not be empty."""
    if not len(texts):
        return np.empty(0, dtype=np.int64), np.empty(0)
    likeness = np.round(vectors(texts).astype(np.float64) @ vectors(examples).astype(np.float64).T, PLACES) + 0.0
    best = likeness.argmax(axis=1)
    return best, likeness[np.arange(len(texts)), best]
