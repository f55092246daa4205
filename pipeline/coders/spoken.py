"""How a whole sentence is meant, from the scopes of its words: what holds for most of them holds for the sentence."""

from __future__ import annotations

from collections import Counter

import numpy as np

from pipeline.matchers.index import Index
from pipeline.tables import ABOUT

_WORDS = frozenset({"NOUN", "VERB", "ADJ", "AUX"})


def _content(index: Index, sentence: int) -> np.ndarray:
    # Of the index's own kind of number: of another the whole column would be copied for every sentence.
    low, high = index.segment.searchsorted(np.array([sentence, sentence + 1], dtype=index.segment.dtype))
    pos = index.vocabulary["pos"]
    found = [place for place in range(int(low), int(high)) if pos[int(index.kind[place])].upper() in _WORDS]
    return np.array(found, dtype=np.int64)


def stance(index: Index, sentence: int) -> str:
    """Stances that govern more than half of the words that carry meaning, joined by plus signs; affirmed where not negated.

    The model has learnt from whole sentences and means them as they are: a negated one is not the contrary of its code.
    """
    words = _content(index, sentence)
    names = [name for name in ("hypothetical", "past", "reported") if len(words) and (index.arrays[name][words] >= 0).mean() > 0.5]
    return "+".join(sorted(["affirmed", *names]))


def about(index: Index, sentence: int) -> str:
    """About whom most of the telling words are; the first of those where they are as many. Empty where none tells."""
    words = _content(index, sentence)
    told = [int(value) for value in index.about[words].tolist() if value >= 0] if len(words) else []
    if not told:
        return ""
    number = Counter(told)
    most = max(number.values())
    return ABOUT[next(value for value in told if number[value] == most)]
