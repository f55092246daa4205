"""Intervals from draws of whole cases: sentences of one respondent resemble one another, so respondents are drawn, not sentences.

Percentiles, taken further out where there are few cases (`evaluating.intervals`). Below five cases no interval is told. Measured on made-up
corpora (60 to 200 sentences a case, two coders, shares .02 / .1 / .3, cases differ in share and care; 500 each, nominal .95): kappa, alpha and AC1
were held in .87 to .93 with 5 cases, .91 to .95 with 8, .92 to .95 with 12 and 20, .94 to .96 with 40 (tests repeat a part).
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from pipeline.agreeing import notes
from pipeline.evaluating import intervals

LEVEL = intervals.LEVEL
MOST_UNDEFINED = 0.5  # share of draws without a figure beyond which bounds would be those of the few that have one


@lru_cache(maxsize=8)
def draws(cases: int, replicates: int, seed: int) -> np.ndarray:
    """(replicates x cases) how often each case is drawn; not to be changed."""
    found = intervals.draws(cases, seed, replicates)
    found.flags.writeable = False
    return found


def told(cases: int, replicates: int) -> bool:
    """Whether an interval is told at all."""
    return replicates > 0 and cases >= notes.LEAST_CASES


def bounds(found: np.ndarray, cases: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Low and high of each column of drawn figures (draws x k; nan: undefined in a draw), and whether too many draws were undefined."""
    if found.size == 0:
        nothing = np.full(found.shape[1:], np.nan)
        return nothing, nothing, np.zeros(found.shape[1:], dtype=bool)
    ordered = np.sort(found, axis=0)  # nan come last
    number = (~np.isnan(ordered)).sum(axis=0)
    unsteady = number < (1 - MOST_UNDEFINED) * len(found)
    tail = intervals._tail(cases, LEVEL)
    low, high = (np.where(unsteady, np.nan, _quantile(ordered, number, p)) for p in (tail, 1 - tail))
    return low, high, unsteady


def _quantile(ordered: np.ndarray, number: np.ndarray, p: float) -> np.ndarray:
    place = p * np.maximum(number - 1, 0)
    below = np.floor(place).astype(int)
    above = np.minimum(below + 1, np.maximum(number - 1, 0))
    a, b = (np.take_along_axis(ordered, at[None], axis=0)[0] for at in (below, above))
    return np.asarray(a + (place - below) * (b - a))
