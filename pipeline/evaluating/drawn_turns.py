"""How common is a code where whole turns were drawn at random and read: sentences of one turn resemble one another.

Every turn has the same chance, so every sentence has as well, and the estimate is that of `prevalence.from_sample`: the machine's mean
over all sentences, put right by its mean error among those read. Its variance is that between the drawn turns (linearised ratio
estimator, Cochran 1977, section 9A.1: clusters of unequal size), with one degree of freedom less than turns, and never less than that of
sentences which are ALIKE within their turn (design effect 1 + (mean size weighted by size - 1) x ALIKE): few turns often show less
likeness than there is, and a rare code shows none at all. Turns of one sentence each are a plain sample.

Measured (400 corpora in each of 108 cells: 400 turns of 1 to 9 sentences, 20, 36 or 60 of them drawn, shares .03 / .1 / .3, correlation
within a turn 0 / .1 / .3 / .5, machine none, middling or good; tests/test_quality.py repeats a part): the interval held the truth in
.938 and more in every cell, in .982 on average. With a least correlation of .05 it was .885 in the worst cell.
"""

from __future__ import annotations

import numpy as np

from pipeline.evaluating import prevalence
from pipeline.evaluating.intervals import sums
from pipeline.evaluating.prevalence import LEVEL, Share

ALIKE = 0.2  # least correlation assumed within a turn
LEAST_TURNS = 15
FEWER = 0.6  # of the interviews that chance would hit: where less were hit, it was no chance


def from_turns(
    scores: np.ndarray, sample: np.ndarray, truth: np.ndarray, turn: np.ndarray, tuned: bool = False, level: float = LEVEL
) -> Share:
    """The share from turns drawn at random, all sentences of each read.

    `scores`, `sample` and `truth` as in `prevalence.from_sample`; `turn` (length n) numbers or names the turn of each sentence read,
    different in every interview. Refused for fewer than 30 sentences or 15 turns.
    """
    f, y, sample = np.asarray(scores, dtype=float), np.asarray(truth, dtype=float), np.asarray(sample, dtype=int)
    names, number = np.unique(turn, return_inverse=True)
    if len(turn) != len(y):
        raise ValueError(f"{len(y)} sentences, but {len(turn)} turns")
    n, m, method = len(y), len(names), "turns-tuned" if tuned else "turns"
    if n == m or n < prevalence.LEAST_SENTENCES:
        return prevalence.from_sample(f, sample, np.asarray(truth), tuned, level)
    prevalence._check(f, sample, y)
    if m < LEAST_TURNS:
        return prevalence._refused(n, method, f"Zu wenige zufällig gezogene Beiträge gelesen: {m}, nötig sind mindestens {LEAST_TURNS}.")
    f = f * prevalence._factor(f[sample], y) if tuned else f
    error = y - f[sample]
    missed, claimed = np.maximum(error, 0), np.maximum(-error, 0)
    tops = (1 - f.min(), f.max())
    spread, together = _between((missed, claimed), tops, number, 1 - n / len(f))
    first, second = prevalence._side(missed, tops[0], spread[0]), prevalence._side(claimed, tops[1], spread[1])
    return Share(*prevalence._interval(f.mean(), first, second, together, prevalence._quantile(m, level)), n, method, "")


def unlikely(interview: np.ndarray, turn: np.ndarray, drawn: np.ndarray) -> str:
    """Why turns cannot have been drawn at random among all: they lie in far fewer interviews than chance would hit; empty if they may.

    `interview` and `turn` number those of all N sentences, `drawn` (N, bool) says which were read. Who reads whole interviews and calls
    that a random sample would get an interval that is far too narrow: interviews differ more than turns.
    """
    first = np.unique(turn, return_index=True)[1]
    of_turn, taken = interview[first], np.isin(turn[first], np.unique(turn[drawn]))
    m, size = int(taken.sum()), np.bincount(of_turn).astype(float)
    hit, expected = len(np.unique(of_turn[taken])), float((1 - (1 - size / size.sum()) ** m).sum())
    if not m or hit >= FEWER * expected:
        return ""
    return (
        f"Die als Zufallsauswahl eingetragenen {m} Beiträge liegen in nur {hit} von {len(size)} Gesprächen; ein Zufall über alle träfe etwa "
        f"{expected:.0f}. Daraus lässt sich nicht auf alle schließen."
    )


def design_effect(sizes: np.ndarray, alike: float = ALIKE) -> float:
    """By how much sentences of turns of these sizes widen a variance.

    >>> design_effect(np.array([1, 1])), design_effect(np.array([5, 5]), 0.25)
    (1.0, 2.0)
    """
    return float(1 + ((sizes**2).sum() / sizes.sum() - 1) * alike)


def _between(
    parts: tuple[np.ndarray, np.ndarray], tops: tuple[float, float], number: np.ndarray, left: float
) -> tuple[list[float], float]:
    """Variances of the two kinds of error between turns, and their correlation."""
    residuals = sums(np.stack([part - part.mean() for part in parts], axis=1), number)
    n, m = len(number), len(residuals)
    squares = (residuals**2).sum(axis=0) * m / (m - 1) / n**2
    wide = design_effect(np.bincount(number).astype(float))
    least = [wide * prevalence._variance(part, top) for part, top in zip(parts, tops, strict=True)]
    return [left * max(float(s), x) for s, x in zip(squares, least, strict=True)], prevalence._correlation(*residuals.T)
