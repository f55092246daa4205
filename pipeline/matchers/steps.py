"""Token patterns: a sequence of steps, each a test on one word, with repetition. Steps are resolved on the vocabulary."""

from __future__ import annotations

import re

import numpy as np

from pipeline.codebook import Query
from pipeline.codebook.expressions import LIMIT, compiled
from pipeline.codebook.steps import Step
from pipeline.matchers.index import Index
from pipeline.matchers.vocabulary import fold

_COLUMN = {"LOWER": "form", "NORM": "norm", "LEMMA": "lemma", "POS": "pos", "TAG": "tag", "PART": "parts", "HEAD": "head", "ORTH": "form", "TEXT": "form"}
_EXACT = frozenset({"POS", "TAG"})


def pattern(index: Index, query: Query) -> np.ndarray:
    """(first, last) place of every hit within a sentence; of several lengths from one place the longest."""
    fits = [_fits(index, step) for step in query.steps]
    starts = np.arange(len(index), dtype=np.int32)
    # Steps that must occur once thin out where a hit can begin, before anything is followed step by step.
    if query.steps and query.steps[0].least > 0:
        starts = starts[fits[0][index.kind]]
    begun, at = starts, starts
    for step, fit in zip(query.steps, fits, strict=True):
        begun, at = _follow(index, step, fit, begun, at)
        if not len(begun):
            return np.empty((0, 2), dtype=np.int32)
    longest: dict[int, int] = {}
    for first, after in zip(begun.tolist(), at.tolist(), strict=True):
        if after > first:
            longest[first] = max(longest.get(first, 0), after - 1)
    return _apart(sorted(longest.items()))


def _apart(hits: list[tuple[int, int]]) -> np.ndarray:
    """Hits that lie inside another one or begin in it are left out, as one finds them reading from the left."""
    kept: list[tuple[int, int]] = []
    for first, last in hits:
        if not kept or first > kept[-1][1]:
            kept.append((first, last))
    return np.array(kept, dtype=np.int32).reshape(-1, 2)


def _follow(index: Index, step: Step, fit: np.ndarray, begun: np.ndarray, at: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """All ways on from (begun, at) through one step: `at` is the next place to be read."""
    found = [(begun, at)] if step.least == 0 else []
    for times in range(1, step.most + 1):
        here = at < len(index)
        begun, at = begun[here], at[here]
        inside = (index.segment[at] == index.segment[begun]) & fit[index.kind[at]]
        begun, at = begun[inside], at[inside] + 1
        if not len(begun):
            break
        if times >= step.least:
            found.append((begun, at))
    if not found:
        return np.empty(0, dtype=np.int32), np.empty(0, dtype=np.int32)
    pairs = np.unique(np.column_stack([np.concatenate(part) for part in zip(*found, strict=True)]), axis=0)
    return pairs[:, 0], pairs[:, 1]


def _fits(index: Index, step: Step) -> np.ndarray:
    """For every type whether it passes the step."""
    size = len(index.firsts) - 1
    fit = np.ones(size, dtype=bool)
    for key, how, values in step.tests:
        words = index.vocabulary[_COLUMN[key]]
        wanted = set(values) if key in _EXACT else {fold(value) for value in values}
        if how == "regex":
            sought = [compiled(source if key in _EXACT else fold(source)) for source in values]
            one = np.array([any(s.search(word[:60], timeout=LIMIT) for s in sought) for word in words], dtype=bool)
        elif key in ("NORM", "PART"):
            one = np.array([not wanted.isdisjoint(re.split(r"[ |]", word)) for word in words], dtype=bool)
        else:
            one = np.array([word in wanted for word in words], dtype=bool)
        fit &= ~one if how == "not" else one
    return ~fit if step.negated else fit
