"""Multinomial logistic regression over a dense and a sparse part. The last class may be "none".

scikit-learn fits the same model, but takes either a dense or a sparse matrix; both parts apart are some eight times faster. A test
holds the two against each other.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from pipeline.learning.features import Features

STRENGTH = 10.0  # weight of the data against the penalty, scikit-learn's C
ROUNDS = 120
TOLERANCE = 1e-4


class Weights(NamedTuple):
    """`dense` (width x classes), `sparse` (words x classes), `base` (classes)."""

    dense: np.ndarray
    sparse: np.ndarray
    base: np.ndarray


def fit(data: Features, labels: np.ndarray, weight: np.ndarray, classes: int, strength: float = STRENGTH) -> Weights:
    """Weights for rows of `data` with `labels` (0 to classes - 1) and `weight`s (0 and more)."""
    from scipy.optimize import minimize

    wide, many = data.dense.shape[1], data.sparse.shape[1]
    truth = np.zeros((len(labels), classes))
    truth[np.arange(len(labels)), labels] = 1
    turned = data.sparse.T.tocsr()
    total = float(weight.sum())

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        w = _shaped(flat, wide, many, classes)
        logs = _log_softmax(_raw(data, w))
        value = -float(weight @ logs[np.arange(len(labels)), labels]) / total
        off = (np.exp(logs) - truth) * (weight / total)[:, None]
        penalty = 1.0 / (strength * total)
        slopes = [data.dense.T @ off + penalty * w.dense, turned @ off + penalty * w.sparse, off.sum(axis=0)]
        value += 0.5 * penalty * (float((w.dense**2).sum()) + float((w.sparse**2).sum()))
        return value, np.concatenate([s.ravel() for s in slopes])

    start = np.zeros((wide + many + 1) * classes)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS, "gtol": TOLERANCE, "maxcor": 10})
    return _shaped(found.x, wide, many, classes)


def chances(data: Features, weights: Weights) -> np.ndarray:
    """(rows x classes) logarithms of the classes' probabilities."""
    return _log_softmax(_raw(data, weights))


def _shaped(flat: np.ndarray, wide: int, many: int, classes: int) -> Weights:
    one, two = wide * classes, (wide + many) * classes
    return Weights(flat[:one].reshape(wide, classes), flat[one:two].reshape(many, classes), flat[two:])


def _raw(data: Features, weights: Weights) -> np.ndarray:
    return data.dense @ weights.dense + data.sparse @ weights.sparse + weights.base


def _log_softmax(raw: np.ndarray) -> np.ndarray:
    shifted = raw - raw.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
