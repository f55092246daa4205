"""Ways to deal people out anew: all of them where there are few, else the observed one and some that are drawn."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product
from math import comb, factorial, prod

import numpy as np

DRAWN = 4999  # permutations beside the observed arrangement
FEWEST = 999  # of a very large study
CELLS = 2_000_000  # units times permutations from which on fewer are drawn
FOR_BOUNDS = 1999  # permutations for an interval, which needs no far tails


def arrangements(groups: np.ndarray, seed: int) -> np.ndarray:
    """Numbers of groups (permutations x n): all ways to deal them out where there are few, else the observed and drawn ones."""
    sizes = np.bincount(groups)
    # Factorials of many people are huge numbers, and then there are certainly too many ways.
    if len(groups) <= 60 and factorial(len(groups)) // prod(factorial(int(size)) for size in sizes) <= DRAWN + 1:
        return np.array(list(dealt(sizes.tolist())), dtype=groups.dtype)
    drawn = np.tile(groups, (_times(len(groups)), 1))
    return np.vstack([groups, np.random.default_rng(seed).permuted(drawn, axis=1)])


def dealt(sizes: list[int]) -> Iterator[tuple[int, ...]]:
    """All different orders of numbers that come so many times.

    >>> list(dealt([1, 2]))
    [(0, 1, 1), (1, 0, 1), (1, 1, 0)]
    """
    if not any(sizes):
        yield ()
    for value, size in enumerate(sizes):
        if size:
            left = [*sizes[:value], size - 1, *sizes[value + 1 :]]
            yield from ((value, *rest) for rest in dealt(left))


def subsets(n: int, size: int) -> np.ndarray | None:
    """Every choice of `size` of n units, a row of bool each; None where there are too many."""
    if comb(n, size) > DRAWN + 1:
        return None
    chosen = np.array(list(combinations(range(n), size)))
    rows = np.zeros((len(chosen), n), dtype=bool)
    np.put_along_axis(rows, chosen, True, axis=1)
    return rows


def signs(n: int, seed: int) -> np.ndarray:
    """1 or -1 (permutations x n): all ways where there are few, else none turned and drawn ones."""
    if 2**n <= DRAWN + 1:
        return np.array(list(product((1.0, -1.0), repeat=n)))
    drawn = np.random.default_rng(seed).integers(0, 2, size=(_times(n), n)) * 2.0 - 1.0
    return np.vstack([np.ones(n), drawn])


def some(rows: np.ndarray) -> np.ndarray:
    """Evenly chosen permutations for intervals, the observed one among them where they were drawn."""
    return rows[:: -(-len(rows) // FOR_BOUNDS)] if len(rows) > FOR_BOUNDS + 1 else rows


def _times(n: int) -> int:
    return max(FEWEST, min(DRAWN, CELLS // n))
