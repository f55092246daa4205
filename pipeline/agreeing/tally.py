"""Ratings of units by coders as sums that all coefficients are worked out from.

Every sum runs over units, so sums of cases, documents or drawn samples are added up before any coefficient is formed: one function works
for a single figure and, along leading axes, for all categories and all draws of a bootstrap at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

MISSING = -1
Ratings = Sequence[Sequence[object]]


class Sums(NamedTuple):
    """Sums over units, with any leading axes; q categories, r coders.

    `units`: units with at least one rating; `paired`: with at least two. `pairs` (q x q): for each paired unit its ordered pairs of two coders'
    ratings, as shares of its pairs. `coins` (q x q): the same as Krippendorff's coincidences, each unit with as much weight as it has ratings.
    `share` (q): the categories' shares of each unit's ratings, units with a single rating included. `given` (r x q): ratings by coder.
    """

    units: np.ndarray
    paired: np.ndarray
    pairs: np.ndarray
    coins: np.ndarray
    share: np.ndarray
    given: np.ndarray


def encoded(ratings: Ratings | np.ndarray) -> tuple[np.ndarray, list[object]]:
    """(units x coders) numbers of categories from values, and the categories in order; None and NaN are missing (-1).

    >>> encoded([["b", "a"], [None, "b"]])[0].tolist()
    [[1, 0], [-1, 1]]
    """
    rows = [list(row) for row in ratings]
    known = sorted({value for row in rows for value in row if _there(value)}, key=lambda v: (str(type(v)), v))
    number = {value: n for n, value in enumerate(known)}
    width = max(map(len, rows), default=0)
    if any(len(row) != width for row in rows):
        raise ValueError("units have different numbers of coders")
    codes = [[number[value] if _there(value) else MISSING for value in row] for row in rows]
    return np.array(codes, dtype=int).reshape(len(rows), width), list(known)


def parts(ratings: np.ndarray, categories: int) -> Sums:
    """What each unit (units x coders, -1: missing) adds to the sums."""
    known = ratings[:, :, None] == np.arange(categories)
    count = known.sum(axis=1).astype(float)
    r = count.sum(axis=1)
    several = r >= 2
    least, more = np.where(r > 0, r, 1.0), np.where(several, r - 1, 1.0)
    ordered = count[:, :, None] * (count[:, None, :] - np.eye(categories)) * several[:, None, None]
    coins = ordered / more[:, None, None]
    return Sums((r >= 1).astype(float), several.astype(float), coins / least[:, None, None], coins, count / least[:, None], known.astype(float))


def total(each: Sums) -> Sums:
    """The sums over the first axis."""
    return Sums(*(data.sum(axis=0) for data in each))


def resampled(each: Sums, draws: np.ndarray) -> Sums:
    """Sums of drawn samples: `each` with cases as first axis, `draws` (draws x cases) how often each case is drawn."""
    return Sums(*((draws @ data.reshape(len(data), -1)).reshape(len(draws), *data.shape[1:]) for data in each))


def _there(value: object) -> bool:
    return value is not None and value == value
