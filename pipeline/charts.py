"""Pictures as data: heat maps with a step for each cell. Every cell is also a number and leads to its quotes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

STEPS = 5


@dataclass(frozen=True)
class Cell:
    """One cell: people who speak of it, how many there are in that column, mentions, and a colour step 0 to `STEPS`."""

    people: int
    of: int
    mentions: int
    step: int
    asked: int = 0


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


def by_group(rows: list[Any], codes: list[Any], values: list[tuple[str, str, int]]) -> Heat:
    """Codes x values of one variable, shaded by the share of those asked who speak of it (of the group, where nobody was asked)."""
    cells = {(r.code, r.value): r for r in rows}
    lines = []
    for code in codes:
        line = []
        for value, _, size in values:
            r = cells.get((code.code, value))
            line.append(
                Cell(r.n_cases, size, r.n_mentions, step(r.n_cases / max(r.n_asked or size, r.n_cases)), r.n_asked)
                if r
                else Cell(0, size, 0, 0)
            )
        if any(c.mentions for c in line):
            lines.append((code.code, code.label, code.level, line))
    return Heat(values, lines)


def by_case(rows: list[Any], codes: list[Any], cases: list[tuple[str, str]]) -> Heat:
    """Codes x cases, shaded by mentions (five and more are the darkest)."""
    cells = {(r.code, r.case): r for r in rows}
    lines = []
    for code in codes:
        line = []
        for case, _ in cases:
            r = cells.get((code.code, case))
            line.append(Cell(1, 1, r.n_mentions, min(STEPS, r.n_mentions), r.n_asked) if r else Cell(0, 1, 0, 0))
        if any(c.mentions for c in line):
            lines.append((code.code, code.label, code.level, line))
    return Heat([(case, words, 1) for case, words in cases], lines)
