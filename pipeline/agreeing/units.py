"""Decisions of a group of coders on sentences or turns, counted by cell: one case in one document in one month."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from pipeline.agreeing.readings import Grid, months
from pipeline.agreeing.tally import MISSING, Sums, parts


class Cells(NamedTuple):
    """Numbers of case, document and month by cell."""

    case: np.ndarray
    doc: np.ndarray
    month: np.ndarray


class Decisions(NamedTuple):
    """Units (U) with the decisions on them: `rating` (U x K) numbers rows of `patterns` (P x G: 1 given, 0 not, -1 not read);
    `row`: the first sentence of each unit."""

    grid: Grid
    row: np.ndarray
    rating: np.ndarray
    patterns: np.ndarray


class Counted(NamedTuple):
    """Sums by cell and category (cells x K), and how many units were compared in each cell on any category."""

    cells: Cells
    sums: Sums
    units: np.ndarray


def by_sentence(grid: Grid) -> Decisions:
    return _decisions(grid, np.arange(len(grid.sentences.seg)), grid.read, grid.given)


def by_turn(grid: Grid) -> Decisions:
    """A turn is read by who read all its sentences, and has a category where one of them has it."""
    first = np.array([rows.start for rows in grid.sentences.of_turn.values()], dtype=int)
    if not len(first):
        return _decisions(grid, first, grid.read, grid.given)
    return _decisions(grid, first, np.logical_and.reduceat(grid.read, first, axis=0), np.logical_or.reduceat(grid.given, first, axis=0))


def _decisions(grid: Grid, row: np.ndarray, read: np.ndarray, given: np.ndarray) -> Decisions:
    number = np.zeros((len(row), len(grid.codes)), dtype=np.int64)
    for g in range(len(grid.coders)):
        number = number * 3 + read[:, g] * (1 + (given[:, g] & read[:, g]))
    known, rating = np.unique(number, return_inverse=True)
    digits = np.array([known // 3 ** (len(grid.coders) - 1 - g) % 3 for g in range(len(grid.coders))], dtype=int).reshape(len(grid.coders), len(known)).T
    return Decisions(grid, row, rating.reshape(number.shape), digits - 1)


def cells_of(grid: Grid, columns: tuple[int, ...], row: np.ndarray) -> tuple[Cells, np.ndarray]:
    """The cells of some sentences, and the cell of each."""
    data = np.stack([part[row] for part in (grid.sentences.of_case, grid.sentences.of_doc, months(grid, columns))], axis=1)
    known, cell = np.unique(data, axis=0, return_inverse=True)
    return Cells(*known.reshape(-1, 3).T), cell.reshape(-1)


def coded(told: Decisions, columns: tuple[int, ...]) -> np.ndarray:
    """(U) units to which one of the group gave any category."""
    return np.asarray((told.patterns[:, list(columns)] == 1).any(axis=1)[told.rating].any(axis=1))


def counted(told: Decisions, columns: tuple[int, ...], chosen: np.ndarray | None = None) -> Counted:
    """Sums over units that at least two of the group read; `chosen` (U): only these units."""
    own, narrowed = np.unique(told.patterns[:, list(columns)], axis=0, return_inverse=True)
    rating = narrowed.reshape(-1)[told.rating]
    several = (own != MISSING).sum(axis=1) >= 2
    compared = several[rating].any(axis=1) & (True if chosen is None else chosen)
    rating, row = rating[compared], told.row[compared]
    cells, cell = cells_of(told.grid, columns, row)
    n, k, p = len(cells.case), rating.shape[1], len(own)
    place = (cell[:, None] * k + np.arange(k)) * p + rating
    weight = np.bincount(place.reshape(-1), minlength=n * k * p).reshape(n, k, p) * several
    sums = Sums(*((weight.reshape(n * k, p) @ data.reshape(p, -1)).reshape(n, k, *data.shape[1:]) for data in parts(own, 2)))
    return Counted(cells, sums, np.bincount(cell, minlength=n).astype(float))
