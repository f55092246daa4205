"""Clusters on the sphere: k-means over rows of length 1. Three models share it: by words, by meaning, by both."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from pipeline.encoders import unit
from pipeline.topicmodels.words import Material

WIDTH = 16  # dimensions of each space: fewer hold better when an interview is left out, more tell finer topics apart
WIDE = 96  # of meaning, from which every part of the interviews then takes its own `WIDTH`
ENOUGH = 10  # content words of a sentence from which on its words tell as much as its meaning


def centres(points: np.ndarray, number: int, seed: int) -> np.ndarray:
    """(topics x dimensions), of length 1"""
    from sklearn.cluster import KMeans

    return unit(KMeans(n_clusters=number, n_init=1, max_iter=60, tol=1e-3, random_state=seed).fit(points).cluster_centers_)


def near(points: np.ndarray, middles: np.ndarray) -> np.ndarray:
    """Cosines with each centre, not below 0."""
    return np.maximum(points @ middles.T, 0.0)


def by_words(material: Material, rows: np.ndarray | None = None) -> np.ndarray:
    """Latent semantic analysis: sentences x up to `WIDTH`, rows of length 1. `rows`: sentences from which the axes are learnt."""

    def made() -> np.ndarray:
        from sklearn.decomposition import TruncatedSVD

        learnt = material.matrix if rows is None else material.matrix[rows]
        width = max(1, min(WIDTH, *(n - 1 for n in learnt.shape)))
        return unit(TruncatedSVD(width, n_iter=4, random_state=0).fit(learnt).transform(material.matrix))

    return _kept(material, "words", rows, made)


def by_meaning(material: Material, rows: np.ndarray | None = None) -> np.ndarray:
    """The encoder's vectors on their main axes: sentences x up to `WIDTH`, rows of length 1."""
    if not material.vectors.shape[1]:
        return by_words(material, rows)

    def made() -> np.ndarray:
        wide = _kept(material, "wide", None, lambda: _main_axes(material.vectors.astype(float), None, WIDE))
        return unit(_main_axes(wide, rows, WIDTH))

    return _kept(material, "meaning", rows, made)


def _main_axes(values: np.ndarray, rows: np.ndarray | None, width: int) -> np.ndarray:
    """Values on the axes along which those in `rows` (all) differ most."""
    learnt = values if rows is None else values[rows]
    extent, axes = np.linalg.eigh(learnt.T @ learnt)
    return values @ axes[:, np.argsort(-extent, kind="stable")[:width]]


def _kept(material: Material, space: str, rows: np.ndarray | None, made: Callable[[], np.ndarray]) -> np.ndarray:
    """Points of a space, worked out once: the same halves of the interviews are asked for with every number of topics."""
    key = (space, b"" if rows is None else rows.tobytes())
    if key not in material.kept:
        material.kept[key] = made()
    return material.kept[key]


def by_both(material: Material, rows: np.ndarray | None = None) -> np.ndarray:
    """Words and meaning side by side. The more words a sentence holds on average, the more they count: n / (n + `ENOUGH`)."""
    if not material.vectors.shape[1]:
        return by_words(material, rows)
    held = float(np.mean([len(s.lemmas) + len(s.more) for s in material.sentences]))
    words = held / (held + ENOUGH)
    return np.hstack([by_words(material, rows) * words**0.5, by_meaning(material, rows) * (1 - words) ** 0.5])
