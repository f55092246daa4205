"""The one interface of topic models: a space for sentences, centres of topics in it, and how near each sentence is to each centre.

With centres in one space the topics of several runs can be laid side by side and averaged, whatever the model.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from pipeline.topicmodels.words import Fitted, Material


@dataclass(frozen=True)
class Model:
    """`points`: (material, sentences to learn the axes from, None for all) -> sentences x dimensions. `centres`: (points, number, seed) -> topics x dimensions.
    `weigh`: (points, centres) -> sentences x topics, not negative."""

    points: Callable[..., Any]
    centres: Callable[[Any, int, int], np.ndarray]
    weigh: Callable[[Any, np.ndarray], np.ndarray]
    words: bool = False  # the centres' first dimensions are the material's terms

    def __call__(self, material: Material, number: int, seed: int) -> Fitted:
        """One run over all sentences."""
        points = self.points(material)
        centres = self.centres(points, number, seed)
        weights = self.weigh(points, centres)
        terms = centres[:, : len(material.terms)] if self.words else marking(material, hard(weights))
        return Fitted(weights, terms, centres)


def hard(weights: np.ndarray) -> np.ndarray:
    """Each sentence wholly to its strongest topic (to none, where all are 0)."""
    result = np.zeros_like(weights)
    rows = np.flatnonzero(weights.max(axis=1) > 0)
    result[rows, weights[rows].argmax(axis=1)] = 1
    return result


def marking(material: Material, members: np.ndarray) -> np.ndarray:
    """(topics x terms): how much a term marks a topic: its share of the topic's words, times how rare it is in topics.

    `members`: sentences x topics, 0 to 1. Neighbours' words count in part, as the sentences were found with them.
    """
    inside = np.asarray((material.windows.T @ members).T)
    total = np.maximum(inside.sum(axis=0), 1e-9)
    share = inside / np.maximum(inside.sum(axis=1, keepdims=True), 1e-9)
    return share * np.log1p(inside.sum() / len(inside) / total)
