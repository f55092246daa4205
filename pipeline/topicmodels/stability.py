"""How well topics hold: what stays of each when one interview is left out, whether two halves of the interviews tell the same,
and how coherent its words are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from pipeline.encoders import unit
from pipeline.topicmodels.consensus import MOST, Consensus, Runs, agree, averaged, likeness
from pipeline.topicmodels.model import Model
from pipeline.topicmodels.words import Material

TOP = 10  # words by which a topic is known
HOLDS = 0.5  # of its words and of its sentences must stay, on average, for a topic to count as one
PAIRS, TIMES = 8, 3  # how often interviews are parted in halves; runs averaged in each half
MOST_LEFT_OUT = 40  # interviews that are left out one by one, at most; beyond, every n-th


@dataclass(frozen=True)
class Steadiness:
    """For each topic, as means over interviews left out one by one: `words`, the share of its `TOP` words that stay;
    `sentences`, the share of its sentences that stay in it."""

    words: np.ndarray
    sentences: np.ndarray

    @property
    def holds(self) -> np.ndarray:
        """Topics of which enough stays."""
        return (self.words >= HOLDS) & (self.sentences >= HOLDS)


def leave_one_out(material: Material, made: Runs, found: Consensus) -> Steadiness:
    """Each interview in turn is left out: only the runs that did not see it count, and its sentences do not."""
    from scipy.optimize import linear_sum_assignment

    top, mine = tops(found.terms), found.belongs
    words, sentences = [], []
    for doc in left_out(made.seen.shape[1]):
        without = np.flatnonzero(~made.seen[:, doc])
        if not len(without):
            continue
        other = agree(material, made, without.tolist(), doc)
        _, order = linear_sum_assignment(-(found.centres @ other.centres.T))
        theirs = np.append(np.argsort(order), -1)[other.belongs]
        words.append([shared(a, b) for a, b in zip(top, tops(other.terms[order]), strict=True)])
        rest = made.docs != doc
        sentences.append([_stay(mine[rest], theirs[rest], topic) for topic in range(len(top))])
    if not words:
        nothing = np.full(len(top), np.nan)
        return Steadiness(nothing, nothing)
    return Steadiness(np.mean(words, axis=0), np.mean(sentences, axis=0))


def left_out(interviews: int) -> list[int]:
    """Numbers of the interviews that are left out in turn.

    >>> left_out(3), len(left_out(100))
    ([0, 1, 2], 34)
    """
    step = -(-interviews // MOST_LEFT_OUT)
    return list(range(0, interviews, step))


def tops(terms: np.ndarray, number: int = TOP) -> list[set[int]]:
    """The words of most weight of each topic, as numbers of terms."""
    return [{t for t in np.argsort(-row, kind="stable")[:number].tolist() if row[t] > 0} for row in terms]


def shared(one: set[Any], other: set[Any]) -> float:
    """Share of a topic's words that stand among the other's.

    >>> shared({1, 2, 3, 4}, {3, 4, 5, 6})
    0.5
    """
    return len(one & other) / len(one) if one else 0.0


def _stay(mine: np.ndarray, theirs: np.ndarray, topic: int) -> float:
    """Share of a topic's sentences that stay with it; a topic that takes in others loses by it as well."""
    both = int(((mine == topic) & (theirs == topic)).sum())
    size = int((mine == topic).sum())
    return both / size if size else 0.0


def halves(material: Material, model: Model, labels: np.ndarray, number: int, seed: int, pairs: int = PAIRS) -> np.ndarray:
    """For each topic, how far two halves of the interviews, searched apart, agree on its sentences: Cohen's kappa, 1 is wholly.

    Leaving out one interview changes little, so even noise seems to hold; here each half learns its axes and centres by itself
    (complementary pairs, Shah & Samworth 2013). Vocabulary, weights of words and what is taken off the vectors are common, and
    chance reaches more than 0: `chance.limit` tells how much. `labels`: each sentence's topic as all interviews
    tell it, below 0 for none. The mean over `pairs` ways to part them.
    """
    names, docs = np.unique(material.docs, return_inverse=True)
    dice = np.random.default_rng(seed)
    speaking, found = np.flatnonzero(material.speaking), np.zeros(number)
    for _ in range(pairs):
        first = np.isin(docs, dice.permutation(len(names))[: len(names) // 2])
        told = [_told(material, np.flatnonzero(half & material.speaking), model, labels, number, dice) for half in (first, ~first)]
        found += [kappa(told[0][speaking] == t, told[1][speaking] == t) for t in range(number)]
    return found / pairs


def _told(material: Material, rows: np.ndarray, model: Model, labels: np.ndarray, number: int, dice: np.random.Generator) -> np.ndarray:
    """Each sentence's topic as one half of the interviews tells it, matched to `labels`; -1 where it tells none."""
    from scipy.optimize import linear_sum_assignment

    if len(rows) <= number:
        return np.full(len(labels), -1)
    rows = np.sort(dice.choice(rows, MOST, replace=False)) if len(rows) > MOST else rows
    points = model.points(material, rows)
    every = np.array([unit(model.centres(points[rows], number, int(dice.integers(2**31)))) for _ in range(1 if model.words else TIMES)])
    own, _ = averaged(every, likeness(every))
    weights = model.weigh(points, own)
    told = np.where(weights.max(axis=1) > 0, weights.argmax(axis=1), -1)
    both = (labels >= 0) & (told >= 0)
    together = np.zeros((number, number))
    np.add.at(together, (labels[both], told[both]), 1)
    _, order = linear_sum_assignment(-together)
    return np.append(np.argsort(order), -1)[told]


def kappa(one: np.ndarray, other: np.ndarray) -> float:
    """Agreement of two yes-or-no answers beyond chance (Cohen 1960).

    >>> kappa(np.array([True, True, False, False]), np.array([True, False, False, False]))
    0.5
    """
    same = float((one == other).mean())
    chance = float(one.mean() * other.mean() + (1 - one.mean()) * (1 - other.mean()))
    return (same - chance) / (1 - chance) if chance < 1 else 0.0


def coherence(material: Material, terms: np.ndarray) -> np.ndarray:
    """For each topic, the mean normalised pointwise mutual information of its `TOP` words, -1 to 1 (Bouma 2009): whether they
    stand near each other more often than by chance, near being the reach of `Material.windows`."""
    seen = material.windows.tocsc()
    return np.array([npmi(np.asarray(seen[:, sorted(top)].todense())) for top in tops(terms)])


def npmi(seen: np.ndarray) -> float:
    """Mean over pairs of columns of a 0/1 matrix (windows x words); a pair that never stands together counts -1.

    >>> npmi(np.array([[1, 1], [1, 1], [0, 0], [0, 0]]))
    1.0
    """
    n, width = seen.shape
    if width < 2 or not n:
        return float("nan")
    both = (seen.T @ seen) / n
    alone = both.diagonal()
    values = []
    for a in range(width):
        for b in range(a):
            p = both[a, b]
            values.append(-1.0 if p == 0 else 1.0 if p == 1 else float(np.log(p / (alone[a] * alone[b])) / -np.log(p)))
    return float(np.mean(values))
