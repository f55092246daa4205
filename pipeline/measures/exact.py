"""Exact tests over respondents, on request: whether groups differ in how many of those asked speak of a category.

The respondents are no random sample of anybody, so p says only how often chance alone would deal the sayings out at least as unevenly over
these groups. It is no statement about the town.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import comb
from typing import TYPE_CHECKING, Any

from pipeline.effective import UNREVIEWED
from pipeline.measures.lens import known, members

if TYPE_CHECKING:
    import pandas as pd

MOST = 50_000  # different weights of a table from which on chance is drawn instead of counted
DRAWS, SEED = 9_999, 20260401
Row = dict[str, Any]


def exact(said: Sequence[int], sizes: Sequence[int]) -> tuple[float, str]:
    """(p, method) of Freeman and Halton's test of a table of two rows: `said` of `sizes` in each group; of two groups it is Fisher's.

    Counted in whole numbers: with the margins fixed a table has the weight of the product of C(size, said); p is the share of all weight in
    tables that weigh no more than the one observed. `method` is exact, or permutation (fixed seed) where there are too many tables.

    >>> exact([3, 1], [4, 4]) == (34 / 70, "exact")
    True
    """
    total, n = sum(said), sum(sizes)
    ways: dict[int, dict[int, int]] = {0: {1: 1}}  # said so far -> weight -> how many tables have it
    for size in sizes:
        after: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
        for so_far, weights in ways.items():
            for more in range(min(size, total - so_far) + 1):
                factor, place = comb(size, more), after[so_far + more]
                for weight, tables in weights.items():
                    place[weight * factor] += tables
        if sum(map(len, after.values())) > MOST:
            return _drawn(said, sizes), "permutation"
        ways = after
    seen = _weight(said, sizes)
    return sum(weight * tables for weight, tables in ways[total].items() if weight <= seen) / comb(n, total), "exact"


def _weight(said: Sequence[int], sizes: Sequence[int]) -> int:
    weight = 1
    for x, size in zip(said, sizes, strict=True):
        weight *= comb(size, x)
    return weight


def _drawn(said: Sequence[int], sizes: Sequence[int]) -> float:
    """p by chance: how often a random dealing of the sayings weighs no more than the one observed, that one counted in."""
    import numpy as np

    chance, seen = np.random.default_rng(SEED), _weight(said, sizes)
    dealt = chance.multivariate_hypergeometric(list(sizes), sum(said), size=DRAWS, method="marginals")
    return (1 + sum(_weight(row, sizes) <= seen for row in dealt.tolist())) / (1 + DRAWS)


def holm(values: Sequence[float]) -> list[float]:
    """p of each test with all tests counted in (Holm's step-down): in their order.

    >>> [round(p, 3) for p in holm([0.01, 0.04, 0.03, 0.005])]
    [0.03, 0.06, 0.06, 0.02]
    """
    adjusted, highest = [1.0] * len(values), 0.0
    for place, n in enumerate(sorted(range(len(values)), key=lambda n: values[n])):
        highest = max(highest, min(1.0, (len(values) - place) * values[n]))
        adjusted[n] = highest
    return adjusted


def rows(
    codes: pd.DataFrame, mentions: pd.DataFrame, cases: pd.DataFrame, asked: Mapping[str, set[str]], variables: Iterable[str]
) -> list[Row]:
    """Rows of `findings_tests`: categories x grouping variables, over people who were asked and whose answers are read.

    People without a value are left out. Nothing is tested where fewer than two groups were asked, or all of those asked said it, or none.
    """
    read = mentions[(mentions["basis"] != UNREVIEWED) & (mentions["case"] != "")]
    said = {code: set(data) for code, data in read.groupby("code")["case"]}
    coded = codes.loc[codes["coded"] != "no", "code"]
    found: list[Row] = []
    for variable in dict.fromkeys(variables):
        people = {value: group for value, group in members(cases, variable).items() if known(value)}
        for code in coded:
            groups = [group & asked.get(code, set()) for group in people.values()]
            groups = [group for group in groups if group]
            counts = [len(group & said.get(code, set())) for group in groups]
            sizes = [len(group) for group in groups]
            if len(groups) >= 2 and 0 < sum(counts) < sum(sizes):
                p, method = exact(counts, sizes)
                found.append({
                    "code": code, "variable": variable, "n": sum(sizes), "n_said": sum(counts), "groups": len(groups), "p": p, "method": method,
                })  # fmt: skip
    return [{**row, "p_all": p} for row, p in zip(found, holm([row["p"] for row in found]), strict=True)]
