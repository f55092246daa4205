"""Several words: in order with gaps (`phrase`), in any order, or near one another (`near`). A word is a lemma or a form."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from pipeline.codebook import Query
from pipeline.matchers.index import Index
from pipeline.matchers.words import places


def phrase(index: Index, query: Query) -> np.ndarray:
    """Places of the matched words of every hit, one row a hit, within a sentence; the nearest next word is taken."""
    found = [places(index, "either", alternatives) for alternatives in query.words]
    if query.free and len(found) > 1:
        return _together(index, found, len(found) + query.gap * (len(found) - 1), index.segment)
    return _in_order(index, found, query.gap)


def _in_order(index: Index, found: list[np.ndarray], gap: int) -> np.ndarray:
    if not all(len(p) for p in found):
        return np.empty((0, len(found)), dtype=np.int32)
    columns = [found[0]]
    for following in found[1:]:
        at = columns[-1]
        nearest = following.searchsorted(at, side="right")
        nearest[nearest == len(following)] = len(following) - 1
        there = following[nearest]
        distance = there - at
        near = ((distance > 0) & (distance <= gap + 1)).nonzero()[0]
        columns = [column[near] for column in columns]
        columns.append(there[near])
    if not len(columns[0]):
        return np.empty((0, len(found)), dtype=np.int32)
    hits = np.column_stack(columns)
    hits = hits[index.segment[hits[:, 0]] == index.segment[hits[:, -1]]]
    if len(hits) < 2:
        return hits
    # Two beginnings that reach the same end are one hit: the later beginning is the tighter one.
    keep = np.empty(len(hits), dtype=bool)
    keep[-1] = True
    np.not_equal(hits[1:, -1], hits[:-1, -1], out=keep[:-1])
    return hits[keep]


def near(index: Index, query: Query, groups: np.ndarray | None) -> np.ndarray:
    """Words that stand together: within so many words of a sentence, or anywhere in the same sentence, turn or answer.

    `groups` numbers the units (a token each) where the window is a unit; there the tightest place of each unit is the hit.
    """
    found = [places(index, "either", alternatives) for alternatives in query.words]
    if groups is None:
        return _together(index, found, int(query.window) + 1, index.segment)
    hits = _together(index, found, 1 << 30, groups)
    if not len(hits):
        return hits
    unit, width = groups[hits[:, 0]], hits[:, -1] - hits[:, 0]
    order = np.lexsort((hits[:, 0], width, unit))
    kept = np.unique(unit[order], return_index=True)[1]
    return hits[np.sort(order[kept])]


def _together(index: Index, found: list[np.ndarray], width: int, groups: np.ndarray) -> np.ndarray:
    """Hits in any order, at most `width` words from first to last, each word another place; columns sorted by place.

    Around every place of the rarest word the nearest place of each other word in its unit is taken.
    """
    if not all(len(p) for p in found):
        return np.empty((0, len(found)), dtype=np.int32)
    rarest = min(range(len(found)), key=lambda n: len(found[n]))
    anchor = found[rarest]
    columns = [anchor]
    for number, others in enumerate(found):
        if number == rarest:
            continue
        nearest = _nearest(others, columns[0], groups)
        there = (nearest >= 0).nonzero()[0]
        columns = [column[there] for column in columns] + [nearest[there]]
    hits = np.sort(np.column_stack(columns), axis=1)
    hits = hits[hits[:, -1] - hits[:, 0] < width]
    for a, b in pairwise(range(hits.shape[1])):
        hits = hits[hits[:, a] != hits[:, b]]
    return np.unique(hits, axis=0) if len(hits) > 1 else hits


def _nearest(others: np.ndarray, at: np.ndarray, groups: np.ndarray) -> np.ndarray:
    """For each place the nearest other one in its unit, or -1; of two as near the later one."""
    after = others.searchsorted(at, side="right")
    before = others.searchsorted(at, side="left") - 1
    right = others[np.minimum(after, len(others) - 1)]
    left = others[np.maximum(before, 0)]
    unit = groups[at]
    right_ok = (after < len(others)) & (groups[right] == unit)
    left_ok = (before >= 0) & (groups[left] == unit)
    take_right = right_ok & (~left_ok | (right - at <= at - left))
    return np.where(take_right, right, np.where(left_ok, left, -1)).astype(np.int32)
