"""Rows of the table `agreement` for the sets of categories that sentences have: alpha with MASI."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from pipeline.agreeing import sets
from pipeline.agreeing.coefficients import corrected
from pipeline.agreeing.groups import Group
from pipeline.agreeing.lines import Draws, Line, Row, drawn, measured, portions, row
from pipeline.agreeing.units import Decisions, cells_of


class Labels(NamedTuple):
    """Which set each coder gave each unit (U x G numbers, -1: not read for all categories), and the L sets (L x K bool)."""

    number: np.ndarray
    sets: np.ndarray


class Pairs(NamedTuple):
    """Sums for alpha: observed disagreement, distances of all ordered pairs of ratings, number of ratings."""

    observed: np.ndarray
    expected: np.ndarray
    n: np.ndarray


def labels(told: Decisions) -> Labels:
    """The sets of all coders of a grid."""
    ratings = told.patterns[told.rating]  # U x K x G
    read, given = (ratings >= 0).all(axis=1), ratings == 1
    packed = np.packbits(given.transpose(0, 2, 1), axis=2)  # U x G x bytes
    known, number = np.unique(packed.reshape(-1, packed.shape[2]), axis=0, return_inverse=True)
    return Labels(np.where(read, number.reshape(read.shape), -1), np.unpackbits(known, axis=1, count=given.shape[1]).astype(bool))


def rows(group: Group, unit: str, told: Decisions, own: Labels, draws: Draws, chosen: np.ndarray | None = None, single: bool = False) -> Iterator[Row]:
    """Rows of a group; `chosen` (U): only these units."""
    number = own.number[:, list(group.columns)]
    keep = ((number >= 0).sum(axis=1) >= 2) & (True if chosen is None else chosen)
    if not keep.any():
        return
    known, number = np.unique(number[keep], return_inverse=True)
    number = number.reshape(int(keep.sum()), -1) - int(known[0] < 0)
    told_sets = own.sets[known[known >= 0]]
    cells, cell = cells_of(told.grid, group.columns, told.row[keep])
    size, many = len(cells.case), len(told_sets)
    observed = np.bincount(cell, weights=sets.unit_disagreement(number, told_sets), minlength=size)
    place = (cell[:, None] * many + number)[number >= 0]
    count = np.bincount(place, minlength=size * many).reshape(size, many).astype(float)
    apart = sets.between(count, told_sets)  # cells x cells: draws of cases need no more than this
    units, filled = np.bincount(cell, minlength=size), count[:, told_sets.any(axis=1)].sum(axis=1)
    for part in portions(cells, told.grid.sentences.docs, single):
        if not (part.cases @ filled).any():
            continue  # nobody gave anything there
        by_case = part.cases @ observed, part.cases @ apart @ part.cases.T, part.cases @ count.sum(axis=1)
        times = drawn(len(part.cases), draws)
        figure = measured(_value, _pairs(np.ones((1, len(part.cases))), *by_case), None if times is None else _pairs(times, *by_case), len(part.cases))
        line = Line(group, part, unit, "alpha_masi", "", "before", int((part.cases @ units).sum()), len(part.cases))
        yield row(line, figure, 0, draws)


def _pairs(times: np.ndarray, observed: np.ndarray, apart: np.ndarray, n: np.ndarray) -> Pairs:
    return Pairs(times @ observed, ((times @ apart) * times).sum(axis=1), times @ n)


def _value(s: Pairs) -> np.ndarray:
    return corrected(sets.alpha_parts(s.observed, s.expected, s.n))
