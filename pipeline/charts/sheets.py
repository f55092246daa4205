"""Matrices on paper: one that a page cannot hold in letters that can be read becomes several, parted between families, each with its heads."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

MOST = 28  # lines of one drawing
WIDEST = 874  # of one drawing, in px: on the 178 mm between the margins of A4, letters of 13 px are then 7.5 pt
Line = dict[str, Any]


def by_lines(spec: dict[str, Any], most: int = MOST) -> list[dict[str, Any]]:
    """Descriptions of at most `most` lines each (one more where a family goes on and its head is said again); pictures without lines stay whole."""
    lines: Sequence[Line] = spec["datasets"].get("lines", ())
    if len(lines) <= most:
        return [spec]
    return [_only(spec, "order", {line["order"] for line in part}) for part in parted(lines, most)]


def by_columns(spec: dict[str, Any], wide: float) -> list[dict[str, Any]]:
    """Descriptions of as many columns as a page holds, where the drawing of all is `wide` px; lines of which a part says nothing are left out."""
    columns, step = spec["datasets"].get("columns", ()), spec.get("width")
    if wide <= WIDEST or len(columns) < 2 or not isinstance(step, dict):
        return [spec]
    beside = wide - len(columns) * step["step"]  # heads at the left, and what slanted heads reach out at the right
    n = min(len(columns), -(-len(columns) // max(1, int((WIDEST - beside) // step["step"]))))
    places = sorted(column["column"] for column in columns)
    found = []
    for at in range(n):
        part = _only(spec, "column", set(places[at * len(places) // n : (at + 1) * len(places) // n]))
        told = {row["order"] for name, rows in part["datasets"].items() if name not in ("lines", "columns") for row in rows if "order" in row}
        found.append(_only(part, "order", told))
    return found


def parted(lines: Sequence[Line], most: int) -> list[list[Line]]:
    """Lines in parts of at most `most`, families whole where they fit; a part within a family begins with the family's head.

    >>> told = [{"family": f, "level": int(n > 0), "n": n} for f, size in (("A", 3), ("B", 2), ("C", 6)) for n in range(size)]
    >>> [[line["family"] + str(line["n"]) for line in part] for part in parted(told, 4)]
    [['A0', 'A1', 'A2'], ['B0', 'B1'], ['C0', 'C1', 'C2', 'C3'], ['C0', 'C4', 'C5']]
    """
    found: list[list[Line]] = [[]]
    for family, own in groupby(lines, key=lambda line: line.get("family", "")):
        block = list(own)
        if family and found[-1] and len(found[-1]) + len(block) > most:
            found.append([])
        for line in block:
            if len(found[-1]) >= most:
                found.append([block[0]] if family and block[0]["level"] == 0 else [])
            found[-1].append(line)
    return [part for part in found if part]


def first(lines: Sequence[Line]) -> int:
    """How many lines the first drawing has; the page keeps its room free until the picture is alive."""
    return len(parted(lines, MOST)[0]) if lines else 0


def _only(spec: dict[str, Any], key: str, places: set[Any]) -> dict[str, Any]:
    return spec | {"datasets": {name: [row for row in rows if key not in row or row[key] in places] for name, rows in spec["datasets"].items()}}
