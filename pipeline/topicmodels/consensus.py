"""The default result: what many runs agree on, each over another sample of the interviews and from another start.

Every run sees four of five interviews. The topics of all runs are laid side by side by their centres and averaged; a
sentence belongs to a topic where at least two of five runs put it, and more than into any other. Which interviews a run did not see is kept: the runs without one
interview tell what would have come out without it (jackknife after resampling, Efron 1992).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from pipeline.encoders import unit
from pipeline.topicmodels.model import Model, marking
from pipeline.topicmodels.words import Material

RUNS = 200
RUNS_OF_WORDS = 60  # of models that take apart words: each costs many times as much
SEEN = 0.8  # share of the interviews that a run sees
MOST = 6000  # sentences that a run learns from at most; all sentences are then weighed
AGREE = 0.4  # share of runs that must put a sentence into a topic for it to belong there
ROUNDS = 8


@dataclass(frozen=True)
class Runs:
    """`centres`: runs x topics x dimensions, length 1; `labels`: runs x sentences, the nearest topic of each;
    `seen`: runs x interviews; `docs`: sentences, number of their interview."""

    centres: np.ndarray
    labels: np.ndarray
    seen: np.ndarray
    docs: np.ndarray
    likeness: np.ndarray  # runs x runs: how well their topics match


@dataclass(frozen=True)
class Consensus:
    """`centres`: topics x dimensions; `shares`: sentences x topics, share of runs; `terms`: topics x terms."""

    centres: np.ndarray
    shares: np.ndarray
    terms: np.ndarray

    @property
    def belongs(self) -> np.ndarray:
        """Sentences: the number of their topic, -1 where no topic is found in enough runs."""
        return np.where(self.shares.max(axis=1) > AGREE, self.shares.argmax(axis=1), -1)


def runs(material: Material, model: Model, number: int, seed: int, times: int = RUNS) -> Runs:
    """`times` runs of a model with `number` topics (fewer of a model that takes apart words)."""
    times = max(1, min(times, RUNS_OF_WORDS) // 2) if model.words else times
    points = model.points(material)
    names, docs = np.unique(material.docs, return_inverse=True)
    dice = np.random.default_rng(seed)
    speaking = np.flatnonzero(material.speaking)
    found, labels, seen = [], [], np.zeros((times, len(names)), dtype=bool)
    for at in range(times):
        chosen = dice.choice(len(names), max(1, round(SEEN * len(names))), replace=False)
        seen[at, chosen] = True
        rows = speaking[seen[at, docs[speaking]]]
        if len(rows) > MOST:
            rows = np.sort(dice.choice(rows, MOST, replace=False))
        if len(rows) <= number:
            rows = speaking
        middles = model.centres(points[rows], number, int(dice.integers(2**31)))
        weights = model.weigh(points, middles)
        found.append(unit(middles).astype(np.float32))
        labels.append(np.where(weights.max(axis=1) > 0, weights.argmax(axis=1), -1).astype(np.int16))
    centres = np.array(found)
    return Runs(centres, np.array(labels), seen, docs, likeness(centres))


def likeness(centres: np.ndarray) -> np.ndarray:
    """(runs x runs) mean cosine of matched topics, from each topic's best match, which is quick and near enough to choose by."""
    result = np.zeros((len(centres), len(centres)))
    for at, one in enumerate(centres):
        cosines = np.einsum("kd,rjd->rkj", one, centres)
        result[at] = (cosines.max(axis=2).mean(axis=1) + cosines.max(axis=1).mean(axis=1)) / 2
    return result


def agree(material: Material, made: Runs, use: Sequence[int] | None = None, leave: int = -1) -> Consensus:
    """What the runs `use` (all) agree on; `leave`: number of an interview whose sentences do not count for the words."""
    use = range(len(made.centres)) if use is None else use
    centres, order = averaged(made.centres[list(use)], made.likeness[np.ix_(list(use), list(use))])
    n, number = made.labels.shape[1], len(centres)
    shares = np.zeros((n, number))
    everyone = np.arange(n)
    for at, run in enumerate(use):
        to = np.append(np.argsort(order[at]), -1)  # the run's topic -> the consensus's; -1 stays
        topic = to[made.labels[run]]
        placed = topic >= 0
        shares[everyone[placed], topic[placed]] += 1
    shares = shares / max(1, len(order)) * material.speaking[:, None]
    counted = shares * (made.docs != leave)[:, None] if leave >= 0 else shares
    return Consensus(centres, shares, marking(material, counted))


def averaged(centres: np.ndarray, likeness: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(topics x dimensions, runs x topics: which of the run's topics is the consensus's).

    It starts from the run that is most like all others and moves to the average of the matched topics, better matches weighing more.
    """
    from scipy.optimize import linear_sum_assignment

    middle = centres[int(likeness.sum(axis=1).argmax())].astype(float)
    order = np.zeros(centres.shape[:2], dtype=int)
    for _ in range(ROUNDS):
        total = np.zeros_like(middle)
        before = order.copy()
        for at, one in enumerate(centres):
            cosines = middle @ one.T
            rows, order[at] = linear_sum_assignment(-cosines)
            total += one[order[at]] * np.maximum(cosines[rows, order[at]], 0)[:, None]
        middle = unit(total)
        if (order == before).all():
            break
    return middle, order


def sorted_by_size(found: Consensus) -> Consensus:
    """Topics with most sentences first."""
    sizes = np.bincount(found.belongs[found.belongs >= 0], minlength=len(found.centres))
    order = np.argsort(-sizes, kind="stable")
    return replace(found, centres=found.centres[order], shares=found.shares[:, order], terms=found.terms[order])
