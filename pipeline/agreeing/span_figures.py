"""Rows of the table `agreement` for what coders marked: passages that are nearly the same, and the text sign by sign."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

from pipeline.agreeing import continuum, notes
from pipeline.agreeing.coefficients import corrected, divided
from pipeline.agreeing.continuum import Lengths
from pipeline.agreeing.figures import pooled
from pipeline.agreeing.groups import Group
from pipeline.agreeing.lines import Draws, Line, Part, Row, drawn, measured, portions, row
from pipeline.agreeing.spans import Stretches
from pipeline.agreeing.units import Cells, cells_of


class Marks(NamedTuple):
    """Sums by cell and category (leading axes free): lengths of the continuum, and passages: all of them and those that agree, over pairs."""

    whole: np.ndarray
    coded: np.ndarray
    both: np.ndarray
    squares: np.ndarray
    passages: np.ndarray
    same: np.ndarray
    units: np.ndarray

    @property
    def lengths(self) -> Lengths:
        return Lengths(self.whole, self.coded, self.both, self.squares)


def marks(group: Group, told: Stretches) -> tuple[Cells, Marks]:
    """The sums of a group, from stretches of its grid."""
    columns, grid = list(group.columns), group.grid
    m = grid.read[:, columns].sum(axis=1)  # N x K
    row_ = np.flatnonzero((m >= 2).any(axis=1))
    cells, cell = cells_of(grid, group.columns, row_)
    size, k = len(cells.case), len(grid.codes)
    text = np.where(m[row_] >= 2, m[row_], 0) * grid.sentences.length[row_, None]
    whole = np.zeros((size, k))
    np.add.at(whole, cell, text)
    reads = told.reads[:, columns]
    several = reads.sum(axis=1) >= 2
    at = np.full(len(m), -1)
    at[row_] = cell
    place = (at[told.row] * k + told.code)[several]

    def added(values: np.ndarray) -> np.ndarray:
        return np.bincount(place, weights=values[several], minlength=size * k).reshape(size, k).astype(float)

    own = reads.astype(float)
    others = np.maximum(reads.sum(axis=1) - 1, 1)
    shared, matched = (data[:, columns][:, :, columns].sum(axis=(1, 2)) for data in (told.shared, told.matched))
    passages = (told.passages[:, columns] * own).sum(axis=1)
    return cells, Marks(
        whole, added((told.length[:, columns] * own).sum(axis=1)), added(shared / others), added((told.squares[:, columns] * own).sum(axis=1)),
        added(passages * others), added(matched), added(passages),
    )  # fmt: skip


def rows(group: Group, told: Stretches, draws: Draws, single: bool = False) -> Iterator[Row]:
    """Passages and continuum of a group; none where nobody marked anything."""
    cells, sums = marks(group, told)
    for part in portions(cells, group.grid.sentences.docs, single):
        each = Marks(*(part.cases @ data for data in sums))
        used = np.flatnonzero(each.coded.sum(axis=0) > 0)
        if len(used):
            yield from _part(group, part, Marks(*(data[:, used] for data in each)), [group.grid.codes[n] for n in used.tolist()], draws)


def _part(group: Group, part: Part, each: Marks, codes: list[str], draws: Draws) -> Iterator[Row]:
    times = drawn(len(part.cases), draws)
    again = None if times is None else Marks(*(times @ data for data in each))
    whole = Marks(*(data.sum(axis=0) for data in each))
    used = int((whole.passages > 0).sum())
    for measure, unit, value in _MEASURES:
        names = [""] if part.part != "all" or measure == "overlap_kappa" else ["", *codes]
        told = measured(_told(value, used), whole, again, len(part.cases))
        for n, code in enumerate(names):
            here = each.whole if unit == "continuum" else each.passages
            cases = int(((here[:, n - 1] if code else here.sum(axis=1)) > 0).sum())
            number = whole.units[n - 1] if code else whole.units.sum()
            share = float(whole.coded[n - 1] / whole.whole[n - 1]) if code and unit == "continuum" else float("nan")
            why = notes.ONE_CATEGORY if number else notes.NOTHING_CODED
            yield row(Line(group, part, unit, measure, code, "before", round(float(number)), cases, share), told, n, draws, why)


Value = Callable[[Marks, int], np.ndarray]


def _told(value: Value, used: int) -> Callable[[Marks], np.ndarray]:
    return lambda s: value(s, used)


def _percent(s: Marks, used: int) -> np.ndarray:
    return np.concatenate([divided(s.same.sum(axis=-1), s.passages.sum(axis=-1))[..., None], divided(s.same, s.passages)], axis=-1)


def _kappa(s: Marks, used: int) -> np.ndarray:
    """Brennan and Prediger's chance: one over the number of categories that the group used."""
    observed = divided(s.same.sum(axis=-1), s.passages.sum(axis=-1))[..., None]
    return (observed - 1 / used) / (1 - 1 / used) if used > 1 else np.full_like(observed, np.nan)


def _unitizing(s: Marks, used: int) -> np.ndarray:
    found = continuum.alpha(s.lengths)
    return np.concatenate([pooled(found)[..., None], corrected(found)], axis=-1)


_MEASURES: tuple[tuple[str, str, Value], ...] = (
    ("overlap_percent", "passage", _percent), ("overlap_kappa", "passage", _kappa), ("alpha_unitizing", "continuum", _unitizing),
)  # fmt: skip
