"""Do the machine's scores mean what they say: reliability curve, calibration error, Platt scaling.

A score of .7 should be true in seven of ten cases, or it is no certainty and must not be shown as one.

Measured (tests/test_evaluating_calibration.py, 20 simulated machines with logits three times too large, Platt fitted on 200
sentences, measured on 200 others): top-1 calibration error .40 before, .08 after.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from pipeline.evaluating.metrics import best_is_true, divided

BINS = 10
STEPS, SMALLEST_STEP, RIDGE, ENOUGH = 100, 1e-10, 1e-12, 1e-8


class Reliability(NamedTuple):
    """One entry a bin of equal width from 0 to 1, the first the least sure; nan in empty bins."""

    low: np.ndarray  # lower edge, exclusive but for the first
    size: np.ndarray  # scores in the bin (sum of their weights)
    score: np.ndarray  # their mean
    true: np.ndarray  # share of them that is true


class Platt(NamedTuple):
    """probability = 1 / (1 + exp(slope * score + offset)); the slope is negative where high scores are true."""

    slope: float
    offset: float


def reliability(
    truth: np.ndarray, scores: np.ndarray, bins: int = BINS, weight: np.ndarray | None = None
) -> Reliability:
    """What share is true among scores of about the same height.

    `truth` (bool or share) and `scores` (probabilities, 0 to 1) of the same shape: cells, or one a sentence. `weight` has
    that shape as well. ValueError for scores outside of 0 to 1.
    """
    t, s = np.asarray(truth, dtype=float).ravel(), np.asarray(scores, dtype=float).ravel()
    w = np.ones(len(s)) if weight is None else np.asarray(weight, dtype=float).ravel()
    if not len(t) == len(s) == len(w):
        raise ValueError(f"{len(t)} truths, {len(s)} scores, {len(w)} weights")
    if len(s) and not (s.min() >= 0 and s.max() <= 1):
        raise ValueError("scores must be probabilities between 0 and 1")
    place = np.clip(np.ceil(s * bins).astype(int) - 1, 0, bins - 1)
    size, score, true = (np.bincount(place, x, bins) for x in (w, w * s, w * t))
    return Reliability(np.arange(bins) / bins, size, divided(score, size), divided(true, size))


def calibration_error(curve: Reliability) -> float:
    """Expected calibration error: mean distance of score and share true over the bins, by their size; nan if all are empty."""
    if not curve.size.sum() > 0:
        return float("nan")
    return float(np.nansum(curve.size * np.abs(curve.score - curve.true)) / curve.size.sum())


def top_error(truth: np.ndarray, scores: np.ndarray, bins: int = BINS, weight: np.ndarray | None = None) -> float:
    """Calibration error of each sentence's best code: `truth` bool and `scores` 0 to 1, n x k; `weight` length n.

    What people see is the best proposal with its certainty; most cells are far below and near 0 anyway.
    """
    return calibration_error(reliability(best_is_true(truth, scores), scores.max(axis=1), bins, weight))


def fit_platt(truth: np.ndarray, scores: np.ndarray, weight: np.ndarray | None = None) -> Platt:
    """Scores of any scale -> probabilities, fitted on sentences the model has not learnt from.

    Newton's method with backtracking and the smoothed targets (n true + 1) / (n true + 2) and 1 / (n false + 2), so that
    perfect separation gives no certainty: Lin, Lin and Weng 2007, "A Note on Platt's Probabilistic Outputs". `truth` bool
    and `scores` float of the same shape; all true or all false gives (about) a constant. ValueError without any.
    """
    t, s = np.asarray(truth, dtype=bool).ravel(), np.asarray(scores, dtype=float).ravel()
    w = np.ones(len(s)) if weight is None else np.asarray(weight, dtype=float).ravel()
    if not (len(t) == len(s) == len(w) and w.sum() > 0 and np.isfinite(s).all()):
        raise ValueError("Platt scaling needs finite scores, each with its truth")
    true, false = float(w[t].sum()), float(w[~t].sum())
    target = np.where(t, (true + 1) / (true + 2), 1 / (false + 2))
    # Newton's steps do not depend on the scale, but the ridge does: so on scores of mean 0 and deviation 1.
    centre, spread = float(np.average(s, weights=w)), float(s.std()) or 1.0
    slope, offset = _newton((s - centre) / spread, target, w, np.log((false + 1) / (true + 1)))
    return Platt(slope / spread, offset - slope * centre / spread)


def apply_platt(platt: Platt, scores: np.ndarray) -> np.ndarray:
    """Probabilities in the shape of `scores`."""
    return np.asarray(_sigmoid(-(platt.slope * np.asarray(scores, dtype=float) + platt.offset)))


def _newton(s: np.ndarray, target: np.ndarray, w: np.ndarray, start: float) -> tuple[float, float]:
    at = np.array([0.0, start])
    both = np.stack([s, np.ones_like(s)])
    loss = _loss(at @ both, target, w)
    for _ in range(STEPS):
        p = _sigmoid(-(at @ both))
        gradient = both @ (w * (target - p))
        if np.abs(gradient).max() < ENOUGH * w.sum():
            break
        step = -np.linalg.solve((both * (w * p * (1 - p))) @ both.T + RIDGE * np.eye(2), gradient)
        size = 1.0
        while size >= SMALLEST_STEP:
            new = _loss((at + size * step) @ both, target, w)
            if new < loss + 1e-4 * size * float(gradient @ step):
                break
            size /= 2
        else:  # no smaller loss to be found: as near as floats allow
            break
        at, loss = at + size * step, new
    return float(at[0]), float(at[1])


def _loss(logit: np.ndarray, target: np.ndarray, w: np.ndarray) -> float:
    """Cross entropy of targets with 1 / (1 + exp(logit))."""
    return float(np.sum(w * (target * logit + np.logaddexp(0, -logit))))


def _sigmoid(x: np.ndarray) -> np.ndarray:
    """1 / (1 + exp(-x)) without overflow."""
    small = np.exp(-np.abs(x))
    return np.asarray(np.where(x >= 0, 1.0, small) / (1 + small))
