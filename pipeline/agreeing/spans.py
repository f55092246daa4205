"""What coders marked in text that at least two of them read for a category: lengths and passages, for each stretch with the same readers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from typing import NamedTuple

import numpy as np

from pipeline.agreeing.continuum import Span, merged, shared
from pipeline.agreeing.overlap import alike
from pipeline.agreeing.readings import Grid


class Stretches(NamedTuple):
    """S stretches of a turn with somebody's passages of one category: `row` their first sentence, `code`; by coder (S x G) who reads,
    `length` and `squares` of units, `passages`; by pair of coders (S x G x G) what their units share and how many passages of the first have
    their like with the second."""

    row: np.ndarray
    code: np.ndarray
    reads: np.ndarray
    length: np.ndarray
    squares: np.ndarray
    passages: np.ndarray
    shared: np.ndarray
    matched: np.ndarray


def stretches(grid: Grid, tolerance: float) -> Stretches:
    """All stretches in which anybody of the grid marked anything."""
    own, size = grid.sentences, len(grid.coders)
    found: list[tuple[int, int, np.ndarray, list[list[Span]], list[list[Span]]]] = []
    marked: dict[tuple[str, int, int], list[list[Span]]] = defaultdict(lambda: [[] for _ in range(size)])
    for act in grid.acts:
        if act.given and (act.doc, act.turn) in own.of_turn:
            marked[act.doc, act.turn, act.code][act.coder].append((act.start, act.end))
    alike_for_all = bool((grid.read == grid.read[:, :, :1]).all())  # then a turn's stretches are those of any category
    known: dict[tuple[str, int, int], list[tuple[int, int, int, np.ndarray]]] = {}
    for (doc, turn, code), spans in sorted(marked.items()):
        key = doc, turn, 0 if alike_for_all else code
        if key not in known:
            known[key] = list(runs(grid, own.of_turn[doc, turn], code))
        for first, start, end, reads in known[key]:
            units, passages = _within(spans, start, end, reads)
            if any(units):
                found.append((first, code, reads, units, passages))
    return _arrays(found, size, tolerance)


def runs(grid: Grid, rows: range, code: int) -> Iterator[tuple[int, int, int, np.ndarray]]:
    """(first sentence, start, end, who reads) of stretches of a turn that the same people read; only those that two read."""
    reads = grid.read[rows.start : rows.stop, :, code]
    length, starts = grid.sentences.length, grid.sentences.start
    changes = [0, *(np.flatnonzero((reads[1:] != reads[:-1]).any(axis=1)) + 1).tolist(), len(reads)]
    for a, b in pairwise(changes):
        if reads[a].sum() >= 2:
            last = rows.start + b - 1
            yield rows.start + a, starts[rows.start + a], starts[last] + int(length[last]), reads[a]


def _within(spans: Sequence[Sequence[Span]], start: int, end: int, reads: np.ndarray) -> tuple[list[list[Span]], list[list[Span]]]:
    """Units cut to a stretch, and whole passages that lie mostly in it, of who reads it."""
    units, passages = [], []
    for own, here in zip(spans, reads.tolist(), strict=True):
        cut = [(max(a, start), min(b, end)) for a, b in merged(own) if min(b, end) > max(a, start)] if here else []
        units.append(cut)
        passages.append([(a, b) for a, b in sorted(set(own)) if 2 * (min(b, end) - max(a, start)) > b - a] if here else [])
    return units, passages


def _arrays(found: Sequence[tuple[int, int, np.ndarray, list[list[Span]], list[list[Span]]]], size: int, tolerance: float) -> Stretches:
    s = len(found)
    length, squares, passages = (np.zeros((s, size)) for _ in range(3))
    both, matched = np.zeros((s, size, size)), np.zeros((s, size, size))
    for n, (_, _, _, units, told) in enumerate(found):
        for g, own in enumerate(units):
            length[n, g], squares[n, g] = sum(b - a for a, b in own), sum((b - a) ** 2 for a, b in own)
            passages[n, g] = len(told[g])
        there = [g for g in range(size) if units[g]]
        for g, h in combinations(there, 2):
            both[n, g, h] = both[n, h, g] = shared(units[g], units[h])
            for one, other in ((g, h), (h, g)):
                matched[n, one, other] = sum(any(alike(a, b, tolerance) for b in told[other]) for a in told[one])
    row, code = (np.array([one[at] for one in found], dtype=int) for at in (0, 1))
    reads = np.array([one[2] for one in found], dtype=bool).reshape(s, size)
    return Stretches(row, code, reads, length, squares, passages, both, matched)
