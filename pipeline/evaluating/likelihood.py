"""How much more often something is said in one part than in another: the signed log-likelihood (G2)."""

from __future__ import annotations

import numpy as np


def log_likelihood(a: np.ndarray, b: np.ndarray, size_a: float, size_b: float) -> np.ndarray:
    """Signed G2 of words said a times in size_a words and b times in size_b (Rayson and Garside 2000).

    Positive where the word is relatively more frequent in the first corpus.

    >>> log_likelihood(np.array([5, 1]), np.array([0, 10]), 10, 100).round(1).tolist()
    [24.0, 0.0]
    """
    a, b = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    if not size_a or not size_b:
        return np.zeros(a.shape)
    both = (a + b) / (size_a + size_b)
    value = 2 * (part(a, size_a * both) + part(b, size_b * both))
    return np.where(a * size_b >= b * size_a, value, -value)


def part(observed: np.ndarray, expected: np.ndarray) -> np.ndarray:
    """observed * ln(observed / expected), 0 where nothing was observed."""
    safe = np.where(observed > 0, observed, 1.0)
    return np.where(observed > 0, observed * np.log(safe / np.where(expected > 0, expected, 1.0)), 0.0)
