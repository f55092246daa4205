"""Which categories of two codebooks are the same: by id, or by what one was called before (`was:`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from pipeline.comparing.sides import PROPOSED, READ, Code, Figures, Side

SAME, RENAMED, NEW, GONE = "same", "renamed", "new", "gone"


class Pair(NamedTuple):
    """A category on both sides; empty where one side has none."""

    a: str
    b: str
    label: str
    change: str


def pairs(a: Mapping[str, Code], b: Mapping[str, Code]) -> list[Pair]:
    """Every category once, in the order of B, then what only A has.

    >>> old = {"A": Code("A", "Alt", "", ()), "C": Code("C", "Weg", "", ())}
    >>> new = {"B": Code("B", "Neu", "", ("A",)), "D": Code("D", "Dazu", "", ())}
    >>> [(p.a, p.b, p.change) for p in pairs(old, new)]
    [('A', 'B', 'renamed'), ('', 'D', 'new'), ('C', '', 'gone')]
    """
    found: list[Pair] = []
    taken: set[str] = set()
    before = {old: code.id for code in a.values() for old in code.was}  # where A has the newer codebook
    for code in b.values():
        if code.id in a:
            other = code.id
        else:
            other = next((old for old in code.was if old in a and old not in b), "") or (before.get(code.id, "") if before.get(code.id, "") not in b else "")
        if other in taken:
            other = ""
        taken |= {other} - {""}
        found.append(Pair(other, code.id, code.label, SAME if other == code.id else RENAMED if other else NEW))
    return [*found, *(Pair(code.id, "", code.label, GONE) for code in a.values() if code.id not in taken)]


class Compared(NamedTuple):
    """A category with the figures of both sides; None where a side has no such category. `hidden`: its proposals are not compared."""

    pair: Pair
    read: tuple[Figures | None, Figures | None]
    proposed: tuple[Figures | None, Figures | None]
    hidden: bool


def compared(a: Side, b: Side) -> list[Compared]:
    """All categories of both sides that anything was said of, and those that only one side has."""
    rows = []
    for pair in pairs(a.codes, b.codes):
        read = _figures(a, pair.a, READ), _figures(b, pair.b, READ)
        proposed = _figures(a, pair.a, PROPOSED), _figures(b, pair.b, PROPOSED)
        hidden = pair.a in a.withheld or pair.b in b.withheld
        if pair.change != SAME or any(f is not None and (f.mentions or f.asked) for f in (*read, *proposed)):
            rows.append(Compared(pair, read, proposed, hidden))
    return rows


def _figures(side: Side, code: str, basis: str) -> Figures | None:
    return side.figures.get((code, basis), Figures()) if code else None
