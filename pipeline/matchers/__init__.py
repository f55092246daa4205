"""Kinds of codebook rules: each resolves a pattern on the vocabulary and reads its places off the index."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from pipeline.codebook import Query
from pipeline.matchers.expression import expression
from pipeline.matchers.index import Index
from pipeline.matchers.phrase import near, phrase
from pipeline.matchers.steps import pattern
from pipeline.matchers.windows import windows
from pipeline.matchers.words import places

# One row a hit: the places of its matched words in the index of tokens, in order.
Hits = np.ndarray


# Kinds whose hits are runs of words, told by the first and the last one.
RUNS = frozenset(["regex", "pattern"])
Memo = dict[Query, Hits]


@dataclass(frozen=True)
class Corpus:
    """What rules run on: the index, the turns' texts in its order, and for every turn the number of the answer it belongs to
    and whether its words may be coded (`coded`; None: all may)."""

    index: Index
    texts: Sequence[str]
    answers: np.ndarray
    coded: np.ndarray | None = None

    def units(self, name: str) -> np.ndarray:
        """The number of its clause, sentence, turn or answer for every token."""
        if name == "answer":
            return self.answers[self.index.turn] if len(self.index) else self.answers[:0]
        return {"clause": self.index.clause, "sentence": self.index.segment, "turn": self.index.turn}[name]


def answers(turns: Iterable[tuple[str, str]]) -> np.ndarray:
    """The number of the answer that each turn belongs to: all turns between one question of the guide and the next.

    `turns`: (document, recognised question) in order. Where no question is recognised, each turn is a unit of its own.
    """
    numbers, number, last = [], -1, ("", "")
    for doc, question in turns:
        if (doc, question) != last or not question:
            number, last = number + 1, (doc, question)
        numbers.append(number)
    return np.array(numbers, dtype=np.int32)


def match(corpus: Corpus, query: Query, memo: Memo | None = None) -> Hits:
    """All hits of a query, conditions included, sorted by their first word; `memo` keeps those of its parts.

    Conditions and windows see only words that may be coded; a word or phrase by itself is found wherever it stands.
    """
    memo = {} if memo is None else memo
    if query not in memo:
        memo[query] = _match(corpus, query, memo)
    return memo[query]


def _match(corpus: Corpus, query: Query, memo: Memo) -> Hits:
    if query.kind == "all":
        parts = [_part(corpus, one, memo) for one in query.must]
        parts += [_joined([_part(corpus, one, memo) for one in query.some])] if query.some else []
        return _holding(corpus, replace(query, must=(), some=()), windows(corpus.index, parts, corpus.units(query.within)), memo)
    if query.kind == "any":
        return _holding(corpus, replace(query, some=()), _joined([_part(corpus, one, memo) for one in query.some]), memo)
    return _holding(corpus, query, MATCHERS[query.kind](corpus, query), memo)


def _part(corpus: Corpus, query: Query, memo: Memo) -> Hits:
    """The hits of a condition, in words that may be coded; a run with every word of it."""
    hits = match(corpus, query, memo)
    if corpus.coded is not None:
        hits = hits[corpus.coded[corpus.index.turn[hits[:, 0]]]]
    if query.kind in RUNS and len(hits):
        width = int((hits[:, 1] - hits[:, 0]).max()) + 1
        hits = np.minimum(hits[:, :1] + np.arange(width, dtype=np.int32), hits[:, 1:])
    return hits


def _holding(corpus: Corpus, query: Query, hits: Hits, memo: Memo) -> Hits:
    """The hits in whose unit the conditions hold."""
    if not (query.must or query.some or query.never) or not len(hits):
        return hits
    units = corpus.units(query.within)
    here = units[hits[:, 0]]
    holds = np.ones(len(hits), dtype=bool)
    for one in query.must:
        holds &= np.isin(here, units[_part(corpus, one, memo)[:, 0]])
    if query.some:
        holds &= np.isin(here, np.concatenate([units[_part(corpus, one, memo)[:, 0]] for one in query.some]))
    for one in query.never:
        holds &= ~np.isin(here, units[_part(corpus, one, memo)[:, 0]])
    return hits[holds]


def _joined(found: list[Hits]) -> Hits:
    """Hits of several queries as one array, sorted; a shorter hit repeats its last word."""
    width = max((hits.shape[1] for hits in found), default=1)
    padded = [np.column_stack([hits, *[hits[:, -1]] * (width - hits.shape[1])]) for hits in found]
    return np.unique(np.concatenate(padded), axis=0) if padded else np.empty((0, 1), dtype=np.int32)


def _single(how: str) -> Callable[[Corpus, Query], Hits]:
    return lambda corpus, query: places(corpus.index, how, query.words[0])[:, None]


def _near(corpus: Corpus, query: Query) -> Hits:
    return near(corpus.index, query, corpus.units("sentence" if query.window.isdigit() else query.window), corpus.coded)


MATCHERS: Mapping[str, Callable[[Corpus, Query], Hits]] = {
    "term": _single("term"),
    "lemma": _single("lemma"),
    "compound": lambda corpus, query: places(corpus.index, query.at, query.words[0])[:, None],
    "phrase": lambda corpus, query: phrase(corpus.index, query),
    "near": _near,
    "regex": lambda corpus, query: expression(corpus.index, query.source, corpus.texts),
    "pattern": lambda corpus, query: pattern(corpus.index, query),
}
