"""How far a figure would move with other interviews: a percentile bootstrap that draws whole interviews.

Sentences of an interview resemble one another, so interviews are drawn, not sentences. With few interviews the plain
percentiles are too narrow; they are taken further out (Hesterberg 2015, "What Teachers Should Know About the Bootstrap",
section 5.3: expanded percentiles), as a t interval is wider than a normal one. Measured (tests/test_evaluating_intervals.py):
interviews of 20 to 300 sentences, nominal .95, 1,500 times each: the truth was held in .91 / .94 / .94 / .95 / .94 with
5 / 8 / 12 / 20 / 40 interviews (plain percentiles .81 / .89 / .91 / .93 / .93). With three it was .76, since no draw goes
beyond the three: take such bounds as a hint.

`interview` is the number 0 .. m-1 of each sentence's interview (int, length n). `seed` is pipeline.study.SEED. Every
result is estimate, low and high; with fewer than two interviews the bounds are nan, because nothing is known of others.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from pipeline.evaluating.metrics import Parts, divided

TIMES = 2000  # draws where a draw is a product of two small matrices
TIMES_SLOW = 400  # draws where the measure has to be computed anew
LEVEL = 0.95


class Interval(NamedTuple):
    """A figure and its bounds: floats, or arrays of k numbers where the measure has one a code."""

    estimate: np.ndarray
    low: np.ndarray
    high: np.ndarray


def draws(interviews: int, seed: int, times: int = TIMES) -> np.ndarray:
    """How often each interview is drawn, float times x interviews; rows sum to the number of interviews."""
    rng = np.random.default_rng(seed)
    return rng.multinomial(interviews, np.full(interviews, 1 / interviews), size=times).astype(float)


def sums(values: np.ndarray, interview: np.ndarray) -> np.ndarray:
    """Sums of the sentences' values by interview: n (x k) -> interviews (x k)."""
    if len(values) != len(interview):
        raise ValueError(f"{len(values)} sentences, but {len(interview)} interviews")
    found = np.zeros((_number(interview), *values.shape[1:]))
    np.add.at(found, interview, values)
    return found


def ratio_interval(
    parts: Parts, interview: np.ndarray, seed: int, times: int = TIMES, level: float = LEVEL
) -> Interval:
    """Interval of a ratio of sums (precision, recall, F1, recall at five, coverage): one, or one a code (see `Parts`).

    Draws in which the ratio is a share of nothing are left out.
    """
    over, under = sums(parts.over, interview), sums(parts.under, interview)
    estimate = divided(over.sum(axis=0), under.sum(axis=0))
    return _bounded(estimate, len(over), lambda: _ratios(over, under, seed, times), level)


def ratio_difference(
    new: Parts, old: Parts, interview: np.ndarray, seed: int, times: int = TIMES, level: float = LEVEL
) -> Interval:
    """New model minus old one over the same sentences; both are computed from the same draws, so it is paired."""
    a, b = ((sums(p.over, interview), sums(p.under, interview)) for p in (new, old))
    estimate = divided(a[0].sum(axis=0), a[1].sum(axis=0)) - divided(b[0].sum(axis=0), b[1].sum(axis=0))
    return _bounded(
        estimate, len(a[0]), lambda: _ratios(*a, seed, times) - _ratios(*b, seed, times), level
    )  # the same seed: the same interviews for both


def resampled_interval(
    measure: Callable[[np.ndarray], float | np.ndarray],
    interview: np.ndarray,
    seed: int,
    times: int = TIMES_SLOW,
    level: float = LEVEL,
) -> Interval:
    """Interval of any measure of the sentences' weights (mAP, macro F1, precision at coverage).

    `measure` takes a float weight a sentence (length n) and gives a number or an array; a paired difference is a
    `measure` that subtracts one model's figure from the other's.
    """
    m = _number(interview)
    estimate = np.asarray(measure(np.ones(len(interview))), dtype=float)
    return _bounded(estimate, m, lambda: np.array([measure(w[interview]) for w in draws(m, seed, times)]), level)


def better_and_worse(difference: Interval) -> tuple[int, int]:
    """How many codes got better and how many worse beyond chance: the interval of the difference leaves out 0.

    Each code is looked at alone: of 40 codes without any change, one or two fall out by chance.
    """
    return int(np.sum(difference.low > 0)), int(np.sum(difference.high < 0))


def t_quantile(p: float, df: int) -> float:
    """The quantile of Student's t; scipy's, fetched only when needed (it loads slowly)."""
    from scipy.special import stdtrit

    return float(stdtrit(df, p))


def _ratios(over: np.ndarray, under: np.ndarray, seed: int, times: int) -> np.ndarray:
    drawn = draws(len(over), seed, times)
    return divided(drawn @ over, drawn @ under)


def _bounded(estimate: np.ndarray, interviews: int, draw: Callable[[], np.ndarray], level: float) -> Interval:
    unknown = np.full_like(estimate, np.nan)
    if interviews < 2:
        return Interval(estimate, unknown, unknown)
    found = draw()
    bounds = np.stack([unknown, unknown])
    some = ~np.isnan(found).all(axis=0) & ~np.isnan(estimate)
    if some.any():
        tail = _tail(interviews, level)
        bounds[:, some] = np.nanquantile(found[:, some], [tail, 1 - tail], axis=0)
    return Interval(estimate, bounds[0], bounds[1])


def _tail(interviews: int, level: float) -> float:
    """The share of draws beyond each bound: the normal tail at the t quantile, widened by sqrt(m / (m - 1))."""
    from scipy.special import ndtr

    m = interviews
    return float(ndtr(-np.sqrt(m / (m - 1)) * t_quantile((1 + level) / 2, m - 1)))


def _number(interview: np.ndarray) -> int:
    return int(interview.max()) + 1 if len(interview) else 0
