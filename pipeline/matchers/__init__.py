"""Kinds of codebook rules: each resolves a pattern on the vocabulary and reads its places off the index."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.codebook import Query
from pipeline.matchers.expression import expression
from pipeline.matchers.index import Index
from pipeline.matchers.phrase import near, phrase
from pipeline.matchers.steps import pattern
from pipeline.matchers.words import places

# One row a hit: the places of its matched words in the index of tokens, in order.
Hits = np.ndarray


@dataclass(frozen=True)
class Corpus:
    """What rules run on: the index, the turns' texts in its order, and for every turn the number of the answer it belongs to."""

    index: Index
    texts: Sequence[str]
    answers: np.ndarray

    def units(self, name: str) -> np.ndarray:
        """The number of its clause, sentence, turn or answer for every token."""
        if name == "answer":
            return self.answers[self.index.turn] if len(self.index) else self.answers[:0]
        return {"clause": self.index.clause, "sentence": self.index.segment, "turn": self.index.turn}[name]


def match(corpus: Corpus, query: Query) -> Hits:
    """All hits of a query, conditions included, sorted by their first word."""
    if query.kind in ("all", "any"):
        hits = _joined([match(corpus, one) for one in (*query.must, *query.some)])
    else:
        hits = MATCHERS[query.kind](corpus, query)
    if query.must or query.some or query.never:
        hits = hits[_holds(corpus, query, hits)]
    if query.kind == "all" and len(hits):
        hits = _one_each(corpus.units(query.within), hits)
    return hits


def _holds(corpus: Corpus, query: Query, hits: Hits) -> np.ndarray:
    """Whether the conditions hold in each hit's unit."""
    if not len(hits):
        return np.empty(0, dtype=bool)
    units = corpus.units(query.within)
    here = units[hits[:, 0]]
    holds = np.ones(len(hits), dtype=bool)
    for one in query.must:
        holds &= np.isin(here, units[match(corpus, one)[:, 0]])
    if query.some:
        holds &= np.isin(here, np.concatenate([units[match(corpus, one)[:, 0]] for one in query.some]))
    for one in query.never:
        holds &= ~np.isin(here, units[match(corpus, one)[:, 0]])
    return holds


def _joined(found: list[Hits]) -> Hits:
    """Hits of several queries as one array, sorted; a shorter hit repeats its last word."""
    width = max((hits.shape[1] for hits in found), default=1)
    padded = [np.column_stack([hits, *[hits[:, -1]] * (width - hits.shape[1])]) for hits in found]
    return np.unique(np.concatenate(padded), axis=0) if padded else np.empty((0, 1), dtype=np.int32)


def _one_each(units: np.ndarray, hits: Hits) -> Hits:
    """One hit a unit with all its words: what only holds together is told together."""
    rows: dict[int, list[int]] = {}
    for unit, words in zip(units[hits[:, 0]].tolist(), hits.tolist(), strict=True):
        rows.setdefault(unit, []).extend(words)
    found = [sorted(set(words)) for words in rows.values()]
    width = max(map(len, found))
    return np.array([words + words[-1:] * (width - len(words)) for words in found], dtype=np.int32)


def _single(how: str) -> Callable[[Corpus, Query], Hits]:
    return lambda corpus, query: places(corpus.index, how, query.words[0])[:, None]


def _near(corpus: Corpus, query: Query) -> Hits:
    groups = None if query.window.isdigit() else corpus.units(query.window)
    return near(corpus.index, query, groups)


MATCHERS: Mapping[str, Callable[[Corpus, Query], Hits]] = {
    "term": _single("term"),
    "lemma": _single("lemma"),
    "compound": lambda corpus, query: places(corpus.index, query.at, query.words[0])[:, None],
    "phrase": lambda corpus, query: phrase(corpus.index, query),
    "near": _near,
    "regex": lambda corpus, query: expression(corpus.index, query.source, corpus.texts),
    "pattern": lambda corpus, query: pattern(corpus.index, query),
}
