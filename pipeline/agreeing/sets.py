"""Agreement on sets of categories: Krippendorff's alpha with the MASI distance (Passonneau 2006).

MASI weighs what two sets share (Jaccard) by how they lie to each other: the same 1, one within the other 2/3, overlapping 1/3, apart 0; the
distance is 1 less that. Two empty sets are the same (distance 0); `nltk.metrics.masi_distance` divides by zero there. Otherwise figures are
those of nltk's `AnnotationTask.alpha`, which tests hold.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache

import numpy as np

from pipeline.agreeing import notes
from pipeline.agreeing.coefficients import Parts, Value, corrected, divided


def masi(one: Collection[object], other: Collection[object]) -> float:
    """The distance of two sets.

    >>> round(masi({"A"}, {"A", "B"}), 3), masi(set(), set()), masi(set(), {"A"})
    (0.667, 0.0, 1.0)
    """
    names = sorted({*one, *other}, key=str)
    rows = np.array([[name in told for name in names] for told in (one, other)], dtype=bool).reshape(2, len(names))
    return float(distances(rows)[0, 1])


def distances(sets: np.ndarray, others: np.ndarray | None = None) -> np.ndarray:
    """(L x M) distances of sets, given as rows of bool (L x categories), to other ones (M x categories; the same if none)."""
    own, theirs = sets.astype(np.float32), (sets if others is None else others).astype(np.float32)
    size, other = own.sum(axis=1).astype(int), theirs.sum(axis=1).astype(int)
    wide = sets.shape[1] + 1
    place = (own @ theirs.T).astype(np.intp) + (size[:, None] * wide + other) * wide
    return _by_sizes(wide)[place]


@lru_cache(maxsize=4)
def _by_sizes(wide: int) -> np.ndarray:
    """Distances by the sizes of two sets and of what they share, sizes below `wide`: flat."""
    size, other, shared = np.ogrid[:wide, :wide, :wide]
    either, least = size + other - shared, np.minimum(size, other)
    lie = np.where((shared == size) & (shared == other), 1.0, np.where(shared == least, 2 / 3, np.where(shared > 0, 1 / 3, 0.0)))
    found = 1 - np.where(either > 0, shared / np.where(either > 0, either, 1), 1.0) * lie
    found.flags.writeable = False
    return np.asarray(found.reshape(-1))


def between(count: np.ndarray, sets: np.ndarray, block: int = 1000) -> np.ndarray:
    """(C x C) sums of distances between all ratings of two cells; `count` (C x L) how often each set was given. In blocks: sets may be many."""
    found = np.zeros((len(count), len(count)))
    for at in range(0, len(sets), block):
        found += count[:, at : at + block] @ (distances(sets[at : at + block], sets) @ count.T)
    return found


def unit_disagreement(labels: np.ndarray, sets: np.ndarray) -> np.ndarray:
    """What each unit (units x coders, numbers of sets, -1: missing) adds to observed disagreement: the sum over its ordered pairs / (m - 1)."""
    wide, size = sets.shape[1] + 1, sets.sum(axis=1)
    m = (labels >= 0).sum(axis=1)
    found = np.zeros(len(labels))
    for g in range(labels.shape[1]):
        for h in range(g + 1, labels.shape[1]):
            both = (labels[:, g] >= 0) & (labels[:, h] >= 0)
            one, other = labels[both, g], labels[both, h]
            shared = (sets[one] & sets[other]).sum(axis=1)
            found[both] += 2 * _by_sizes(wide)[shared + (size[one] * wide + size[other]) * wide]
    return np.where(m > 1, found / np.where(m > 1, m - 1, 1), 0.0)


def alpha_parts(observed: np.ndarray, expected: np.ndarray, n: np.ndarray) -> Parts:
    """Alpha from the sum of observed disagreement, the sum of the distances of all ordered pairs of ratings, and the number of ratings."""
    return Parts(1 - divided(observed, n), 1 - divided(expected, n * (n - 1)))


def alpha_masi(ratings: Sequence[Sequence[Collection[object] | None]]) -> Value:
    """Alpha of sets (units x coders; None: not read)."""
    names = sorted({code for row in ratings for told in row if told is not None for code in told}, key=str)
    known: dict[frozenset[object], int] = {}
    numbers = [[-1 if told is None else known.setdefault(frozenset(told), len(known)) for told in row] for row in ratings]
    labels = np.array(numbers, dtype=int).reshape(len(numbers), max(map(len, numbers), default=0))
    labels = labels[(labels >= 0).sum(axis=1) >= 2]
    if not len(labels):
        return Value(float("nan"), notes.NO_UNITS)
    sets = np.array([[name in told for name in names] for told in known], dtype=bool).reshape(len(known), len(names))
    count = np.bincount(labels[labels >= 0], minlength=len(known)).astype(float)
    value = float(corrected(alpha_parts(unit_disagreement(labels, sets).sum(), between(count[None], sets)[0, 0], count.sum())))
    return Value(value, notes.ONE_CATEGORY if value != value else "")
