"""Several words: in order with gaps (`phrase`), in any order, or near one another (`near`). A word is a lemma or a form.

Gaps and windows count words; signs between them do not count.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from pipeline.codebook import Query
from pipeline.matchers.index import Index
from pipeline.matchers.windows import fitting, together
from pipeline.matchers.words import places


def phrase(index: Index, query: Query) -> np.ndarray:
    """Places of the matched words of every hit, one row a hit, within a sentence; no hit holds a smaller one."""
    found = [places(index, "either", alternatives) for alternatives in query.words]
    if query.free and len(found) > 1:
        return _free(index, found, query.gap)
    if len(found) == 2 and len(found[0]) <= len(found[1]):
        return _pairs(index, found[0], found[1], query.gap)
    return _in_order(index, found, query.gap)


def near(index: Index, query: Query, units: np.ndarray, coded: np.ndarray | None) -> np.ndarray:
    """Words that stand together: within so many words of a sentence, or anywhere in the same sentence, turn or answer.

    `units` numbers the units, a token each; `coded` says for every turn whether its words may be part of a hit.
    """
    found = [places(index, "either", alternatives) for alternatives in query.words]
    if coded is not None:
        found = [p[coded[index.turn[p]]] for p in found]
    return together(index, found, units, int(query.window)) if query.window.isdigit() else together(index, found, units)


def _pairs(index: Index, first: np.ndarray, second: np.ndarray, gap: int) -> np.ndarray:
    """Two words in order, from the first one on: with two of them the nearest next word is all that can be the tightest."""
    if not len(first) or not len(second):
        return np.empty((0, 2), dtype=np.int32)
    nearest = second.searchsorted(first, side="right")
    nearest[nearest == len(second)] = len(second) - 1
    there = second[nearest]
    near = _close(index, first, there, gap)
    hits = np.column_stack([first[near], there[near]])
    hits = hits[index.segment[hits[:, 0]] == index.segment[hits[:, 1]]]
    if len(hits) < 2:
        return hits
    # Two beginnings that reach the same end are one hit: the later beginning is the tighter one.
    keep = np.empty(len(hits), dtype=bool)
    keep[-1] = True
    np.not_equal(hits[1:, 1], hits[:-1, 1], out=keep[:-1])
    return hits[keep]


def _in_order(index: Index, found: Sequence[np.ndarray], gap: int) -> np.ndarray:
    """Every way through the words, from each place of a word back to the nearest place of the word before that a way leads to.

    That way begins latest of all that lead there: were a way over a place further back to begin later, the two would cross,
    and its beginning would lead over the nearer place too.
    """
    reached = [found[0]]
    back: list[np.ndarray] = []
    for here in found[1:]:
        before = reached[-1].searchsorted(here) - 1
        if not len(reached[-1]):
            return np.empty((0, len(found)), dtype=np.int32)
        near = _close(index, reached[-1][before], here, gap)
        reached.append(here[near])
        back.append(before[near])
    columns, at = [reached[-1]], np.arange(len(reached[-1]))
    for places_of, pointer in zip(reached[-2::-1], back[::-1], strict=True):
        at = pointer[at]
        columns.append(places_of[at])
    hits = np.column_stack(columns[::-1])
    hits = hits[index.segment[hits[:, 0]] == index.segment[hits[:, -1]]]
    keep = np.ones(len(hits), dtype=bool)
    keep[1:] = hits[1:, 0] != hits[:-1, 0]
    return hits[keep]


def _close(index: Index, first: np.ndarray, second: np.ndarray, gap: int) -> np.ndarray:
    """Numbers of the pairs with the second place after the first and at most `gap` words between."""
    distance = second - first
    near = ((distance > 0) & (distance <= gap + 1 + index.most_signs)).nonzero()[0]
    return near[index.before[second[near]] - index.before[first[near] + 1] <= gap]


def _free(index: Index, found: Sequence[np.ndarray], gap: int) -> np.ndarray:
    """Words in any order, neighbours at most `gap` words apart."""
    hits = together(index, found, index.segment, (len(found) - 1) * (gap + 1))
    if len(found) == 2 or not len(hits):
        return hits
    events, fits = fitting(found)
    likely = np.isin(index.segment[events], index.segment[hits[:, 0]])
    events, fits = events[likely], fits[likely]
    named = [places_of.tobytes() for places_of in found]
    # Of a word that is named twice the first naming is used first: the other way round is the same.
    needs = [sum(1 << m for m in range(n) if named[m] == named[n]) for n in range(len(named))]
    rows: list[tuple[int, ...]] = []
    border = np.flatnonzero(np.diff(index.segment[events])) + 1
    for places_of, bits in zip(np.split(events, border), np.split(fits, border), strict=True):
        rows += _chains(places_of.tolist(), index.before[places_of].tolist(), index.before[places_of + 1].tolist(), bits.tolist(), needs, gap)
    return np.array(rows, dtype=np.int32).reshape(-1, len(found))


def _chains(
    places_of: list[int], before: list[int], after: list[int], bits: list[int], needs: list[int], gap: int
) -> Iterator[tuple[int, ...]]:
    """Minimal chains over all words in one sentence: of all that end at a place the one that begins latest."""
    ways: list[dict[int, tuple[int, ...]]] = []  # for each place: words used -> the way that begins latest
    whole, latest = (1 << len(needs)) - 1, -1
    for number, place in enumerate(places_of):
        here: dict[int, tuple[int, ...]] = {}
        fitting_words = [(1 << word, needs[word]) for word in range(len(needs)) if bits[number] >> word & 1]
        earlier: list[tuple[int, tuple[int, ...]]] = [(0, ())]
        for other in range(number - 1, -1, -1):
            if before[number] - after[other] > gap:
                break
            earlier += ways[other].items()
        for used, way in earlier:
            for bit, needed in fitting_words:
                if not used & bit and used & needed == needed:
                    longer = (*way, place)
                    if used | bit not in here or here[used | bit][0] < longer[0]:
                        here[used | bit] = longer
        ways.append(here)
        if whole in here and here[whole][0] > latest:
            latest = here[whole][0]
            yield here[whole]
