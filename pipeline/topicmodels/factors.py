"""Topics as parts that add up: non-negative matrix factorisation and, for comparison, latent Dirichlet allocation."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

ROUNDS = 150  # NMF; the fourth place of weights changes beyond


def nmf_centres(points: Any, number: int, seed: int) -> np.ndarray:
    """(topics x words). The start is fixed, so the seed changes nothing."""
    from sklearn.decomposition import NMF

    model = NMF(n_components=number, init="nndsvda", random_state=seed, max_iter=ROUNDS)
    with _early():
        model.fit(points)
    return np.asarray(model.components_)


def nmf_weigh(points: Any, centres: np.ndarray) -> np.ndarray:
    """(sentences x topics): what each topic adds to each sentence."""
    from sklearn.decomposition import non_negative_factorization

    with _early():
        weights, _, _ = non_negative_factorization(
            points, H=np.ascontiguousarray(centres), n_components=len(centres), update_H=False, init="custom", max_iter=50, tol=1e-3
        )
    return np.asarray(weights)


def lda_centres(points: Any, number: int, seed: int) -> np.ndarray:
    """(topics x words)"""
    from sklearn.decomposition import LatentDirichletAllocation

    return np.asarray(LatentDirichletAllocation(n_components=number, random_state=seed, max_iter=10).fit(points).components_)


def lda_weigh(points: Any, centres: np.ndarray) -> np.ndarray:
    """(sentences x topics): how probable each topic is, one step from equal shares (the model itself takes many)."""
    words = centres / np.maximum(centres.sum(axis=1, keepdims=True), 1e-12)
    weights = np.full((points.shape[0], len(centres)), 1 / len(centres))
    rows, columns = points.nonzero()
    values = np.asarray(points[rows, columns]).ravel()
    for _ in range(10):
        each = weights[rows] * words[:, columns].T
        each *= (values / np.maximum(each.sum(axis=1), 1e-300))[:, None]
        summed = np.zeros_like(weights)
        np.add.at(summed, rows, each)
        weights = (summed + 0.1) / (summed + 0.1).sum(axis=1, keepdims=True)
    return np.where(np.asarray(points.sum(axis=1)).reshape(-1, 1) > 0, weights, 0.0)


@contextmanager
def _early() -> Iterator[None]:
    """Stopping early changes weights in the fourth place and is no news; stability is measured either way."""
    from sklearn.exceptions import ConvergenceWarning

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        yield
