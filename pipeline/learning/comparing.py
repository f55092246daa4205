"""Two versions of the model on the same read sentences, each asked about interviews that it had not learnt from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from pipeline.evaluating import metrics
from pipeline.evaluating.intervals import Interval, ratio_difference, sums
from pipeline.learning import refit
from pipeline.learning.frozen import Certainty
from pipeline.learning.pairs import Pairs
from pipeline.learning.refit import Cells, Lesson

SPREAD = 4  # interviews in which a code occurs or is proposed, below which no difference is called one: draws would say the same each time


class Told(NamedTuple):
    """What a version says of m sentences with k codes: chances (m x k) and what it proposes (m x k, bool)."""

    codes: tuple[str, ...]
    chances: np.ndarray
    chosen: np.ndarray


class Compared(NamedTuple):
    """Figures of the new and the former version, and their paired differences: new minus former."""

    f1_sentence: float
    f1_turn: float
    r_at_5: float
    former_sentence: float
    former_turn: float
    sentence: Interval
    turn: Interval
    judged: int  # codes that occur in enough interviews to be told one by one
    better: tuple[str, ...]
    worse: tuple[str, ...]


def told(
    cells: Cells, codes: Sequence[str], truth: np.ndarray, known: np.ndarray, start: tuple[Pairs, Pairs], sure: Certainty, least: int,
    threshold: float = 0,
) -> Told:  # fmt: skip
    """What a version says of the sentences of `cells` (see `refit.outside`), weights and threshold learnt from other interviews too.

    `truth` (m x k) and `known` (m): what the version had been told of these sentences; below `least` known ones of other interviews,
    it begins with `start` and `sure`. `threshold`: one that people set, 0 for the learnt one.
    """
    chances, chosen = np.zeros(cells.truth.shape), np.zeros(cells.truth.shape, dtype=bool)
    for left_out in refit.folds(cells.doc.tolist()):
        own = np.isin(cells.doc, left_out)
        rest = known & ~own
        pairs, certainty = start[0], sure
        if rest.sum() >= least:
            part = cells.rows(rest)._replace(truth=truth[rest])
            pairs, _, certainty = refit.learn(part, start)
        chances[own] = 1 / (1 + np.exp(-pairs.apply({name: data[own] for name, data in cells.features.items()})))
        chosen[own] = chances[own] >= (threshold or certainty.threshold)
    if cells.seen is not None:  # nobody knows whether it would have been right
        chances, chosen = chances * cells.seen, chosen & cells.seen
    return Told(tuple(codes), chances, chosen)


def nothing(sentences: int) -> Told:
    """What a version without any category says."""
    return Told((), np.zeros((sentences, 0)), np.zeros((sentences, 0), dtype=bool))


def taught(cells: Cells, lessons: Sequence[Lesson], codes: Sequence[str], parents: dict[str, str]) -> tuple[np.ndarray, np.ndarray]:
    """(truth (m x k), known (m)): what a version had been told of the sentences of `cells`; nothing of interviews it does not know."""
    truth, known = np.zeros((len(cells.doc), len(codes)), dtype=bool), np.zeros(len(cells.doc), dtype=bool)
    for one in lessons:
        own = np.flatnonzero(cells.doc == one.doc)
        places = cells.place[own]
        truth[own], known[own] = refit.matrix(one.codes, codes, parents)[places], one.known[places]
    return truth, known


def compare(new: Told, former: Told, truth: np.ndarray, doc: np.ndarray, turn: np.ndarray, seed: int) -> Compared:
    """`truth` (m x k) in the order of the new version's codes; `doc` and `turn` (m). Codes that the former did not serve it never gave."""
    place = {code: n for n, code in enumerate(former.codes)}
    old = np.zeros(truth.shape, dtype=bool)
    for n, code in enumerate(new.codes):
        if code in place:
            old[:, n] = former.chosen[:, place[code]]
    interview = np.unique(doc, return_inverse=True)[1]
    turns = np.unique(np.column_stack([interview, turn]), axis=0, return_inverse=True)[1].ravel()
    by_turn = [metrics.by_turn(data, turns) for data in (truth, new.chosen, old)]
    new_s, old_s, sentence = _f1(truth, new.chosen, old, interview, seed)
    new_t, old_t, by_turns = _f1(by_turn[0], by_turn[1], by_turn[2], metrics.by_turn(interview, turns), seed)
    each = ratio_difference(metrics.f1_parts(truth, new.chosen), metrics.f1_parts(truth, old), interview, seed)
    able = (sums((truth | new.chosen | old).astype(float), interview) > 0).sum(axis=0) >= SPREAD
    marks = (able & (each.low > 0), able & (each.high < 0))
    better, worse = (tuple(c for c, yes in zip(new.codes, mark, strict=True) if yes) for mark in marks)
    return Compared(new_s, new_t, metrics.r_at(truth, new.chances), old_s, old_t, sentence, by_turns, int(able.sum()), better, worse)


def _f1(truth: np.ndarray, new: np.ndarray, old: np.ndarray, interview: np.ndarray, seed: int) -> tuple[float, float, Interval]:
    """F1 over all codes of both, and the difference."""
    one, other = (metrics.pool(metrics.f1_parts(truth, said)) for said in (new, old))
    return float(metrics.ratio(one)), float(metrics.ratio(other)), ratio_difference(one, other, interview, seed)
