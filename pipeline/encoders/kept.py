"""Vectors as text in a table: each number as a byte, so that kept vectors are small and alike on every processor."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Sequence

import numpy as np

_MOST = 127  # the largest number of a vector is stored as this


def to_text(vector: np.ndarray) -> str:
    """A vector as text; only its direction is kept, to about half a per cent.

    >>> to_text(np.array([1.0, -0.5]))
    'f8A='
    """
    most = float(np.abs(vector).max()) if len(vector) else 0.0
    scaled = np.rint(vector * (_MOST / most)) if most > 0 else np.zeros(len(vector))
    return b64encode(scaled.astype(np.int8).tobytes()).decode("ascii")


def to_matrix(texts: Sequence[str]) -> np.ndarray:
    """(number of texts, width) floats of length 1 from what `to_text` wrote; all of one width."""
    from pipeline.encoders import unit

    data = np.frombuffer(b64decode("".join(texts)) if _whole(texts) else b"".join(map(b64decode, texts)), dtype=np.int8)
    return unit(data.astype(np.float32).reshape(len(texts), -1)) if len(texts) else np.zeros((0, 0), dtype=np.float32)


def _whole(texts: Sequence[str]) -> bool:
    """Whether the texts may be decoded in one go: none ends with a filling sign."""
    return bool(len(texts)) and not texts[0].endswith("=")
