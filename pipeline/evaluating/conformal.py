"""How many codes must be offered so that the true ones are among them: split conformal sets (Vovk et al. 2005; Angelopoulos
and Bates 2023, "Conformal Prediction: A Gentle Introduction").

The set of a sentence is every code with a score of at least q; q is read off sentences that people coded and the model did
not learn from. The promise holds for sentences of the same kind: for a new interview as far as it is like the others, so
coverage is measured interview by interview, each with the q of the others.

Measured (tests/test_evaluating_calibration.py, 12 codes, promise .90, 500 simulated corpora): each true code covered in
.910 / .901 with 60 / 300 sentences to calibrate on (4.8 / 4.4 codes a set), all of a sentence in .913 / .903 (5.6 / 5.1).
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from pipeline.evaluating.intervals import TIMES, Interval, ratio_interval, sums
from pipeline.evaluating.metrics import Parts, divided

MISS = 0.10  # how often a true code may lie outside of its set


class Coverage(NamedTuple):
    """How well sets hold what is true, over sentences with a code."""

    share: Interval  # covered, bootstrap over interviews
    by_interview: np.ndarray  # covered share of each interview; nan where none of its sentences has a code
    size: float  # mean number of codes in a set; nan without any sentence with a code


def threshold(truth: np.ndarray, scores: np.ndarray, miss: float = MISS, every: bool = False) -> float:
    """The score q from which on codes are in the set. `truth` bool and `scores` float, n x k; sentences without code are left out.

    `every`: with chance 1 - miss ALL true codes of a new sentence lie in its set. Otherwise each true code does, averaged
    over true (sentence, code) cells; cells of a sentence go together, so this promise is an approximation, a good one
    where there are hundreds of them. Finite sample: the ceil((n + 1)(1 - miss)) greatest of n; -inf (all codes) where n is
    too small for the promise, or 0.
    """
    if not 0 < miss < 1:
        raise ValueError(f"miss is a share between 0 and 1, not {miss}")
    least = np.where(truth, scores, np.inf).min(axis=1, initial=np.inf)
    needed = least[truth.any(axis=1)] if every else scores[truth]
    n = len(needed)
    # Rounded, since (9 + 1) * (1 - 0.1) must be 9 and not a hair more.
    rank = math.ceil(round((n + 1) * (1 - miss), 9))
    return float(np.sort(needed)[n - rank]) if rank <= n else float("-inf")


def sets(scores: np.ndarray, q: float) -> np.ndarray:
    """The codes of each sentence's set, bool n x k; it may be empty."""
    return np.asarray(scores >= q)


def sets_left_out(
    truth: np.ndarray, scores: np.ndarray, interview: np.ndarray, miss: float = MISS, every: bool = False
) -> np.ndarray:
    """Every sentence's set by the q of the other interviews, bool n x k. A single interview gets all codes."""
    found = np.zeros(truth.shape, dtype=bool)
    for one in np.unique(interview):
        here = interview == one
        found[here] = sets(scores[here], threshold(truth[~here], scores[~here], miss, every))
    return found


def coverage_parts(truth: np.ndarray, offered: np.ndarray, every: bool = False) -> Parts:
    """Coverage as a ratio of sums: sentences whose true codes are all offered, or true cells that are; n numbers each."""
    if every:
        coded = truth.any(axis=1)
        return Parts((coded & ~(truth & ~offered).any(axis=1)).astype(float), coded.astype(float))
    return Parts((truth & offered).sum(axis=1).astype(float), truth.sum(axis=1).astype(float))


def coverage(
    truth: np.ndarray, offered: np.ndarray, interview: np.ndarray, seed: int, every: bool = False, times: int = TIMES
) -> Coverage:
    """Coverage of sets as `sets` and `sets_left_out` give them; `interview` as in `intervals`, int 0 .. m-1."""
    parts = coverage_parts(truth, offered, every)
    coded = truth.any(axis=1)
    size = float(offered[coded].sum(axis=1).mean()) if coded.any() else float("nan")
    each = divided(sums(parts.over, interview), sums(parts.under, interview))
    return Coverage(ratio_interval(parts, interview, seed, times), each, size)
