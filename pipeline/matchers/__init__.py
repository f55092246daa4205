"""Kinds of codebook rules: each resolves a pattern on the vocabulary and reads its places off the index."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from pipeline.codebook import Rule
from pipeline.matchers import words
from pipeline.matchers.index import Index, positions
from pipeline.matchers.phrase import phrase

# One row a hit: the places of its matched words in the index of tokens, in order.
Hits = np.ndarray
Matcher = Callable[[Index, Rule], Hits]


def _single(resolve: Callable[[Index, str, bool], np.ndarray]) -> Matcher:
    def match(index: Index, rule: Rule) -> Hits:
        return positions(index, resolve(index, rule.pattern.strip(), rule.head_only))[:, None]

    return match


MATCHERS: Mapping[str, Matcher] = {
    "term": _single(lambda index, pattern, _: words.by_form(index, pattern)),
    "lemma": _single(lambda index, pattern, _: words.by_lemma(index, pattern)),
    "compound": _single(words.by_part),
    "phrase": phrase,
}
