"""All models on the same material, so that nobody has to believe that the one used is the right one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from pipeline.topicmodels.model import Model
from pipeline.topicmodels.stability import coherence, shared, tops
from pipeline.topicmodels.words import Material

FOLDS = 4  # parts of the interviews that are left out in turn
MOST = 1500  # sentences that models are compared on


def compared(work: Material, models: Mapping[str, Model], number: int, belongs: np.ndarray, used: str, seed: int) -> Iterator[dict[str, Any]]:
    """One row a model: a single run with as many topics as are shown, its coherence, what stays of its words when a quarter of the
    interviews is left out, the share of sentences it places nowhere, and how far it agrees with the topics shown."""
    from sklearn.metrics import normalized_mutual_info_score

    small, rows = _smaller(work)
    number = min(number, len(rows) - 1)
    _, docs = np.unique(small.docs, return_inverse=True)
    for name, model in sorted(models.items()):
        one = model(small, number, seed)
        placed = one.weights.max(axis=1) > 0
        both = placed & (belongs[rows] >= 0)
        agreement = normalized_mutual_info_score(belongs[rows][both], one.weights[both].argmax(axis=1)) if both.any() else float("nan")
        yield {
            "model": name, "used": "yes" if name == used else "no", "number": number, "coherence": float(np.mean(coherence(small, one.terms))),
            "stability": _stays(small, docs, model, one.terms, number, seed), "outside": float(1 - placed.mean()), "agreement": float(agreement),
        }  # fmt: skip


def _smaller(work: Material) -> tuple[Material, np.ndarray]:
    """The first interviews' sentences, up to `MOST`, and their rows; whole interviews, but one at least."""
    ends = [n for n in range(1, len(work.sentences) + 1) if n == len(work.sentences) or work.docs[n] != work.docs[n - 1]]
    end = max([n for n in ends if n <= MOST] or ends[:1])
    rows = np.arange(end)
    if end == len(work.sentences):
        return work, rows
    return work.part(rows), rows


def _stays(small: Material, docs: np.ndarray, model: Model, terms: np.ndarray, number: int, seed: int) -> float:
    """Mean share of the words of matched topics that stay when each of `FOLDS` parts of the interviews is left out."""
    from scipy.optimize import linear_sum_assignment

    names = docs.max() + 1
    if names < 2:
        return float("nan")
    top, kept = tops(terms), []
    for fold in range(min(FOLDS, names)):
        rows = np.flatnonzero(docs % FOLDS != fold)
        if len(rows) <= number:
            continue
        other = tops(model(small.part(rows), number, seed).terms)
        same = np.array([[shared(a, b) for b in other] for a in top])
        kept.append(same[linear_sum_assignment(-same)].mean())
    return float(np.mean(kept)) if kept else float("nan")
