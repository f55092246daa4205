"""Pictures as data: heat maps with a step for each cell, and a curve. Every cell is also a number and leads to its quotes.

Only what people read colours a cell; proposals are a second number beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

STEPS = 5


@dataclass(frozen=True)
class Cell:
    """One cell: people who speak of it, how many there are in that column, mentions, and a colour step 0 to `STEPS`.

    `proposed`: people with proposals (in a map by case: proposals).
    """

    people: int
    of: int
    mentions: int
    step: int
    asked: int = 0
    proposed: int = 0


@dataclass(frozen=True)
class Heat:
    """A heat map: columns as (value, words, size) and rows as (code, label, level, cells)."""

    columns: list[tuple[str, str, int]]
    rows: list[tuple[str, str, int, list[Cell]]]


def step(share: float) -> int:
    """Colour step of a share from 0 to 1; anything above nothing is visible.

    >>> step(0), step(0.01), step(0.5), step(1)
    (0, 1, 3, 5)
    """
    return 0 if share <= 0 else min(STEPS, int(share * STEPS - 1e-9) + 1)


def by_group(rows: list[Any], codes: list[Any], values: list[tuple[str, str, int]], withheld: Callable[[str], bool] = lambda code: False) -> Heat:
    """Codes x values of one variable, shaded by the share of those asked who speak of it (of the group, where nobody was asked).

    Proposals of a code that is `withheld` leave no trace: that there are some in one group and none in another compares as well.
    """
    read, open_ = _parted(rows, "value")
    lines = []
    for code in codes:
        hide = withheld(code.code)
        line = []
        for value, _, size in values:
            r, more = read.get((code.code, value)), open_.get((code.code, value))
            shade = step(r.n_cases / max(r.n_asked or size, r.n_cases)) if r else 0
            line.append(
                Cell(
                    r.n_cases if r else 0, size, r.n_mentions if r else 0, shade, r.n_asked if r else 0,
                    more.n_cases if more and not hide else 0,
                )
            )  # fmt: skip
        if any(c.mentions or c.proposed for c in line):
            lines.append((code.code, code.label, code.level, line))
    return Heat(values, lines)


def by_case(rows: list[Any], codes: list[Any], cases: list[tuple[str, str]]) -> Heat:
    """Codes x cases, shaded by mentions (five and more are the darkest)."""
    read, open_ = _parted(rows, "case")
    lines = []
    for code in codes:
        line = []
        for case, _ in cases:
            r, more = read.get((code.code, case)), open_.get((code.code, case))
            n = r.n_mentions if r else 0
            line.append(Cell(int(n > 0), 1, n, min(STEPS, n), r.n_asked if r else 0, more.n_mentions if more else 0))
        if any(c.mentions or c.proposed for c in line):
            lines.append((code.code, code.label, code.level, line))
    return Heat([(case, words, 1) for case, words in cases], lines)


def _parted(rows: list[Any], column: str) -> tuple[dict[tuple[str, str], Any], dict[tuple[str, str], Any]]:
    """Rows by (code, column): those that people read, and proposals."""
    cells: tuple[dict[tuple[str, str], Any], dict[tuple[str, str], Any]] = ({}, {})
    for r in rows:
        cells[r.basis == "proposed"][r.code, getattr(r, column)] = r
    return cells


@dataclass(frozen=True)
class Curve:
    """Points in a square of `SIDE`, y downwards: (x, y, radius, words of x, words of y, how many). Empty: nothing was measured."""

    points: list[tuple[float, float, float, str, str, int]]
    line: str


SIDE = 240


def curve(values: list[tuple[float, float, int]]) -> Curve:
    """How often something came true (y) beside how likely it was called (x), by bins of n; bigger points rest on more.

    >>> curve([(0.5, 0.25, 100), (0.9, 0.8, 0)]).points
    [(120.0, 180.0, 9.0, '50', '25', 100)]
    """
    most = max((n for _, _, n in values), default=0)
    points = [
        (round(x * SIDE, 1), round((1 - y) * SIDE, 1), round(3 + 6 * (n / most) ** 0.5, 1), f"{x * 100:.0f}", f"{y * 100:.0f}", n)
        for x, y, n in values
        if n
    ]
    return Curve(points, " ".join(f"{x},{y}" for x, y, *_ in points))
