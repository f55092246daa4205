"""One word of a rule -> its places: by form, by lemma, by part of a compound. `*` and `?` are wildcards."""

from __future__ import annotations

import numpy as np

from pipeline.matchers.index import Index, positions
from pipeline.matchers.vocabulary import fold

# A kind of rule or a compound's `at` -> the lookup that it means.
_LOOKUPS = {"term": "form", "lemma": "lemma", "either": "either", "any": "part", "head": "head", "part": "own_part"}


def places(index: Index, how: str, alternatives: tuple[str, ...]) -> np.ndarray:
    """Sorted places of a word or of any of several; worked out once for an index."""
    key = (how, alternatives)
    found = index.memo.get(key)
    if found is None:
        lookup = index.lookup(_LOOKUPS[how])
        if len(alternatives) == 1:
            types = lookup.select(fold(alternatives[0]))
        else:
            types = np.unique(np.concatenate([lookup.select(fold(word)) for word in alternatives]))
        found = index.memo[key] = positions(index, types)
    return found
