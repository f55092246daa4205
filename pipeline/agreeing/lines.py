"""What all rows of the table `agreement` share: parts of the material, figures with their bounds, notes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from pipeline.agreeing import notes, resampling
from pipeline.agreeing.groups import Group
from pipeline.agreeing.units import Cells

Row = dict[str, Any]


class Draws(NamedTuple):
    """How intervals are drawn."""

    replicates: int
    seed: int


class Part(NamedTuple):
    """A part of the material: its name and value, and which cells are those of each of its cases (cases x cells, 1 or 0)."""

    part: str
    value: str
    cases: np.ndarray


class Told(NamedTuple):
    """Figures with bounds, and where too many draws had none."""

    estimate: np.ndarray
    low: np.ndarray
    high: np.ndarray
    unsteady: np.ndarray


class Line(NamedTuple):
    """What a row says beside its figure."""

    group: Group
    part: Part
    unit: str
    measure: str
    code: str
    state: str
    n: int
    n_cases: int
    prevalence: float = float("nan")


def portions(cells: Cells, docs: Sequence[str], single: bool = True) -> Iterator[Part]:
    """All of the material, and (`single`) each document and each month."""
    yield Part("all", "", _cases(cells.case, np.ones(len(cells.case), dtype=bool)))
    if single:
        for doc in np.unique(cells.doc).tolist():
            yield Part("doc", docs[doc], _cases(cells.case, cells.doc == doc))
        for month in np.unique(cells.month[cells.month > 0]).tolist():
            yield Part("month", f"{month // 100:04}-{month % 100:02}", _cases(cells.case, cells.month == month))


def _cases(case: np.ndarray, chosen: np.ndarray) -> np.ndarray:
    return ((case == np.unique(case[chosen])[:, None]) & chosen).astype(float)


def measured(value: Callable[[Any], np.ndarray], whole: Any, drawn: Any, cases: int) -> Told:
    """A figure (`value` of sums, k numbers) with its bounds from drawn sums; None: no bounds."""
    estimate = np.atleast_1d(value(whole))
    if drawn is None:
        nothing = np.full(estimate.shape, np.nan)
        return Told(estimate, nothing, nothing, np.zeros(estimate.shape, dtype=bool))
    found = value(drawn)
    low, high, unsteady = resampling.bounds(found.reshape(len(found), -1), cases)
    gone = np.isnan(estimate)
    return Told(estimate, np.where(gone, np.nan, low), np.where(gone, np.nan, high), unsteady & ~gone)


def drawn(cases: int, draws: Draws) -> np.ndarray | None:
    """(replicates x cases) how often each case is drawn; None where there are too few cases for an interval."""
    return resampling.draws(cases, draws.replicates, draws.seed) if resampling.told(cases, draws.replicates) else None


def row(line: Line, told: Told, at: int, draws: Draws, why: str = notes.ONE_CATEGORY, said: Sequence[str] = (), bounded: bool = True) -> Row:
    """The row of the table; `why`: what is said where the figure cannot be told; not `bounded`: no interval, for reasons among `said`."""
    estimate, low, high = (float(data[at]) for data in (told.estimate, told.low, told.high))
    few = line.n_cases < notes.LEAST_CASES  # a category may lie in fewer cases than were drawn
    if few or not bounded:
        low = high = float("nan")
    bare = draws.replicates and estimate == estimate and low != low and (few or bounded)
    beside = [
        line.group.note, why if estimate != estimate else "", notes.FEW_UNITS if line.n < notes.LEAST_UNITS else "", *said,
        (notes.FEW_CASES if few else notes.UNSTEADY) if bare else "",
    ]  # fmt: skip
    return {
        "scope": line.group.scope, "a": line.group.a, "b": line.group.b, "part": line.part.part, "value": line.part.value, "unit": line.unit,
        "code": line.code, "measure": line.measure, "state": line.state, "n": line.n, "n_cases": line.n_cases, "estimate": estimate,
        "low": low, "high": high, "prevalence": line.prevalence, "note": notes.joined(beside),
    }  # fmt: skip
