"""Where topics lie on the map: near each other where they are alike."""

from __future__ import annotations

import numpy as np


def places(centres: np.ndarray) -> np.ndarray:
    """(topics x 2), each 0 to 1, from the cosines of centres: classical multidimensional scaling (Torgerson 1952).

    Signs are fixed, so the map does not flip from run to run: the largest topic, which comes first, lies left and above the middle.
    """
    n = len(centres)
    if n < 3:
        return np.column_stack([np.linspace(0.25, 0.75, n) if n > 1 else np.full(n, 0.5), np.full(n, 0.5)])
    length = np.maximum(np.linalg.norm(centres, axis=1, keepdims=True), 1e-12)
    distance = 1 - np.clip((centres / length) @ (centres / length).T, -1, 1)
    middle = np.eye(n) - 1 / n
    values, axes = np.linalg.eigh(-0.5 * middle @ distance**2 @ middle)
    order = np.argsort(-values, kind="stable")[:2]
    points = axes[:, order] * np.sqrt(np.maximum(values[order], 0))
    points *= np.where(points[0] > 0, -1.0, 1.0)
    span = points.max(axis=0) - points.min(axis=0)
    return (points - points.min(axis=0)) / np.where(span > 1e-9, span, 1)
