"""One word of a rule -> its places: by form, by lemma, by part of a compound. `*` and `?` are wildcards."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from pipeline.matchers.index import Index, positions
from pipeline.matchers.vocabulary import Lookup, fold

# How a word is looked up: by any form or normal form, by lemma, by either, by part or head of a compound.
LOOKUPS: Mapping[str, Callable[[Index], Lookup]] = {
    "term": lambda index: index.by_form,
    "lemma": lambda index: index.by_lemma,
    "either": lambda index: index.by_either,
    "any": lambda index: index.by_part,
    "head": lambda index: index.by_head,
    "part": lambda index: index.by_own_part,
}


def places(index: Index, how: str, alternatives: tuple[str, ...]) -> np.ndarray:
    """Sorted places of a word or of any of several; worked out once for an index."""
    key = (how, alternatives)
    found = index.memo.get(key)
    if found is None:
        lookup = LOOKUPS[how](index)
        if len(alternatives) == 1:
            types = lookup.select(fold(alternatives[0]))
        else:
            types = np.unique(np.concatenate([lookup.select(fold(word)) for word in alternatives]))
        found = index.memo[key] = positions(index, types)
    return found
