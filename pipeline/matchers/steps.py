"""Token patterns: a sequence of steps, each a test on one word, with repetition. Steps are resolved on the vocabulary."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import numpy as np

from pipeline.codebook import Query
from pipeline.codebook.expressions import LIMIT, compiled
from pipeline.codebook.steps import Step
from pipeline.matchers.expression import TooSlow
from pipeline.matchers.index import Index
from pipeline.matchers.vocabulary import fold

_COLUMN = {"LOWER": "form", "NORM": "norm", "LEMMA": "lemma", "POS": "pos", "TAG": "tag", "PART": "parts", "HEAD": "head"}
_EXACT = frozenset({"POS", "TAG"})
_AS_IT_STANDS = frozenset({"ORTH", "TEXT"})
_SEVERAL = {"NORM": " ", "PART": "|"}  # what parts the words of a column that may hold several


def pattern(index: Index, query: Query) -> np.ndarray:
    """(first, last) place of every hit within a sentence; of several lengths from one place the longest."""
    fits = [_fits(index, step) for step in query.steps]
    places = _hopeful(index, query.steps, fits)
    if not len(places):
        return np.empty((0, 2), dtype=np.int32)
    # Behind each sentence stands an empty slot that fits no step: no hit runs over it.
    new = np.concatenate([[False], np.diff(index.segment[places]) != 0])
    slots = np.arange(len(places)) + np.cumsum(new)
    size = int(slots[-1]) + 2
    reach = np.arange(size)
    for step, fit in zip(query.steps[::-1], fits[::-1], strict=True):
        here = np.zeros(size, dtype=bool)
        here[slots] = fit[places]
        reach = _before(step, here, reach)
    length = reach[slots] - slots
    begin = np.flatnonzero(length > 0)
    first = places[begin]
    return _apart(list(zip(first.tolist(), (first + length[begin] - 1).tolist(), strict=True)))


def _hopeful(index: Index, steps: Sequence[Step], fits: Sequence[np.ndarray]) -> np.ndarray:
    """The places of all sentences in which every step that must occur fits some word."""
    hopeful = np.ones(len(index.seg_turn), dtype=bool)
    for step, fit in zip(steps, fits, strict=True):
        if step.least:
            there = np.zeros(len(hopeful), dtype=bool)
            there[index.segment[fit]] = True
            hopeful &= there
    return np.flatnonzero(hopeful[index.segment])


def _before(step: Step, fit: np.ndarray, reach: np.ndarray) -> np.ndarray:
    """How far one comes from each slot with this step and all behind it; `reach`: with those behind it alone, -1 for not at all."""
    best = reach.copy() if step.least == 0 else np.full(len(reach), -1)
    at = np.arange(len(reach))
    for times in range(1, step.most + 1):
        at = at[fit[at + times - 1]]
        if not len(at):
            break
        if times >= step.least:
            best[at] = np.maximum(best[at], reach[at + times])
    return best


def _apart(hits: list[tuple[int, int]]) -> np.ndarray:
    """Hits that lie inside another one or begin in it are left out, as one finds them reading from the left."""
    kept: list[tuple[int, int]] = []
    for first, last in hits:
        if not kept or first > kept[-1][1]:
            kept.append((first, last))
    return np.array(kept, dtype=np.int32).reshape(-1, 2)


def _fits(index: Index, step: Step) -> np.ndarray:
    """For every token whether it passes the step."""
    fit = np.ones(len(index), dtype=bool)
    for key, how, values in step.tests:
        if key in _AS_IT_STANDS:
            fit &= _passes(key, how, values, index.surfaces)[index.surface]
        else:
            words = index.vocabulary if key in _EXACT or how != "regex" else index.spelt
            fit &= _passes(key, how, values, words[_COLUMN[key]])[index.kind]
    return ~fit if step.negated else fit


def _passes(key: str, how: str, values: Sequence[str], words: Sequence[str]) -> np.ndarray:
    """For every word of a column whether it passes one test."""
    mark = _SEVERAL.get(key, "")
    several = ([w for w in word.split(mark) if w] for word in words) if mark else ([word] if word else [] for word in words)
    composed = [unicodedata.normalize("NFC", value) for value in values]
    if how == "regex":
        # Expressions know no case, unless the word is meant as it stands.
        sought = [compiled(f"(?-i:{source})" if key in _AS_IT_STANDS else source) for source in composed]
        try:
            return np.array([any(s.search(w, timeout=LIMIT) for w in ws for s in sought) for ws in several], dtype=bool)
        except TimeoutError as error:
            raise TooSlow(f"{values!r}: more than {LIMIT} s for one word") from error
    wanted = set(composed) if key in _EXACT | _AS_IT_STANDS else {fold(value) for value in composed}
    found = np.array([not wanted.isdisjoint(ws) for ws in several], dtype=bool)
    return ~found if how == "not" else found
