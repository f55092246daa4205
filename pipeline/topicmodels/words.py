"""What topic models work on: sentences of respondents with their content words, weighted, and their meaning as vectors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from pipeline.encoders import unit

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

ASKED = 0.3  # what a word weighs that the interviewer had just said: to take up a question's words is no theme yet
SHRINK = 5  # sentences from which on a group's own way of speaking is known well enough to be taken off by half
LONGEST = 9  # class of sentences of 256 code points and more; each class is twice as long as the one before
MOST_WORDS = 6  # content words beyond these give a sentence no more weight


class Sentence(NamedTuple):
    """A respondent's sentence. `stretch`: sentences of one interview that answer the same question, one after another.

    `length` in code points. `lemmas` are shown as words of a topic; `more` (verbs, adjectives, parts of compounds) only help to find it;
    `heard` are words that the interviewer said just before.
    """

    seg: str
    doc: str
    turn: int
    case: str
    question: str
    stretch: int
    lemmas: tuple[str, ...]
    more: tuple[str, ...] = ()
    heard: frozenset[str] = frozenset()
    length: int = 0


@dataclass(frozen=True)
class Fitted:
    """What a model found: (sentences x topics) and (topics x terms), both not negative; `centres` in the model's own space."""

    weights: np.ndarray
    terms: np.ndarray
    centres: np.ndarray


@dataclass(frozen=True)
class Material:
    """Sentences as models see them.

    `terms`, `counts` (sentences x terms): words that may be shown, discounted where the interviewer said them before;
    `matrix`: tf-idf of all words with neighbours' words lent, rows of length 1 (its first columns are `terms`);
    `vectors`: sentences x width, meaning with neighbours' lent and manners of speaking taken off, rows of length 1
    (width 0: no encoder); `lent`: sentences x sentences, what neighbours lend.
    """

    sentences: Sequence[Sentence]
    terms: np.ndarray
    counts: csr_matrix
    matrix: csr_matrix
    vectors: np.ndarray
    lent: csr_matrix
    kept: dict[Any, Any] = field(default_factory=dict, repr=False)

    @cached_property
    def docs(self) -> np.ndarray:
        return np.array([s.doc for s in self.sentences], dtype=object)

    @cached_property
    def speaking(self) -> np.ndarray:
        """Which sentences hold a content word."""
        return np.array([bool(s.lemmas or s.more) for s in self.sentences])

    @cached_property
    def windows(self) -> csr_matrix:
        """Sentences x terms: whether a word stands in the sentence or in what its neighbours lend."""
        return ((self.lent @ self.counts) > 0).astype(float).tocsr()

    def part(self, rows: np.ndarray) -> Material:
        """These sentences alone, with the vocabulary and weights of all."""
        sentences = [self.sentences[row] for row in rows.tolist()]
        return Material(sentences, self.terms, self.counts[rows], self.matrix[rows], self.vectors[rows], self.lent[rows][:, rows])


def material(sentences: Sequence[Sentence], vectors: np.ndarray, neighbours: float, least: int = 2) -> Material:
    """Vocabulary, weights, and what neighbours lend (`neighbours` 0: nothing).

    `vectors`: sentences x width, of length 1. A word that fewer than `least` interviews use is that person's, not a theme's.
    """
    from scipy.sparse import hstack
    from sklearn.preprocessing import normalize

    lent = lending(sentences, neighbours)
    terms, counts = counted(sentences, lambda s: s.lemmas, least)
    _, more = counted(sentences, lambda s: s.more, least)
    matrix = normalize(lent @ weighted(hstack([counts, more]).tocsr())).tocsr()
    if vectors.shape[1]:
        amount = np.sqrt(np.minimum([len(s.lemmas) + len(s.more) for s in sentences], MOST_WORDS) + 0.5)
        vectors = unit(lent @ (plain(vectors, sentences) * amount[:, None]))
    return Material(sentences, terms, counts, matrix, vectors, lent)


def plain(vectors: np.ndarray, sentences: Sequence[Sentence]) -> np.ndarray:
    """Vectors less what sentences of that length have in common, then less what sets each interview apart as a whole.

    What is left is what changes in the course of a conversation. Without this, topics are manners of speaking: short
    exclamations are one, somebody's dialect another.
    """
    classes = [min(LONGEST, max(s.length, 1).bit_length()) for s in sentences]
    return without(without(vectors - vectors.mean(axis=0), classes), [s.doc for s in sentences])


def without(values: np.ndarray, groups: Sequence[Any]) -> np.ndarray:
    """Values less the average of their group, so far as n values tell it: n / (n + `SHRINK`) of it is taken off."""
    _, group = np.unique(np.array(groups, dtype=object), return_inverse=True)
    sums = np.zeros((group.max() + 1, values.shape[1]))
    np.add.at(sums, group, values)
    n = np.bincount(group)[:, None]
    return values - (sums / n * (n / (n + SHRINK)))[group]


def counted(sentences: Sequence[Sentence], words: Callable[[Sentence], Sequence[str]], least: int) -> tuple[np.ndarray, csr_matrix]:
    """(terms, sentences x terms) of the words that at least `least` interviews use."""
    from scipy.sparse import csr_matrix

    docs: dict[str, set[str]] = {}
    for s in sentences:
        for lemma in words(s):
            docs.setdefault(lemma, set()).add(s.doc)
    need = least if len({s.doc for s in sentences}) > 1 else 1
    terms = sorted(lemma for lemma, found in docs.items() if len(found) >= need)
    at = {lemma: n for n, lemma in enumerate(terms)}
    rows, columns, values = [], [], []
    for row, s in enumerate(sentences):
        for lemma, n in sorted(Counter(lemma for lemma in words(s) if lemma in at).items()):
            rows.append(row)
            columns.append(at[lemma])
            values.append(n * (ASKED if lemma in s.heard else 1.0))
    return np.array(terms, dtype=object), csr_matrix((values, (rows, columns)), shape=(len(sentences), len(terms)))


def weighted(counts: csr_matrix) -> csr_matrix:
    """Rows of length 1: how often, damped, times how rare a word is over sentences."""
    from sklearn.feature_extraction.text import TfidfTransformer

    damped = counts.copy()
    damped.data = np.log1p(damped.data)
    return TfidfTransformer().fit_transform(damped)


LENT = (1.0, 0.8, 0.6)  # what the first, second and third neighbour lend at most


def lending(sentences: Sequence[Sentence], share: float) -> csr_matrix:
    """Sentences x sentences: 1 for itself, `LENT` times `share` for neighbours in the same stretch, either side."""
    from scipy.sparse import diags

    n = len(sentences)
    stretch = np.array([s.stretch for s in sentences])
    result = diags([np.ones(n)], [0], shape=(n, n)).tocsr()
    for distance, most in enumerate(LENT, 1):
        if n > distance and share:
            same = (stretch[distance:] == stretch[:-distance]).astype(float) * most * share
            result = result + diags([same, same], [distance, -distance], shape=(n, n))
    return result.tocsr()
