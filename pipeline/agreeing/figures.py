"""Rows of the table `agreement` for units with decisions: sentences, turns, sentences that somebody coded.

All categories together (`code` empty) are told by the pooled coefficient of de Vries and others (2008): observed and expected agreement are
added up over the categories that somebody of the group gave, before the coefficient is formed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from pipeline.agreeing import notes
from pipeline.agreeing.coefficients import Parts, binaries, corrected, varied
from pipeline.agreeing.groups import Group
from pipeline.agreeing.lines import Draws, Line, Part, Row, drawn, measured, portions, row
from pipeline.agreeing.tally import Sums, resampled, total
from pipeline.agreeing.units import Counted

PAIR = ("percent", "cohen", "scott", "alpha_nominal", "brennan_prediger", "ac1")
MANY = ("percent", "fleiss", "conger", "alpha_nominal", "brennan_prediger", "ac1")
SHORT = ("percent", "cohen", "fleiss", "alpha_nominal", "ac1")  # of the above, for single documents and months
BY_CODE = ("percent", "alpha_nominal")  # for single categories in single documents and months


class _Found(NamedTuple):
    """Observed and expected agreement by measure, and where more than one answer was given."""

    parts: dict[str, Parts]
    varied: np.ndarray


class _Beside(NamedTuple):
    """What all measures of a part share, for the categories that somebody gave: sums by case and in all, and observed and expected agreement
    of each measure, in all and in drawn samples."""

    group: Group
    part: Part
    unit: str
    state: str
    codes: list[str]
    each: Sums
    whole: Sums
    found: _Found
    drawn: _Found | None
    units: int
    draws: Draws


def rows(group: Group, unit: str, counts: Counted, draws: Draws, state: str = "before", single: bool = False, by_code: bool = False) -> Iterator[Row]:
    """Rows of a group on one kind of unit. `single`: also for each document and month; `by_code`: there for single categories as well."""
    measures = PAIR if group.pair else MANY
    for part in portions(counts.cells, group.grid.sentences.docs, single):
        beside = _beside(group, unit, state, part, counts, draws)
        for measure in (m for m in measures if part.part == "all" or m in SHORT) if beside.codes else ():
            yield from _measure(beside, measure, part.part == "all" or (by_code and measure in BY_CODE))


def _beside(group: Group, unit: str, state: str, part: Part, counts: Counted, draws: Draws) -> _Beside:
    each = Sums(*(np.tensordot(part.cases, data, axes=1) for data in counts.sums))
    used = np.flatnonzero(each.given[..., 1].sum(axis=(0, -1)) > 0)
    each = Sums(*(data.take(used, axis=1) for data in each))
    times = drawn(len(part.cases), draws)
    again = None if times is None or not len(used) else _found(resampled(each, times))
    whole, codes = total(each), [group.grid.codes[k] for k in used.tolist()]
    return _Beside(group, part, unit, state, codes, each, whole, _found(whole), again, int((part.cases @ counts.units).sum()), draws)


def _found(s: Sums) -> _Found:
    return _Found(binaries(s), varied(s))


def _measure(beside: _Beside, measure: str, by_code: bool) -> Iterator[Row]:
    def value(s: _Found) -> np.ndarray:
        found = s.parts[measure]
        together = pooled(found)[..., None]
        if not by_code:
            return together
        return np.concatenate([together, found.observed if measure == "percent" else corrected(found, s.varied)], axis=-1)

    told = measured(value, beside.found, beside.drawn, len(beside.each.units))
    shares = beside.whole.given[..., 1].sum(axis=-1) / beside.whole.given.sum(axis=(-1, -2))
    line = Line(beside.group, beside.part, beside.unit, measure, "", beside.state, beside.units, len(beside.each.units), float(shares.mean()))
    yield row(line, told, 0, beside.draws)
    for k, code in enumerate(beside.codes if by_code else ()):
        cases, given = int((beside.each.paired[:, k] > 0).sum()), beside.whole.given[k, :, 1].sum()
        one = line._replace(code=code, n=round(float(beside.whole.paired[k])), n_cases=cases, prevalence=float(shares[k]))
        rare = given < notes.LEAST_GIVEN
        yield row(one, told, k + 1, beside.draws, said=(notes.FEW_GIVEN if rare else "", prevalent(one.prevalence)), bounded=not rare)


def pooled(found: Parts) -> np.ndarray:
    """One coefficient over categories (last axis); those that cannot be told in a draw add nothing."""
    room = np.nan_to_num(1 - found.expected).sum(axis=-1)
    missed = np.nan_to_num(1 - found.observed).sum(axis=-1)
    some = room > 1e-12
    return np.where(some, 1 - missed / np.where(some, room, 1.0), np.nan)


def prevalent(share: float) -> str:
    """What is said of a category that is given hardly ever or nearly always."""
    return notes.IS_RARE if share < notes.RARE else notes.IS_COMMON if share > notes.COMMON else ""
