"""Which example a sentence is most like by meaning. For suggestions only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from pipeline.encoders import PLACES, vector, vectors
from pipeline.exploring.material import Material, one_line
from pipeline.exploring.space import Kept

AGREE = 0.98  # cosine from which on a kept vector counts as made by today's encoder


class Reader(NamedTuple):
    """How texts become vectors: today's encoder, and what the last run kept where the same encoder made it."""

    encoder: str = ""
    kept: Kept | None = None

    def texts(self, texts: Sequence[str]) -> np.ndarray:
        """(texts x width)"""
        return vectors(texts, self.encoder) if len(texts) else np.zeros((0, 0), dtype=np.float32)

    def sentences(self, material: Material, segments: np.ndarray) -> np.ndarray:
        """(sentences x width); also of those that may not be quoted: the model shows nothing to anybody."""
        if self.kept is not None:
            return self.kept.raw[[self.kept.place[s] for s in segments.tolist()]]
        return self.texts([_plain(material, s) for s in segments.tolist()])


def _plain(material: Material, segment: int) -> str:
    index = material.index
    return one_line(material.texts[index.seg_turn[segment]][index.seg_start[segment] : index.seg_end[segment]])


def same_encoder(kept: Kept, encoder: str) -> bool:
    """Whether today's encoder makes of a sentence what the last run kept of it."""
    row, index = len(kept.rows) // 2, kept.material.index
    segment = int(kept.rows[row])
    probe = vector(kept.material.texts[index.seg_turn[segment]][index.seg_start[segment] : index.seg_end[segment]], encoder)
    return probe.shape == kept.raw[row].shape and (not kept.raw[row].any() or float(probe @ kept.raw[row]) >= AGREE)


def nearest(points: np.ndarray, examples: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For each point (place of the most similar example, likeness -1 to 1); examples must not be empty."""
    if not len(points):
        return np.empty(0, dtype=np.int64), np.empty(0)
    likeness = np.round(points.astype(np.float64) @ examples.astype(np.float64).T, PLACES) + 0.0
    best = likeness.argmax(axis=1)
    return best, likeness[np.arange(len(points)), best]
