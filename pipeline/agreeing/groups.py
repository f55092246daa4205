"""Who is compared with whom, and on which readings: those without proposals in sight where there are any, else all, with a note."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

import numpy as np

from pipeline.agreeing import notes
from pipeline.agreeing.readings import Desk, Grid
from pipeline.tables import EVERYBODY


class Group(NamedTuple):
    """Coders (`columns` of the grid) compared under the names `a` and `b`; `note` where their readings are not independent."""

    scope: str
    a: str
    b: str
    grid: Grid
    columns: tuple[int, ...]
    note: str = ""

    @property
    def pair(self) -> bool:
        return len(self.columns) == 2


def people(desk: Desk) -> Iterator[Group]:
    """Each pair of people who read the same, and from three people on all of them."""
    coders = desk.every.coders
    for one, other in combinations(range(len(coders)), 2):
        if (found := _group(desk, (one, other), coders[one], coders[other])) is not None:
            yield found
    if len(coders) > 2 and (found := _group(desk, tuple(range(len(coders))), EVERYBODY, EVERYBODY)) is not None:
        yield found


def _group(desk: Desk, columns: tuple[int, ...], a: str, b: str) -> Group | None:
    for grid, note in ((desk.blind, ""), (desk.every, notes.DEPENDENT)):
        if several(grid, columns).any():
            return Group("people", a, b, grid, columns, note)
    return None


def several(grid: Grid, columns: tuple[int, ...]) -> np.ndarray:
    """(N x K) whether at least two of some coders read a sentence for a category."""
    return np.asarray(grid.read[:, list(columns)].sum(axis=1) >= 2)
