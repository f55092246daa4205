"""Where topics lie on the map: near each other where they are alike."""

from __future__ import annotations

import numpy as np

from pipeline.encoders import unit


def places(centres: np.ndarray) -> np.ndarray:
    """(topics x 2), each 0 to 1, from the cosines of centres: classical multidimensional scaling (Torgerson 1952).

    Signs are fixed, so the map does not flip from run to run: the topic farthest out on each axis lies left, or above.
    """
    n = len(centres)
    if n < 3:
        return np.column_stack([np.linspace(0.25, 0.75, n) if n > 1 else np.full(n, 0.5), np.full(n, 0.5)])
    distance = 1 - np.clip(unit(centres) @ unit(centres).T, -1, 1)
    middle = np.eye(n) - 1 / n
    values, axes = np.linalg.eigh(-0.5 * middle @ distance**2 @ middle)
    order = np.argsort(-values, kind="stable")[:2]
    points = axes[:, order] * np.sqrt(np.maximum(values[order], 0))
    far = np.abs(points).argmax(axis=0)  # the topic farthest out on each axis: its sign is no noise
    points *= np.where(points[far, [0, 1]] > 0, -1.0, 1.0)
    span = points.max(axis=0) - points.min(axis=0)
    return (points - points.min(axis=0)) / np.where(span > 1e-9, span, 1)
