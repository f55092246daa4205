"""Which words and word runs are said more in some sentences than in all others."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import numpy as np

from pipeline.evaluating.likelihood import log_likelihood
from pipeline.topicnames.edits import fold
from pipeline.topicnames.spoken import Spoken


def keyness(a: np.ndarray, b: np.ndarray, size_a: float, size_b: float) -> np.ndarray:
    """Signed log-likelihood of a hits in size_a sentences against b in size_b (Rayson and Garside 2000); above 0: more in the first.

    >>> keyness(np.array([5, 1]), np.array([0, 10]), 10, 100).round(1).tolist()
    [24.0, 0.0]
    """
    if size_a and not size_b:
        return 2.0 * np.asarray(a, dtype=float)  # a topic that has all sentences: nothing to compare with, so the frequent words
    return log_likelihood(a, b, size_a, size_b)


def keywords(
    spoken: Spoken, rows: np.ndarray, first: Iterable[str], vocabulary: Collection[str], most: int, top: float
) -> list[tuple[str, float]]:  # fmt: skip
    """Lemmas that mark the sentences `rows`, heaviest first; the heaviest weighs `top`.

    `first`: words that people gave lead, where they are said; all others are of `vocabulary`, the words that themes are made of.
    """
    names, number = spoken.words
    inside = np.zeros(len(spoken.frame), dtype=bool)
    inside[rows] = True
    content = spoken.content_kind[spoken.kind]
    lemma, row = number[spoken.kind][content], spoken.row[content]
    a, b = (np.bincount(lemma[inside[row] == side], minlength=len(names)) for side in (True, False))
    score = keyness(a, b, len(rows), len(spoken.frame) - len(rows))
    given = {fold(spoken.lemma_for(w)) for w in first}
    lead = np.array([fold(w) in given for w in names], dtype=bool)
    good = np.flatnonzero((score > 0) & (a > 0) & (np.isin(names, list(vocabulary)) | lead))
    order = good[np.lexsort((good, -score[good], ~lead[good]))][:most]
    if not len(order):
        return []
    # Led words stay in front whatever their figure, so weights fall with rank.
    weights = np.maximum.accumulate(score[order][::-1])[::-1]
    return [(str(names[n]), float(w / weights[0] * top)) for n, w in zip(order.tolist(), weights, strict=True)]
