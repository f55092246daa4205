"""Machine coding beside people's coding: precision, recall, F1, average precision, recall at five, precision of the surest.

Everywhere: `truth` and `predicted` are bool, `scores` float, all n sentences x k codes; higher scores are surer, any scale.
`weight` says how often each sentence counts (float >= 0, length n; None: once). A bootstrap over interviews passes
`drawn[interview]`, how often the sentence's interview was drawn, so nothing is copied. A share of nothing is nan.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

SHARES = (0.2, 0.4, 0.6)  # of the sentences, the surest first


class Figures(NamedTuple):
    """Shares from 0 to 1; numbers of length k (`per_code`) or single ones of length 0 (`pooled`)."""

    precision: np.ndarray
    recall: np.ndarray
    f1: np.ndarray


class Parts(NamedTuple):
    """A measure that is sum(over) / sum(under): both float, n sentences x k codes, or n.

    Sums over columns pool the codes, sums over rows of an interview are all a bootstrap needs.
    """

    over: np.ndarray
    under: np.ndarray


def pool(parts: Parts) -> Parts:
    """The same measure over all codes together: n x k -> n."""
    return Parts(parts.over.sum(axis=1), parts.under.sum(axis=1))


def precision_parts(truth: np.ndarray, predicted: np.ndarray) -> Parts:
    """Of the predicted cells those that are true."""
    return Parts((truth & predicted).astype(float), _same(truth, predicted).astype(float))


def recall_parts(truth: np.ndarray, predicted: np.ndarray) -> Parts:
    """Of the true cells those that are predicted."""
    _same(truth, predicted)
    return Parts((truth & predicted).astype(float), truth.astype(float))


def f1_parts(truth: np.ndarray, predicted: np.ndarray) -> Parts:
    """F1 as one ratio of sums: 2 hits / (predicted + true). It equals the harmonic mean of precision and recall."""
    return Parts(2.0 * (truth & predicted), truth.astype(float) + _same(truth, predicted))


def r_at_parts(truth: np.ndarray, scores: np.ndarray, at: int = 5) -> Parts:
    """Of the true cells those among the `at` best scores of their sentence.

    Where several codes share the last places, each counts with its chance of a place under a random order, so that a
    coder that gives many zeros gains nothing from the order of the codebook.
    """
    _same(truth, scores)
    k = truth.shape[1]
    if at >= k:
        return Parts(truth.astype(float), truth.astype(float))
    last = np.partition(scores, k - at, axis=1)[:, [k - at]]
    above, level = scores > last, scores == last
    chance = (at - above.sum(axis=1)) / np.maximum(level.sum(axis=1), 1)
    return Parts(truth * (above + level * chance[:, None]), truth.astype(float))


def ratio(parts: Parts, weight: np.ndarray | None = None) -> np.ndarray:
    """sum(over) / sum(under) over sentences: n -> one number, n x k -> k numbers."""
    w = _weights(weight, len(parts.over))
    return divided(w @ parts.over, w @ parts.under)


def per_code(truth: np.ndarray, predicted: np.ndarray, weight: np.ndarray | None = None) -> Figures:
    """Precision, recall and F1 of each code (k numbers each); nan where nothing was predicted, true, or either."""
    return Figures(*(ratio(make(truth, predicted), weight) for make in (precision_parts, recall_parts, f1_parts)))


def pooled(truth: np.ndarray, predicted: np.ndarray, weight: np.ndarray | None = None) -> Figures:
    """Precision, recall and F1 over all cells (micro): frequent codes count more."""
    return Figures(*(ratio(pool(make(truth, predicted)), weight) for make in (precision_parts, recall_parts, f1_parts)))


def macro_f1(truth: np.ndarray, predicted: np.ndarray, weight: np.ndarray | None = None) -> float:
    """Mean F1 over the codes that occur in the (weighted) truth: rare codes count as much as frequent ones."""
    return _mean(per_code(truth, predicted, weight).f1, truth, weight)


def average_precision(truth: np.ndarray, scores: np.ndarray, weight: np.ndarray | None = None) -> np.ndarray:
    """Average precision of each code's ranking of the sentences, k numbers; nan for a code that does not occur.

    Sum over the distinct scores, from high to low, of (rise in recall) x precision, without interpolation: the definition
    of sklearn.metrics.average_precision_score. Sentences of the same score stand in the ranking together.
    """
    _same(truth, scores)
    w = _weights(weight, len(truth))
    return np.array([_precision_of_ranking(truth[:, c], scores[:, c], w) for c in range(truth.shape[1])], dtype=float)


def mean_average_precision(truth: np.ndarray, scores: np.ndarray, weight: np.ndarray | None = None) -> float:
    """Mean of `average_precision` over the codes that occur (mAP)."""
    return _mean(average_precision(truth, scores, weight), truth, weight)


def r_at(truth: np.ndarray, scores: np.ndarray, at: int = 5, weight: np.ndarray | None = None) -> float:
    """Share of the true (sentence, code) cells among the `at` best scores of their sentence; ties as in `r_at_parts`."""
    return float(ratio(pool(r_at_parts(truth, scores, at)), weight))


def best_is_true(truth: np.ndarray, scores: np.ndarray) -> np.ndarray:
    """Whether each sentence's best code is true: n numbers, 0 or 1; of codes that share the best score, the share true."""
    best = _same(truth, scores) == scores.max(axis=1, keepdims=True)
    return (truth & best).sum(axis=1) / best.sum(axis=1)


def precision_at_coverage(
    truth: np.ndarray, scores: np.ndarray, shares: Sequence[float] = SHARES, weight: np.ndarray | None = None
) -> np.ndarray:
    """Share of the surest sentences whose best code is true; one number a share of `shares`.

    Surest by the sentence's best score. A sentence at the cut counts in part, and sentences that share the score of the
    cut count with their mean, so that neither rounding nor the order of the sentences decides.
    """
    w = _weights(weight, len(truth))
    if not w.sum() > 0:
        return np.full(len(shares), np.nan)
    hit, sure = best_is_true(truth, scores), scores.max(axis=1)
    levels, place = np.unique(-sure, return_inverse=True)
    size = np.cumsum(np.bincount(place, w, len(levels)))
    hits = np.cumsum(np.bincount(place, w * hit, len(levels)))
    asked = np.asarray(shares, dtype=float) * size[-1]
    return np.asarray(np.interp(asked, np.r_[0.0, size], np.r_[0.0, hits]) / asked)


def by_turn(values: np.ndarray, turn: np.ndarray) -> np.ndarray:
    """Values of sentences as values of turns: a union where bool, the greatest where numbers; n (x k) -> turns (x k).

    `turn` (length n) numbers or names the turn, different in every interview; turns come out sorted by it. Passing the
    interviews' numbers themselves gives the interview of each turn.
    """
    if len(values) != len(turn):
        raise ValueError(f"{len(values)} sentences, but {len(turn)} turns")
    if not len(turn):
        return values
    order = np.argsort(turn, kind="stable")
    first = np.flatnonzero(np.r_[True, turn[order][1:] != turn[order][:-1]])
    return np.asarray(np.maximum.reduceat(values[order], first, axis=0))


def divided(over: np.ndarray, under: np.ndarray) -> np.ndarray:
    """over / under, nan where under is 0."""
    under = np.asarray(under, dtype=float)
    return np.asarray(over, dtype=float) / np.where(under > 0, under, np.nan)


def _precision_of_ranking(truth: np.ndarray, scores: np.ndarray, weight: np.ndarray) -> float:
    order = np.argsort(-scores, kind="stable")
    end = np.flatnonzero(np.r_[scores[order][1:] != scores[order][:-1], True]) if len(order) else np.zeros(0, dtype=int)
    hits, seen = np.cumsum((weight * truth)[order])[end], np.cumsum(weight[order])[end]
    if not len(end) or hits[-1] <= 0:
        return float("nan")
    precision = np.divide(hits, seen, out=np.zeros_like(hits), where=seen > 0)
    return float(np.sum(np.diff(np.r_[0.0, hits]) * precision) / hits[-1])


def _mean(figures: np.ndarray, truth: np.ndarray, weight: np.ndarray | None) -> float:
    occurs = _weights(weight, len(truth)) @ truth > 0
    return float(figures[occurs].mean()) if occurs.any() else float("nan")


def _weights(weight: np.ndarray | None, n: int) -> np.ndarray:
    if weight is None:
        return np.ones(n)
    if len(weight) != n:
        raise ValueError(f"{n} sentences, but {len(weight)} weights")
    return np.asarray(weight, dtype=float)


def _same(truth: np.ndarray, other: np.ndarray) -> np.ndarray:
    """`other`, once it is certain that it fits: numpy would otherwise stretch a single column over all codes."""
    if truth.shape != other.shape or truth.ndim != 2:
        raise ValueError(f"truth is {truth.shape}, the machine's side {other.shape}; both are sentences x codes")
    if truth.dtype != bool:
        raise TypeError(f"truth must be bool, not {truth.dtype}")
    return other
