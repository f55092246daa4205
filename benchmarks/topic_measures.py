"""Figures of topic models: coherence of top words, stability between two fits, agreement with labels that people gave.

A topic is told by its top words: up to `TOP` terms of the greatest weights, none without weight.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np

TOP = 10
NOWHERE = -1


def top_words(terms: np.ndarray, names: Sequence[str] | np.ndarray, most: int = TOP) -> list[tuple[str, ...]]:
    """Each topic's words (`terms`: topics x terms), the weightiest first; of equal ones the first in the vocabulary.

    >>> top_words(np.array([[0.1, 0.0, 0.7]]), ["Bus", "Rad", "Tee"])
    [('Tee', 'Bus')]
    """
    order = np.argsort(-terms, axis=1, kind="stable")[:, :most]
    return [tuple(names[n] for n in row if terms[topic, n] > 0) for topic, row in enumerate(order)]


def assigned(weights: np.ndarray) -> np.ndarray:
    """The topic of each unit (`weights`: units x topics), `NOWHERE` where no topic stands out from the others.

    >>> assigned(np.array([[0.2, 0.8], [0.5, 0.5], [0.0, 0.0]])).tolist()
    [1, -1, -1]
    """
    return np.where(np.ptp(weights, axis=1) > 1e-9, weights.argmax(axis=1), NOWHERE)


def npmi(words: Sequence[Sequence[str]], together: Sequence[set[str]]) -> float:
    """Mean normalised pointwise mutual information of all pairs of a topic's words, mean over topics; -1 to 1 (Bouma 2009).

    `together`: the words of each document; a pair counts where both are in one. -1: never together; 1: never apart.
    Topics of fewer than two words are left out; nan where none is left.
    """
    known = {word: n for n, word in enumerate(sorted({w for topic in words for w in topic}))}
    holds = np.zeros((len(together), len(known)))
    for row, found in enumerate(together):
        holds[row, [known[w] for w in found if w in known]] = 1
    share = holds.T @ holds / max(len(together), 1)
    topics = [np.mean([_npmi(share, known[a], known[b]) for a, b in combinations(topic, 2)]) for topic in words if len(topic) > 1]
    return float(np.mean(topics)) if topics else float("nan")


def _npmi(share: np.ndarray, a: int, b: int) -> float:
    both = share[a, b]
    if both == 0:
        return -1.0
    return 1.0 if both == 1 else float(np.log(both / (share[a, a] * share[b, b])) / -np.log(both))


def matched(one: Sequence[Sequence[str]], other: Sequence[Sequence[str]]) -> float:
    """How alike two fits are, 0 to 1: topics paired so that the sum is greatest (Hungarian method), Jaccard of their words, mean.

    A topic without a partner counts as 0.

    >>> matched([("Bus", "Rad"), ("Tee",)], [("Tee",), ("Bus", "Zug")])  # (1 of 3 + 1 of 1) / 2
    0.6666666666666666
    """
    from scipy.optimize import linear_sum_assignment

    if not len(one) or not len(other):
        return 0.0
    alike = np.array([[len(set(a) & set(b)) / max(len(set(a) | set(b)), 1) for b in other] for a in one])
    rows, columns = linear_sum_assignment(-alike)
    return float(alike[rows, columns].sum() / max(len(one), len(other)))


def agreement(topics: np.ndarray, labels: Sequence[frozenset[str]]) -> tuple[float, float]:
    """(NMI, ARI) over the units that have exactly one label; nan without any. Units that fit nowhere are one cluster more."""
    from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score

    rows = [n for n, label in enumerate(labels) if len(label) == 1]
    if not rows:
        return float("nan"), float("nan")
    truth = [next(iter(labels[n])) for n in rows]
    return float(normalized_mutual_info_score(truth, topics[rows])), float(adjusted_rand_score(truth, topics[rows]))


def best_f1(topics: np.ndarray, labels: Sequence[frozenset[str]]) -> float:
    """Mean over labels of the best F1 that any one topic's units reach; units may have several labels.

    Units that fit nowhere belong to no topic, units without labels count against precision.
    """
    names = sorted({name for label in labels for name in label})
    if not names:
        return float("nan")
    kinds = sorted(set(topics.tolist()) - {NOWHERE})
    best = []
    for name in names:
        has = np.array([name in label for label in labels])
        best.append(max((2 * (has & (topics == t)).sum() / (has.sum() + (topics == t).sum()) for t in kinds), default=0.0))
    return float(np.mean(best))
