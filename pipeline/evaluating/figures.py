"""All figures of a coder over some sentences, each with its interval: what one line of a table of quality is made of."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from pipeline.evaluating import calibration, conformal, metrics
from pipeline.evaluating.intervals import Interval, ratio_interval, resampled_interval


class Beside(NamedTuple):
    """Machine beside people: `truth` and `chosen` bool, `chances` float, all n units x k codes; `interview` (n) 0 .. m-1."""

    truth: np.ndarray
    chances: np.ndarray
    chosen: np.ndarray
    interview: np.ndarray

    def rows(self, keep: np.ndarray) -> Beside:
        """Some of the units, their interviews numbered anew."""
        interview = np.unique(self.interview[keep], return_inverse=True)[1]
        return Beside(self.truth[keep], self.chances[keep], self.chosen[keep], interview)

    def turns(self, turn: np.ndarray) -> Beside:
        """Sentences as turns; `turn` (n) numbers the turns."""
        truth, chances, chosen = (metrics.by_turn(data, turn) for data in (self.truth, self.chances, self.chosen))
        return Beside(truth, chances, chosen, metrics.by_turn(self.interview, turn))


class Figure(NamedTuple):
    measure: str
    n: int  # what a share is a share of: proposals (precision), given codes (recall, r_at_5, coverage), else sentences or turns
    estimate: float
    low: float
    high: float


def short(beside: Beside, seed: int) -> list[Figure]:
    """What can be told of a small part: precision, recall, F1, recall among the best five, and how much there is."""
    t, c = beside.truth, beside.chosen
    parts = {
        "precision": metrics.precision_parts(t, c), "recall": metrics.recall_parts(t, c), "f1": metrics.f1_parts(t, c),
        "r_at_5": metrics.r_at_parts(t, beside.chances),
    }  # fmt: skip
    found = []
    for name, one in parts.items():
        n = len(t) if name == "f1" else int(one.under.sum())
        found.append(_figure(name, n, ratio_interval(metrics.pool(one), beside.interview, seed)))
    return [*found, *size(beside)]


def size(beside: Beside) -> list[Figure]:
    n, m = len(beside.truth), len(np.unique(beside.interview))
    return [Figure("n_sentences", n, n, np.nan, np.nan), Figure("n_interviews", m, m, np.nan, np.nan)]


def ranking(beside: Beside, seed: int) -> list[Figure]:
    """How good the order of the chances is, whatever the threshold: mAP, and the best code of the surest sentences."""
    n = len(beside.truth)
    found = [_figure("map", n, resampled_interval(_mean_average_precision(beside.truth, beside.chances), beside.interview, seed))]
    surest = resampled_interval(lambda w: metrics.precision_at_coverage(beside.truth, beside.chances, weight=w), beside.interview, seed)
    for number, share in enumerate(metrics.SHARES):
        found.append(_figure(f"precision_at_{share * 100:.0f}", n, Interval(*(bound[number] for bound in surest))))
    return found


def certainty(beside: Beside, covers: float, seed: int) -> list[Figure]:
    """Whether chances mean what they say, and how many codes a set needs (`covers`: least chance of a code in a set)."""
    n = len(beside.truth)
    error = resampled_interval(lambda w: calibration.top_error(beside.truth, beside.chances, weight=w), beside.interview, seed)
    offered = conformal.sets(beside.chances, covers)
    covered = conformal.coverage(beside.truth, offered, beside.interview, seed)
    coded = beside.truth.any(axis=1)
    wide = metrics.Parts((offered.sum(axis=1) * coded).astype(float), coded.astype(float))
    return [
        _figure("top_error", n, error), _figure("coverage", int(beside.truth.sum()), covered.share),
        _figure("set_size", int(coded.sum()), ratio_interval(wide, beside.interview, seed)),
    ]  # fmt: skip


def recall_among(beside: Beside, cells: np.ndarray, seed: int) -> list[Figure]:
    """Recall of the true pairs among some (`cells`: bool n x k), and how many of them are among the best five."""
    number, found = int((beside.truth & cells).sum()), []
    for name, parts in (
        ("recall", metrics.recall_parts(beside.truth, beside.chosen)), ("r_at_5", metrics.r_at_parts(beside.truth, beside.chances)),
    ):  # fmt: skip
        own = metrics.Parts(parts.over * cells, parts.under * cells)
        found.append(_figure(name, number, ratio_interval(metrics.pool(own), beside.interview, seed)))
    return found


def _figure(measure: str, n: int, interval: Interval) -> Figure:
    return Figure(measure, n, *(float(value) for value in interval))


def _mean_average_precision(truth: np.ndarray, chances: np.ndarray) -> Callable[[np.ndarray], float]:
    """`metrics.mean_average_precision` as a function of the sentences' weights, each code's ranking worked out once."""
    order = np.argsort(-chances, axis=0, kind="stable")
    ranked, true = np.take_along_axis(chances, order, axis=0), np.take_along_axis(truth, order, axis=0)
    n = len(truth)
    last = np.vstack([ranked[1:] != ranked[:-1], np.ones((1, truth.shape[1]), dtype=bool)]) if n else np.zeros(truth.shape, dtype=bool)
    # The row at which each row's level of equal chances ends: such sentences stand in the ranking together.
    end = np.minimum.accumulate(np.where(last, np.arange(n)[:, None], n)[::-1], axis=0)[::-1]

    def measure(weight: np.ndarray) -> float:
        weights = weight[order]
        hits = np.cumsum(weights * true, axis=0)
        seen = np.cumsum(weights, axis=0)
        precision = metrics.divided(np.take_along_axis(hits, end, axis=0), np.take_along_axis(seen, end, axis=0))
        occurs = hits[-1] > 0 if n else np.zeros(truth.shape[1], dtype=bool)
        if not occurs.any():
            return float("nan")
        own = np.where(weights * true > 0, weights * true * precision, 0.0)
        return float((own.sum(axis=0)[occurs] / hits[-1][occurs]).mean())

    return measure
