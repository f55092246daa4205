"""What a search for topics finds where there are none: the measure that every topic of the study is held against."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from pipeline.encoders import unit
from pipeline.topicmodels.consensus import MOST, agree, runs
from pipeline.topicmodels.model import Model
from pipeline.topicmodels.stability import halves
from pipeline.topicmodels.words import Material, Sentence

DRAWS = 6  # made-up corpora; one in seven times a topic of mere chance is above all of them
TRIES = 20  # runs in each

Prepare = Callable[[Sequence[Sentence], np.ndarray], Material]


def limit(sentences: Sequence[Sentence], vectors: np.ndarray, prepare: Prepare, model: Model, number: int, seed: int) -> float:
    """The best agreement of two halves (`halves`) that any topic reaches in `DRAWS` corpora without topics.

    Such a corpus has the study's places, its words dealt out anew, and in place of meanings a cloud of the same extent in every
    direction but without clusters (one normal distribution, as in Liu et al. 2008). `prepare` makes a model's material of both.
    Of large studies every n-th interview serves, up to `consensus.MOST` sentences: with less material chance reaches more, not less.
    """
    rows = some(sentences)
    sentences, vectors = [sentences[int(row)] for row in rows], vectors[rows]
    dice = np.random.default_rng(seed)
    cloud = _cloud(vectors)
    best = []
    for _ in range(DRAWS // 2 if model.words else DRAWS):
        made = prepare(dealt(sentences, dice), cloud(dice))
        found = agree(made, runs(made, model, number, seed, TRIES))
        best.append(float(halves(made, model, found.belongs, number, seed).max()))
    return max(best)


def some(sentences: Sequence[Sentence], most: int = MOST) -> np.ndarray:
    """Rows of whole interviews, evenly chosen, about `most` sentences at most (two interviews at least).

    >>> some([Sentence(str(n), "ABCD"[n // 2], 1, "", "", 0, ()) for n in range(8)], 4).tolist()
    [0, 1, 4, 5]
    """
    _, docs = np.unique(np.array([s.doc for s in sentences], dtype=object), return_inverse=True)
    interviews = int(docs.max()) + 1
    step = max(1, min(-(-len(sentences) // most), interviews // 2))
    return np.flatnonzero(docs % step == 0)


def dealt(sentences: Sequence[Sentence], dice: np.random.Generator) -> list[Sentence]:
    """The same sentences with as many words each, the words being dealt out anew over all of them."""
    nouns, more = [w for s in sentences for w in s.lemmas], [w for s in sentences for w in s.more]
    shuffled = iter([nouns[i] for i in dice.permutation(len(nouns))]), iter([more[i] for i in dice.permutation(len(more))])
    return [
        s._replace(lemmas=tuple(next(shuffled[0]) for _ in s.lemmas), more=tuple(next(shuffled[1]) for _ in s.more), heard=frozenset())
        for s in sentences
    ]


def _cloud(vectors: np.ndarray) -> Callable[[np.random.Generator], np.ndarray]:
    """Draws as many vectors of length 1 from the normal distribution of the same mean and covariance."""
    middle = vectors.mean(axis=0)
    left = (vectors - middle).astype(float)
    values, axes = np.linalg.eigh(left.T @ left / max(1, len(left)))
    spread = axes * np.sqrt(np.maximum(values, 0))
    return lambda dice: unit(dice.standard_normal(vectors.shape) @ spread.T + middle)
