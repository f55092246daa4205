"""Which turns teach most: those where the model is least sure, and which resemble one another and what was read as little as possible.

Uncertain: how near a sentence's chances come to the border from which on the model proposes; a turn counts by its three most uncertain
sentences, so that long turns gain little by their length. Diverse: of the most uncertain turns, one after the other the one that is farthest
from all that was taken or read (farthest-first traversal, Gonzalez 1985), by the cosine of mean sentence vectors. Spread: no interview gives more
than twice its even share while others have some left. What is drawn so says nothing about how common anything is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from pipeline.learning.columns import from_column
from pipeline.sampling.corpus import Passage

if TYPE_CHECKING:
    import pandas as pd

BEST = 3  # most uncertain sentences by which a turn counts
SHORTLIST = 5  # times as many uncertain turns as are drawn, of which the diverse ones are taken
LEAST = 60  # turns on the shortlist at least


class Doubt(NamedTuple):
    """How unsure the model is about every turn (0 to 1), and the category that comes nearest to its border; empty where it said nothing."""

    score: np.ndarray
    code: list[str]


def doubts(passages: Sequence[Passage], chances: pd.DataFrame, codes: Sequence[str], border: float) -> Doubt:
    """From the table `chances`; `codes` are the model's, `border` the chance from which on it proposes one."""
    known: Mapping[str, np.ndarray] = {}
    if codes and len(chances):
        data = np.asarray(from_column(list(chances["chances"]), len(codes)), dtype=float)
        known = dict(zip(chances["seg"], nearness(data, border), strict=True))
    score, nearest = np.zeros(len(passages)), [""] * len(passages)
    for k, one in enumerate(passages):
        rows = np.array([known[seg] for seg in one.segs if seg in known])
        if len(rows):
            score[k] = np.sort(rows.max(axis=1))[::-1][:BEST].mean()
            nearest[k] = codes[int(rows.max(axis=0).argmax())]
    return Doubt(score, nearest)


def nearness(chances: np.ndarray, border: float) -> np.ndarray:
    """How near chances come to a border: 1 at it, 0 at certainty on either side.

    >>> nearness(np.array([0.0, 0.15, 0.3, 1.0]), 0.3).tolist()
    [0.0, 0.5, 1.0, 0.0]
    """
    border = min(max(border, 1e-6), 1 - 1e-6)
    return np.where(chances < border, chances / border, (1 - chances) / (1 - border))


def senses(passages: Sequence[Passage], vectors: pd.DataFrame) -> np.ndarray:
    """(turns x width) mean of each turn's sentence vectors, of length 1; zeros where there are none."""
    from pipeline.encoders.kept import to_matrix

    own = vectors[vectors["seg"] != ""]
    if not len(own):
        return np.zeros((len(passages), 1))
    data = np.asarray(to_matrix(list(own["vector"])), dtype=float)
    data -= data.mean(axis=0)  # what all sentences share says nothing
    number = {seg: n for n, seg in enumerate(own["seg"])}
    found = np.zeros((len(passages), data.shape[1]))
    for k, one in enumerate(passages):
        rows = [number[seg] for seg in one.segs if seg in number]
        found[k] = data[rows].mean(axis=0) if rows else 0
    norm = np.linalg.norm(found, axis=1, keepdims=True)
    return np.asarray(found / np.where(norm > 0, norm, 1))


def chosen(docs: Sequence[str], doubt: np.ndarray, sense: np.ndarray, free: Collection[int], read: Collection[int], n: int) -> list[int]:
    """Numbers of n turns among `free` in the order in which they were taken. `docs`, `doubt`, `sense`: of all turns; `read`: known ones.

    Without vectors (all zero) the most uncertain ones, without chances (all zero) the most diverse ones.
    """
    ranked = sorted(free, key=lambda k: (-doubt[k], k))
    cap = ceil(2 * n / max(1, len({docs[k] for k in ranked})))
    listed = _spread(ranked, docs, max(SHORTLIST * n, LEAST), SHORTLIST * cap) if doubt.any() else ranked
    if not sense.any():
        return _spread(listed, docs, n, cap)
    far = np.ones(len(listed)) if not read else 1 - (sense[listed] @ sense[sorted(read)].T).max(axis=1)
    taken: list[int] = []
    had: Counter[str] = Counter()
    left = set(range(len(listed)))
    while left and len(taken) < n:
        allowed = [k for k in left if had[docs[listed[k]]] < cap] or sorted(left)
        best = min(allowed, key=lambda k: (-far[k] * (doubt[listed[k]] if doubt.any() else 1), k))
        left.discard(best)
        taken.append(listed[best])
        had[docs[listed[best]]] += 1
        far = np.minimum(far, 1 - sense[listed] @ sense[listed[best]])
    return taken


def _spread(ranked: Sequence[int], docs: Sequence[str], n: int, cap: int) -> list[int]:
    """The first n of a ranking with at most `cap` of an interview; where these are too few, the next ones fill up."""
    had: Counter[str] = Counter()
    first: list[int] = []
    rest: list[int] = []
    for k in ranked:
        had[docs[k]] += 1
        (first if had[docs[k]] <= cap else rest).append(k)
    return [*first, *rest][:n]
