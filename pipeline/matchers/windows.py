"""Minimal windows: what only hits together (`near`, `all`, phrases in any order), as close together as it stands.

A window is a run of places of one unit that holds every part and no smaller run that does; each is one hit. So hits of a
unit depend on that unit alone.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence

import numpy as np

from pipeline.matchers.index import Index

_NO_LIMIT = 1 << 30


def windows(index: Index, parts: Sequence[np.ndarray], units: np.ndarray, width: int = _NO_LIMIT) -> np.ndarray:
    """One row a minimal window: the places of one hit of every part, sorted.

    `parts` are hits (a row each, places rising), `units` the number of its unit for every token; a hit lies in the unit of its
    first word. `width`: how many words the last may at most stand after the first.
    """
    columns = sum(part.shape[1] for part in parts)
    parts = _in_common_units(parts, units)
    if not all(len(part) for part in parts):
        return np.empty((0, columns), dtype=np.int32)
    size = len(index) + 1
    keys = [units[part[:, 0]].astype(np.int64) * size + part[:, -1] for part in parts]
    ends = np.unique(np.concatenate(keys))
    holds, left, rows = np.ones(len(ends), dtype=bool), np.full(len(ends), size), []
    for part, key in zip(parts, keys, strict=True):
        order = np.lexsort((part[:, 0], key))
        at = key[order].searchsorted(ends, side="right") - 1
        # Of the part's hits that end so early in the unit, the one that begins latest.
        row = order[_running_best(part[order, 0])[at]]
        holds &= (at >= 0) & (units[part[row, 0]] == ends // size)
        left = np.minimum(left, part[row, 0])
        rows.append(row)
    kept = np.flatnonzero(holds)
    # A later end that reaches no later beginning holds a smaller window.
    new = np.ones(len(kept), dtype=bool)
    new[1:] = np.diff(left[kept]) != 0
    kept = kept[new]
    kept = kept[index.before[ends[kept] % size] - index.before[left[kept] + 1] < width]
    return np.sort(np.column_stack([part[row[kept]] for part, row in zip(parts, rows, strict=True)]), axis=1).astype(np.int32)


def _running_best(begin: np.ndarray) -> np.ndarray:
    """For every row the row up to it with the largest value."""
    numbers = np.where(begin >= np.maximum.accumulate(begin), np.arange(len(begin)), 0)
    return np.maximum.accumulate(numbers)


def _in_common_units(parts: Sequence[np.ndarray], units: np.ndarray) -> list[np.ndarray]:
    """The parts' hits in units that have a hit of each part."""
    there = np.zeros(int(units[-1]) + 1 if len(units) else 0, dtype=np.uint8)
    for number, part in enumerate(parts):
        here = units[part[:, 0]]
        there[here[there[here] == number]] = number + 1
    return [part[there[units[part[:, 0]]] == len(parts)] for part in parts]


def together(index: Index, found: Sequence[np.ndarray], units: np.ndarray, width: int = _NO_LIMIT) -> np.ndarray:
    """Minimal windows of single words, each another place; `found` are the sorted places of each word."""
    times = {places.tobytes(): 0 for places in found}
    for places in found:
        times[places.tobytes()] += 1
    distinct = list({places.tobytes(): places for places in found}.values())
    parts = [_runs(places, times[places.tobytes()], units) for places in distinct]
    if len(distinct) == 1 or len(np.unique(np.concatenate(distinct))) == sum(map(len, distinct)):
        return windows(index, parts, units, width)
    rows = np.array(list(_matched(found, units)), dtype=np.int32).reshape(-1, len(found))
    return rows[index.before[rows[:, -1]] - index.before[rows[:, 0] + 1] < width]


def _runs(places: np.ndarray, times: int, units: np.ndarray) -> np.ndarray:
    """So many neighbours among the places as a word is named times, all in one unit."""
    if len(places) < times:
        return np.empty((0, times), dtype=np.int32)
    rows = np.lib.stride_tricks.sliding_window_view(places, times)
    return rows[units[rows[:, 0]] == units[rows[:, -1]]]


def _matched(found: Sequence[np.ndarray], units: np.ndarray) -> Iterator[list[int]]:
    """Minimal windows where a place may stand for one or another of the words."""
    events, fits = fitting(found)
    there = _in_common_units([places[:, None] for places in found], units)
    kept = np.isin(units[events], units[there[0][:, 0]]) if len(there[0]) else np.zeros(len(events), dtype=bool)
    recent: dict[int, deque[int]] = {}
    unit, left = -1, -1
    for place, fit, here in zip(events[kept].tolist(), fits[kept].tolist(), units[events[kept]].tolist(), strict=True):
        if here != unit:
            unit, recent = here, {}
        # No more than the latest places of a kind can ever be needed, one for each word.
        recent.setdefault(fit, deque(maxlen=len(found))).append(place)
        row = _latest(recent, len(found))
        if row and row[0] != left:
            left = row[0]
            yield row


def fitting(found: Sequence[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """(all places, sorted; bits of the words that each may stand for)."""
    events = np.unique(np.concatenate(found))
    fits = np.zeros(len(events), dtype=np.int64)
    for number, places in enumerate(found):
        fits[events.searchsorted(places)] |= 1 << number
    return events, fits


def _latest(recent: dict[int, deque[int]], count: int) -> list[int]:
    """The latest places that stand for all words, one each; empty where there are none."""
    ordered = sorted(((place, fit) for fit, places in recent.items() for place in places), reverse=True)
    owner: dict[int, tuple[int, int]] = {}

    def placed(one: tuple[int, int], tried: set[int]) -> bool:
        for word in range(count):
            if one[1] >> word & 1 and word not in tried:
                tried.add(word)
                if word not in owner or placed(owner[word], tried):
                    owner[word] = one
                    return True
        return False

    for one in ordered:
        if placed(one, set()) and len(owner) == count:
            return sorted(place for place, _ in owner.values())
    return []
