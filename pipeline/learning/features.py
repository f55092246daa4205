"""Features of a sentence: its vector, centred, beside its lemmas and compound parts weighted by rarity (TF-IDF)."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from pipeline.encoders import unit

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

BARE = frozenset({"PUNCT", "INTJ", "SPACE"})  # word classes that say nothing of a theme
OWN = 30  # sentences from which on an interview's own mean counts half
WORDS = 1.5  # length of the words' part beside the vector's, which is 1


class Words(NamedTuple):
    """Lemmas and parts that the training sentences hold, in sorted order, with their rarity."""

    names: tuple[str, ...]
    rarity: np.ndarray

    def numbers(self) -> dict[str, int]:
        return _numbers(self.names)


@lru_cache(maxsize=2)
def _numbers(names: tuple[str, ...]) -> dict[str, int]:
    # Single sentences are judged by the hundred: the vocabulary is numbered once.
    return {name: n for n, name in enumerate(names)}


class Features(NamedTuple):
    """n sentences: `dense` (n x width), `sparse` (n x words)."""

    dense: np.ndarray
    sparse: csr_matrix

    def rows(self, chosen: np.ndarray) -> Features:
        return Features(self.dense[chosen], self.sparse[chosen])


def bag(lemmas: Sequence[str], parts: Sequence[str], pos: Sequence[str]) -> list[str]:
    """The words of a sentence as the classifier sees them; `parts` holds a compound's parts parted by bars.

    >>> bag(["der", "Mietvertrag", "ne"], ["", "Miete|Vertrag", ""], ["DET", "NOUN", "INTJ"])
    ['der', 'mietvertrag', 'miete', 'vertrag']
    """
    found = []
    for lemma, part, kind in zip(lemmas, parts, pos, strict=True):
        if kind not in BARE:
            word = lemma.lower()
            found += [word, *(p for p in part.lower().split("|") if p and p != word)]
    return found


def learn_words(bags: Iterable[Sequence[str]]) -> Words:
    """The vocabulary of the training sentences with smoothed inverse document frequencies."""
    found: Counter[str] = Counter()
    size = 0
    for words in bags:
        size += 1
        found.update(set(words))
    names = tuple(sorted(found))
    rarity = np.array([math.log((1 + size) / (1 + found[name])) + 1 for name in names])
    return Words(names, rarity)


def counts(bags: Sequence[Sequence[str]], words: Words) -> csr_matrix:
    """(sentences x words) how often each known word stands in each sentence."""
    from scipy.sparse import csr_matrix

    numbers = words.numbers()
    rows, columns = [], []
    for row, own in enumerate(bags):
        for word in own:
            at = numbers.get(word)
            if at is not None:
                rows.append(row)
                columns.append(at)
    data = np.ones(len(rows))
    found = csr_matrix((data, (rows, columns)), shape=(len(bags), len(words.names)))
    found.sum_duplicates()
    return found


def weighed(found: csr_matrix, words: Words) -> csr_matrix:
    """Counts as TF-IDF: dampened, times rarity, every row of length `WORDS` (of length 0 where no word is known)."""
    result = found.astype(np.float64).tocsr(copy=True)
    result.data = (1 + np.log(result.data)) * words.rarity[result.indices]
    length = np.sqrt(np.asarray(result.multiply(result).sum(axis=1)).ravel())
    scale = WORDS / np.where(length > 0, length, 1)
    result.data *= np.repeat(scale, np.diff(result.indptr))
    return result


def mean_of(vectors: np.ndarray, general: np.ndarray) -> np.ndarray:
    """What is taken off an interview's vectors: its own mean, drawn to the training sentences' mean where it is short."""
    n = len(vectors)
    return (vectors.sum(axis=0) + OWN * general) / (n + OWN)


def centred(vectors: np.ndarray, mean: np.ndarray) -> np.ndarray:
    """Vectors less a mean, of length 1 again, as float64."""
    return unit(vectors.astype(np.float64) - mean)
