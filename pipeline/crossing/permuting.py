"""Differences of mean shares with intervals and chances of error, by permutation of people.

Each person counts once, however much was said. People of one conversation (a workshop) speak of the same things because they
talk with one another, so those of a conversation and group are one unit, which moves as a whole and weighs as many people as it has;
where everybody was heard alone, units are people. The statistic is Welch's t, not the bare difference: groups differ in
size and in how much their members say, so shares of one group may scatter more than those of another, and the bare difference
then finds differences where there are none (Janssen 1997; Chung and Romano 2013, "Exact and asymptotically robust permutation
tests", Annals of Statistics 41). Paired shares: signs are changed person by person (Konietschke and Pauly 2014, "Bootstrapping
and permuting paired t-test type statistics"). What is observed counts among the permutations, so no chance is 0 (Phipson and
Smyth 2010); all arrangements are gone through where there are few.

* Scatter is never taken to be less than shares of so few sentences must have: three answers without a word of a rare topic are not
  alike, they are short. Without this a "clear difference" that is none came in .15 of studies of 16 people and 10 questions.
* `p`: twice the smaller tail, because shares are skewed and the tails differ.
* `p_all`: the greatest statistic of all topics and values of a variable (Westfall and Young 1993, maxT). Each side of each
  column is first divided by its own 97.5 per cent point, or by that of its interval where this is further out (a group that scatters
  more than the rest), so that a small group with heavy tails does not hide the others.
* `low`, `high`: 95 % by the t of permuted remainders (shares less their group's mean), not narrower than Student's t with the
  degrees of freedom of Welch and Satterthwaite. Turning the bare permutation test round, as in Ernst 2004 or Good 2005, takes
  groups to differ in nothing but their mean.

Measured with 999 permutations and 300 draws each (so give or take .025), people who differ (beta) and say 8 to 300 sentences. Intervals
of 95 % held a difference of .0 / .2 / .15 / -.25 (from a share of .10 / .10 / .03 / .30) in groups of
3 of 16 people in .98 / .93 / .88 / .99, 5 of 60 in .97 / .95 / .91 / 1.0, 10 of 60 in .97 / .95 / .94 / .97, 8 of 16 in .97 / .95 / .96 / .93,
30 of 60 in .97 / .93 / .96 / .94; within 5 to 50 people in .91 to 1.0: with few people and a rare topic that one of them dwells on
they are too narrow. (The bare permutation test turned round held .2 and .15 in .86 and .71 with 3 of 16, in .82 and .66 with 5 of 60.)
Studies with nothing in them showed some "clear difference" (p_all < .05 and an interval without 0, `groups.verdict`) in .05 and .06 for
a variable of 3 and 5 values and 10 topics (16 and 60 people), in .04 and .05 where one group says little, in .02 and .03 for 10
questions (16 and 50 people). A share of .3 beside .1 was called clear in .34 / .78 of studies with 5 / 10 of 60 people, .4 beside .1
in .48 / .83 with 4 / 8 of 16. Six workshops of six people beside 30 people alone, no difference: held in .94, p < .05 in .09.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from pipeline.crossing import arranging

BLOCK = 2_000_000  # cells worked on at once
LEVEL = 0.95
NEARLY = 1e-9
SURE = 1e6  # stands for an infinite t: no scatter at all, and yet a difference


class Found(NamedTuple):
    """Arrays (v comparisons x k topics): means of the group and of the others, difference, its bounds, p alone and among all."""

    share: np.ndarray
    others: np.ndarray
    difference: np.ndarray
    low: np.ndarray
    high: np.ndarray
    p: np.ndarray
    p_all: np.ndarray


class _One(NamedTuple):
    """A comparison with k topics: means, bounds, p, the observed statistic (k) and the permuted ones (permutations x k); `up` and `down`
    (k): how many standard errors the lower and the upper bound lie away from the difference."""

    share: np.ndarray
    others: np.ndarray
    low: np.ndarray
    high: np.ndarray
    down: np.ndarray
    up: np.ndarray
    p: np.ndarray
    seen: np.ndarray
    permuted: np.ndarray


def between(shares: np.ndarray, noise: np.ndarray, weights: np.ndarray, groups: np.ndarray, asked: Sequence[int], seed: int) -> Found:
    """Each group of `asked` against all others: `shares` (n units x k topics), `noise` (n x k) the variance that each share has because
    so few sentences were said, `weights` (n) how many people each unit stands for, `groups` (n) their group's number. Every compared
    group and its rest must have two units at least.
    """
    data = np.stack([shares, noise])
    labels = arranging.arrangements(groups, seed)
    made = []
    for value in asked:
        member = groups == value
        every = arranging.subsets(len(groups), int(member.sum()))
        one = _compare(data, weights, member, labels == value if every is None else every)
        # All comparisons must go through the same permutations to be looked at together.
        made.append(one._replace(permuted=_welch(data, weights, labels == value).t) if every is not None else one)
    return _together(made)


def paired(differences: Sequence[np.ndarray], noise: Sequence[np.ndarray], weights: Sequence[np.ndarray], shares: Sequence[tuple[np.ndarray, np.ndarray]], seed: int) -> Found:
    """Comparisons within people: each of `differences` and of its `noise` is n units x k topics, each of `weights` (n) how many people a
    unit stands for in it, 0 for none; two units at least must have some. `shares`: of each comparison the means (k) with and without.

    A unit's sign is the same in all comparisons of a permutation, so that what goes together stays together.
    """
    signs = arranging.signs(len(differences[0]), seed)
    made = []
    for data, blur, weight, (share, others) in zip(differences, noise, weights, shares, strict=True):
        able = weight > 0
        own, w, turned = np.stack([data[able], blur[able]]), weight[able], signs[:, able]
        seen, permuted = _one_sample(own, w, np.ones((1, len(w)))).first(), _one_sample(own, w, turned).t
        rest = _one_sample(np.stack([own[0] - seen.difference, own[1]]), w, arranging.some(turned)).t
        bounds = _bounds(seen, rest, np.full(data.shape[1], len(w) - 1.0))
        made.append(_One(share, others, *bounds, _tails(seen.t, permuted), seen.t, permuted))
    return _together(made)


class _Welch(NamedTuple):
    """Difference of means, its t, its standard error, and the two variances that this is made of; all (permutations x k)."""

    difference: np.ndarray
    t: np.ndarray
    error: np.ndarray
    own: np.ndarray
    rest: np.ndarray

    def first(self) -> _Welch:
        return _Welch(*(part[0] for part in self))


def _compare(data: np.ndarray, weights: np.ndarray, member: np.ndarray, chosen: np.ndarray) -> _One:
    """`data` (2 x n x k): shares and their noise."""
    seen = _welch(data, weights, member[None, :]).first()
    share, others = (np.average(data[0][part], axis=0, weights=weights[part]) for part in (member, ~member))
    n, m = int(member.sum()), int((~member).sum())
    under = seen.own**2 / (n - 1) + seen.rest**2 / (m - 1)
    freedom = np.divide((seen.own + seen.rest) ** 2, under, out=np.full(len(under), float(n + m - 2)), where=under > 0)
    permuted = _welch(data, weights, chosen).t
    left = np.stack([data[0] - np.where(member[:, None], share, others), data[1]])
    bounds = _bounds(seen, _welch(left, weights, arranging.some(chosen)).t, freedom)
    return _One(share, others, *bounds, _tails(seen.t, permuted), seen.t, permuted)


def _welch(data: np.ndarray, weights: np.ndarray, chosen: np.ndarray) -> _Welch:
    """For groups as rows of bool over units (permutations x n)."""
    (shares, noise), w = data, weights[:, None]
    k, step = shares.shape[1], max(1, BLOCK // len(shares))
    # Sums over a group are all that its mean and scatter need.
    parts = np.hstack([w * shares, w**2 * shares**2, w**2 * shares, w**2 * noise, w, w**2])
    inside = np.concatenate([chosen[at : at + step].astype(float) @ parts for at in range(0, len(chosen), step)])
    n = int(chosen[0].sum())
    sides = []
    for sums, number in ((inside, n), (parts.sum(axis=0) - inside, len(shares) - n)):
        total, squares, single, least, people, people_squares = np.split(sums, [k, 2 * k, 3 * k, 4 * k, 4 * k + 1], axis=1)
        mean = total / people
        scatter = (squares - 2 * mean * single + mean**2 * people_squares) * number / (number - 1)
        sides.append((mean, np.maximum(scatter, least) / people**2))
    (mean, own), (other, rest) = sides
    error = np.sqrt(own + rest)
    return _Welch(mean - other, _divided(mean - other, error), error, own, rest)


def _one_sample(data: np.ndarray, weights: np.ndarray, signs: np.ndarray) -> _Welch:
    """The same for the mean of differences with signs (permutations x n); `data` (2 x n x k): differences and their noise."""
    (own, noise), n, w, total = data, len(weights), weights[:, None], weights.sum()
    mean = signs @ (w * own) / total
    scatter = (w**2 * own**2).sum(axis=0) - 2 * mean * (signs @ (w**2 * own)) + mean**2 * (w**2).sum()
    variance = np.maximum(scatter * n / (n - 1), (w**2 * noise).sum(axis=0)) / total**2
    return _Welch(mean, _divided(mean, np.sqrt(variance)), np.sqrt(variance), variance, np.zeros_like(variance))


def _divided(difference: np.ndarray, error: np.ndarray) -> np.ndarray:
    nothing = np.where(np.abs(difference) > NEARLY, np.sign(difference) * SURE, 0.0)
    return np.clip(np.divide(difference, error, out=nothing, where=error > NEARLY), -SURE, SURE)


def _bounds(seen: _Welch, rest: np.ndarray, freedom: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """What lies between the tails, and the tails; a difference of shares is never beyond -1 or 1."""
    from scipy.special import stdtrit

    tail = (1 - LEVEL) / 2
    student = stdtrit(np.maximum(freedom, 1.0), 1 - tail)
    ordered = np.sort(np.ascontiguousarray(rest.T), axis=1)
    beyond = int(tail * len(rest))
    high, low = np.maximum(ordered[:, -1 - beyond], student), np.minimum(ordered[:, beyond], -student)
    return np.maximum(seen.difference - high * seen.error, -1.0), np.minimum(seen.difference - low * seen.error, 1.0), -low, high


def _tails(seen: np.ndarray, permuted: np.ndarray) -> np.ndarray:
    slack = NEARLY * np.maximum(1.0, np.abs(seen))
    above, below = (permuted >= seen - slack).mean(axis=0), (permuted <= seen + slack).mean(axis=0)
    return np.asarray(np.minimum(1.0, 2 * np.minimum(above, below)))


def _together(made: Sequence[_One]) -> Found:
    """All comparisons with their chance of error among all of them."""
    seen, beyond = np.stack([one.seen for one in made]), int((1 - LEVEL) / 2 * len(made[0].permuted))
    greatest, own = np.zeros(len(made[0].permuted)), np.zeros(seen.shape)
    for v, one in enumerate(made):
        ordered = np.sort(np.ascontiguousarray(one.permuted.T), axis=1)
        up, down = np.maximum(ordered[:, -1 - beyond], one.up), np.maximum(-ordered[:, beyond], one.down)
        greatest = np.maximum(greatest, np.maximum(one.permuted / up, -one.permuted / down).max(axis=1))
        own[v] = np.maximum(one.seen / up, -one.seen / down)
    ordered = np.sort(greatest)
    p_all = 1 - np.searchsorted(ordered, own - NEARLY * np.maximum(1.0, own)) / len(ordered)
    p = np.stack([one.p for one in made])
    share, others, lower, upper = (np.stack([getattr(one, name) for one in made]) for name in ("share", "others", "low", "high"))
    return Found(share, others, share - others, lower, upper, p, np.maximum(p_all, p))
