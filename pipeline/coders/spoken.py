"""How a whole sentence is meant, from the scopes of its words: what holds for most of them holds for the sentence."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

import numpy as np

from pipeline.matchers.index import Index
from pipeline.tables import ABOUT

_WORDS = frozenset({"NOUN", "VERB", "ADJ", "AUX"})
_NAMES = ("hypothetical", "past", "reported")


class Meant(NamedTuple):
    """Of every sentence of an index: its stance, and about whom it is."""

    stance: list[str]
    about: list[str]


def meant(index: Index) -> Meant:
    """All sentences at once: what costs is the call, not the number of words.

    Stance: those that govern more than half of the words that carry meaning, joined by plus signs; affirmed where not negated. The model has
    learnt from whole sentences and means them as they are: a negated one is not the contrary of its code. About whom most of the telling words
    are; the first of those where they are as many, empty where none tells.
    """
    size = len(index.seg_turn)
    bearing = np.array([pos.upper() in _WORDS for pos in index.vocabulary["pos"]], dtype=bool)
    words = np.flatnonzero(bearing[index.kind]) if len(index) else np.empty(0, dtype=np.int64)
    sentence = index.segment[words]
    number = np.bincount(sentence, minlength=size)
    ruled = np.zeros(size, dtype=np.int64)
    for bit, name in enumerate(_NAMES):
        governed = np.bincount(sentence[index.arrays[name][words] >= 0], minlength=size)
        ruled |= (2 * governed > number).astype(np.int64) << bit
    told = ["+".join(sorted(["affirmed", *(name for bit, name in enumerate(_NAMES) if code >> bit & 1)])) for code in range(1 << len(_NAMES))]
    return Meant([told[code] for code in ruled.tolist()], _about(index, words, sentence, size))


def _about(index: Index, words: np.ndarray, sentence: np.ndarray, size: int) -> list[str]:
    values = index.about[words]
    telling = values >= 0
    found: list[list[int]] = [[] for _ in range(size)]
    for n, value in zip(sentence[telling].tolist(), values[telling].tolist(), strict=True):
        found[n].append(value)
    return [_most(told) for told in found]


def _most(told: list[int]) -> str:
    if not told:
        return ""
    if len(told) == 1:
        return ABOUT[told[0]]
    # Of equals Counter gives the one that was met first.
    return ABOUT[Counter(told).most_common(1)[0][0]]


def stance(index: Index, sentence: int) -> str:
    """The stance of one sentence, as `meant` gives it."""
    words = _content(index, sentence)
    return "+".join(sorted(["affirmed", *(name for name in _NAMES if 2 * int((index.arrays[name][words] >= 0).sum()) > len(words))]))


def about(index: Index, sentence: int) -> str:
    """About whom one sentence is, as `meant` gives it."""
    words = _content(index, sentence)
    return _most([value for value in index.about[words].tolist() if value >= 0])


def _content(index: Index, sentence: int) -> np.ndarray:
    # Of the index's own kind of number: of another the whole column would be copied for every sentence.
    low, high = index.segment.searchsorted(np.array([sentence, sentence + 1], dtype=index.segment.dtype))
    pos = index.vocabulary["pos"]
    found = [place for place in range(int(low), int(high)) if pos[int(index.kind[place])].upper() in _WORDS]
    return np.array(found, dtype=np.int64)
