"""How common is a code: the share of sentences with it, from machine scores for all and people's coding of a random sample.

Counting machine codings is biased, counting the sample alone wastes the machine. Prediction-powered inference (Angelopoulos
et al. 2023, Science 382) takes the machine's mean over all sentences and corrects it by its mean error in the sample; with
`tuned` the machine counts as much as it helps (PPI++, Angelopoulos, Duchi and Zrnic 2023).

One interval around the mean error fails for rare codes, where errors are few and of one kind. So what
the machine missed and what it claimed wrongly get a Wilson interval each, with the n their variance is worth, and the two
are put together (MOVER: Zou and Donner 2008, Statistics in Medicine 27; with no machine this is Wilson's interval).

Measured (simulated corpora of 1,000 sentences, 100 or 40 reviewed, shares .02 to .3, nine machines from useless to perfect;
tests/test_evaluating_prevalence.py repeats a part): the interval held the truth in .949 and more of 1,500 corpora in
every cell, tuned in .944 and more; one Wilson interval around the mean error held it in .67 to .86 at a share of .02.
Worth in reviewed sentences beside the sample alone, at shares .05 / .1 / .3: good scores 1.4 / 2.0 / 3.4, middling ones
1.0 / 1.1 / 1.4, wrong yes-and-no labels .7 / .8 / 1.0; tuned 1.6 / 2.2 / 3.4, 1.1 / 1.2 / 1.4 and 1.1 / 1.1 / 1.2. So
tuned is the better choice: never worse here, and safe with a bad machine. At .02 the estimate's bias stays below .003 with 100
sentences and reaches .008 with 40, as a negative estimate is clipped to 0.
Whole interviews (3 to 10 reviewed of 12 to 40, unequal size, correlation within an interview .01 to .1): .94 and more,
.99 on average, so rather wide; without the least correlation assumed it was .78 in the worst cell.

The share is that of this corpus, so the sample's share of it narrows the interval (finite population), down to a point
where everything was reviewed. The machine must not have learnt from the sample's own codings.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from pipeline.evaluating.intervals import sums, t_quantile

LEVEL = 0.95
LEAST_SENTENCES = 30
LEAST_INTERVIEWS = 3
ALIKE = 0.05  # least correlation assumed within an interview: a few interviews often show less than there is


class Share(NamedTuple):
    """A share of sentences with its interval, all within [0, 1]; nan with a German `reason` where it is refused."""

    estimate: float
    low: float
    high: float
    n_reviewed: int  # sentences
    method: str  # sample, sample-tuned, interviews
    reason: str  # empty where there is an estimate


class Side(NamedTuple):
    """One kind of error, as large as possible `most`: its mean and the number of independent sentences it rests on."""

    mean: float
    most: float
    n: float


def from_sample(
    scores: np.ndarray, sample: np.ndarray, truth: np.ndarray, tuned: bool = False, level: float = LEVEL
) -> Share:
    """The share from a random sample of sentences, every sentence with the same chance.

    `scores`: machine scores of all N sentences of the corpus, float 0 to 1 or bool. `sample`: numbers of the n sentences
    drawn at random and reviewed, each once. `truth`: whether people gave them the code, bool, length n. Reviewed
    suggestions are no random sample and must not be in it. Refused for fewer than 30 sentences; ValueError where lengths
    or numbers do not fit.
    """
    f, y = np.asarray(scores, dtype=float), np.asarray(truth, dtype=float)
    sample = np.asarray(sample, dtype=int)
    _check(f, sample, y)
    n, method = len(sample), "sample-tuned" if tuned else "sample"
    if n < LEAST_SENTENCES:
        return _refused(n, method, _few_sentences(n))
    f = f * _factor(f[sample], y) if tuned else f
    error = y - f[sample]
    left = 1 - n / len(f)
    missed, claimed = np.maximum(error, 0), np.maximum(-error, 0)
    sides = (
        _side(missed, 1 - f.min(), left * _variance(missed, 1 - f.min())),
        _side(claimed, f.max(), left * _variance(claimed, f.max())),
    )
    together = _correlation(missed - missed.mean(), claimed - claimed.mean())
    return Share(*_interval(f.mean(), *sides, together, _quantile(n, level)), n, method, "")


def from_interviews(
    truth: np.ndarray,
    interview: np.ndarray,
    n_interviews: int,
    scores: np.ndarray | None = None,
    reviewed: np.ndarray | None = None,
    level: float = LEVEL,
) -> Share:
    """The share where whole interviews were reviewed, chosen at random out of `n_interviews` of the corpus.

    `truth` (bool) and `interview` (int or str) have one entry for each sentence of the reviewed interviews. With `scores`
    (all N sentences of the corpus) and `reviewed` (numbers of the reviewed ones among them, in the order of `truth`) the
    machine helps as in `from_sample`. Variance between interviews of the linearised ratio estimator (Cochran 1977, section
    6.3), t quantile with one degree less than interviews. Refused for fewer than 3 interviews or 30 sentences.
    """
    y, (names, number) = np.asarray(truth, dtype=float), np.unique(interview, return_inverse=True)
    n, m, method = len(y), len(names), "interviews"
    if len(interview) != n or m > n_interviews:
        raise ValueError(f"{n} sentences, but {len(interview)} interviews; {m} reviewed of {n_interviews}")
    if m < LEAST_INTERVIEWS:
        return _refused(n, method, _few_interviews(m))
    if n < LEAST_SENTENCES:
        return _refused(n, method, _few_sentences(n, drawn=False))
    f, rows = _machine(scores, reviewed, n)
    if scores is not None:
        _check(f, rows, y)
    error = y - f[rows]
    missed, claimed = np.maximum(error, 0), np.maximum(-error, 0)
    tops = (1 - f.min(), f.max())
    spread, together = _between((missed, claimed), tops, number, 1 - m / n_interviews)
    sides = _side(missed, tops[0], spread[0]), _side(claimed, tops[1], spread[1])
    return Share(*_interval(f.mean(), *sides, together, _quantile(m, level)), n, method, "")


def _between(
    parts: tuple[np.ndarray, np.ndarray], tops: tuple[float, float], number: np.ndarray, left: float
) -> tuple[list[float], float]:
    """Variances of the two kinds of error between interviews, and their correlation.

    A variance is never less than that of sentences which are ALIKE within their interview.
    """
    residuals = sums(np.stack([part - part.mean() for part in parts], axis=1), number)
    n, m = len(number), len(residuals)
    scale, alike = m / (m - 1) / n**2, 1 + (n / m - 1) * ALIKE
    squares = (residuals**2).sum(axis=0) * scale
    least = [alike * _variance(part, top) for part, top in zip(parts, tops, strict=True)]
    return [left * max(float(s), x) for s, x in zip(squares, least, strict=True)], _correlation(*residuals.T)


def _machine(scores: np.ndarray | None, reviewed: np.ndarray | None, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Scores and the numbers of the reviewed sentences among them; no scores are zeros, which say nothing."""
    if (scores is None) != (reviewed is None):
        raise ValueError("scores and reviewed go together")
    if scores is None or reviewed is None:
        return np.zeros(n), np.arange(n)
    return np.asarray(scores, dtype=float), np.asarray(reviewed, dtype=int)


def _variance(part: np.ndarray, most: float) -> float:
    """Variance of the mean of independent values 0 .. most, as if one more were 0 and one `most`.

    Without those two, no error in a small sample would mean that there are none.
    """
    n = len(part)
    mean, square = (part.sum() + most) / (n + 2), (np.sum(part**2) + most**2) / (n + 2)
    return float((square - mean**2) / n)


def _side(part: np.ndarray, most: float, variance: float) -> Side:
    """`variance` as the n that would give it to shares; as many as there are or more, since values may lie between."""
    mean = (part.sum() + most) / (len(part) + 2)
    worth = mean * (most - mean) / variance if variance > 0 else np.inf
    return Side(float(part.mean()), float(most), float(worth))


def _factor(scores: np.ndarray, truth: np.ndarray) -> float:
    """How much the machine counts: the slope of truth on score within [0, 1], drawn to 0 where the scores vary little."""
    centred = scores - scores.mean()
    return float(np.clip(centred @ truth / (centred @ centred + 1), 0, 1))


def _wilson(side: Side, quantile: float) -> tuple[float, float]:
    """How far Wilson's bounds lie below and above the mean; neither beyond what is possible."""
    if side.most <= 0 or np.isinf(side.n):
        return 0.0, 0.0
    p, a = side.mean / side.most, quantile**2 / side.n
    middle = (p + a / 2) / (1 + a)
    half = quantile * np.sqrt(p * (1 - p) / side.n + a / side.n / 4) / (1 + a)
    return max(0.0, (p - middle + half) * side.most), max(0.0, (middle + half - p) * side.most)


def _interval(
    machine: float, missed: Side, claimed: Side, together: float, quantile: float
) -> tuple[float, float, float]:
    """machine + missed - claimed, and its bounds out of the bounds of both (MOVER); clipped to [0, 1]."""
    below, above = _wilson(missed, quantile)
    claimed_below, claimed_above = _wilson(claimed, quantile)
    raw = machine + missed.mean - claimed.mean
    low = raw - _joined(below, claimed_above, together)
    high = raw + _joined(above, claimed_below, together)
    estimate, low, high = (float(np.clip(value, 0, 1)) for value in (raw, low, high))
    return estimate, min(low, estimate), max(high, estimate)


def _joined(one: float, other: float, together: float) -> float:
    return float(np.sqrt(max(0.0, one**2 + other**2 - 2 * together * one * other)))


def _correlation(one: np.ndarray, other: np.ndarray) -> float:
    """Of two centred series; 0 where one does not vary."""
    size = float(np.sqrt((one @ one) * (other @ other)))
    return float(one @ other) / size if size > 0 else 0.0


def _quantile(n: int, level: float) -> float:
    return t_quantile((1 + level) / 2, n - 1)


def _check(scores: np.ndarray, sample: np.ndarray, truth: np.ndarray) -> None:
    if len(sample) != len(truth):
        raise ValueError(f"{len(sample)} sentences reviewed, but {len(truth)} codings")
    if len(np.unique(sample)) != len(sample):
        raise ValueError("a sentence is in the sample twice")
    if len(sample) and not 0 <= sample.min() <= sample.max() < len(scores):
        raise ValueError(f"the sample names a sentence outside of 0 .. {len(scores) - 1}")
    if len(scores) and not (scores.min() >= 0 and scores.max() <= 1):
        raise ValueError("machine scores must lie between 0 and 1")


def _refused(n: int, method: str, reason: str) -> Share:
    return Share(float("nan"), float("nan"), float("nan"), n, method, reason)


def _few_sentences(n: int, drawn: bool = True) -> str:
    if not n:
        return "Keine Zufallsstichprobe: Wie häufig ein Code ist, lässt sich nur aus zufällig gezogenen und geprüften Sätzen schätzen."
    which = "zufällig gezogene Sätze" if drawn else "Sätze"
    return f"Zu wenige {which} geprüft: {n}, nötig sind mindestens {LEAST_SENTENCES}."


def _few_interviews(m: int) -> str:
    if not m:
        return "Kein Interview ganz geprüft: Wie häufig ein Code ist, lässt sich so nicht schätzen."
    return f"Zu wenige Interviews ganz geprüft: {m}, nötig sind mindestens {LEAST_INTERVIEWS}."
