"""Multinomial logistic regression over a dense and a sparse part. The last class may be "none".

scikit-learn fits the same model, but takes either a dense or a sparse matrix; both parts apart are some eight times faster. A test
holds the two against each other.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from pipeline.learning.features import Features

STRENGTH = 10.0  # weight of the data against the penalty, scikit-learn's C
ROUNDS = 300
TOLERANCE = 3e-5  # looser, and rankings still move by a hundredth
MEMORY = 5  # steps that the minimiser remembers; more cost more than they save


class Weights(NamedTuple):
    """`dense` (width x classes), `sparse` (words x classes), `base` (classes)."""

    dense: np.ndarray
    sparse: np.ndarray
    base: np.ndarray


def fit(data: Features, labels: np.ndarray, weight: np.ndarray, classes: int, strength: float = STRENGTH) -> Weights:
    """Weights for rows of `data` with `labels` (0 to classes - 1) and `weight`s (0 and more); sums in single precision."""
    from scipy.optimize import minimize

    wide, many = data.dense.shape[1], data.sparse.shape[1]
    dense, sparse = data.dense.astype(np.float32), data.sparse.astype(np.float32)
    small = Features(dense, sparse)
    turned, across = sparse.T.tocsr(), np.ascontiguousarray(dense.T)
    rows, total = np.arange(len(labels)), float(weight.sum())
    share, penalty = (weight / total).astype(np.float32), 1.0 / (strength * total)
    end = (wide + many) * classes

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        logs = _log_softmax(_raw(small, _shaped(flat.astype(np.float32), wide, many, classes)))
        value = -float(share.astype(float) @ logs[rows, labels].astype(float))
        off = np.exp(logs)
        off[rows, labels] -= 1
        off *= share[:, None]
        slope = np.concatenate([(across @ off).ravel(), (turned @ off).ravel(), off.sum(axis=0)]).astype(np.float64)
        slope[:end] += penalty * flat[:end]
        return value + 0.5 * penalty * float(flat[:end] @ flat[:end]), slope

    options = {"maxiter": ROUNDS, "gtol": TOLERANCE, "maxcor": MEMORY}
    found = minimize(loss, np.zeros(end + classes), jac=True, method="L-BFGS-B", options=options)
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
