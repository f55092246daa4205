"""Respondents' sentences as points that can be compared: their sense, their words, and what the model takes them for.

Sense and words are worked out as the model does it (`learning.features`), from the vectors that the last run kept; nothing is embedded
anew. What each part is worth was measured on coded interviews, see `likeness`.
"""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from pipeline.encoders.kept import to_matrix
from pipeline.exploring.material import Material
from pipeline.learning.columns import from_column
from pipeline.learning.features import WORDS, Words, bag, centred, counts, mean_of, weighed
from pipeline.learning.frozen import Frozen, read
from pipeline.problems import Problem, Stop
from pipeline.tables import from_parquet

if TYPE_CHECKING:
    import pandas as pd
    from scipy.sparse import csr_matrix

NO_VECTORS = Problem("", 0, "Vom letzten Lauf gibt es noch keine Sätze, die sich dem Sinn nach vergleichen ließen.", "Bitte zuerst »make analyze« starten.")
NOT_TOGETHER = Problem("", 0, "Die Ergebnisse passen nicht zusammen.", "Bitte »make analyze« noch einmal starten.")


class Files(NamedTuple):
    """Where the last run kept things: a piece of vectors for each interview, the model's chances, its training sentences, the model."""

    vectors: Sequence[Path]
    chances: Path
    anchors: Path
    model: Path


class Kept:
    """Sentences of respondents, m of them, that the last run has vectors for. `rows` are their numbers in the index, rising."""

    def __init__(self, material: Material, files: Files) -> None:
        self.material, self.files = material, files
        found = _vectors(files.vectors)
        ids = material.index.seg_ids
        self.rows = np.flatnonzero(material.said)
        if not len(self.rows) or not all(ids[n] in found for n in self.rows.tolist()):
            raise Stop(NOT_TOGETHER if found else NO_VECTORS)
        self.raw = to_matrix([found[ids[n]] for n in self.rows.tolist()])

    @cached_property
    def place(self) -> dict[int, int]:
        """Number in the index -> row."""
        return {segment: row for row, segment in enumerate(self.rows.tolist())}

    @cached_property
    def mean(self) -> np.ndarray:
        return np.asarray(self.raw.mean(axis=0), dtype=np.float64)

    @cached_property
    def sense(self) -> np.ndarray:
        """(m x width) vectors less what their interview has in common, of length 1: what a sentence says, not how somebody talks."""
        turns = self.material.index.seg_turn[self.rows]
        docs = np.array([self.material.docs[turn] for turn in turns.tolist()], dtype=object)
        found = np.zeros_like(self.raw)
        for doc in sorted(set(docs)):
            own = docs == doc
            found[own] = centred(self.raw[own], mean_of(self.raw[own].astype(np.float64), self.mean))
        return found

    @cached_property
    def _bags(self) -> list[list[str]]:
        """The words that each type stands for."""
        spelt, tags = self.material.index.spelt, self.material.index.vocabulary["pos"]
        return [bag([lemma], [parts], [pos]) for lemma, parts, pos in zip(spelt["lemma"], spelt["parts"], tags, strict=True)]

    def counted(self, words: Words) -> csr_matrix:
        """(m x words) how often each sentence says each word."""
        from scipy.sparse import csr_matrix

        index = self.material.index
        shape = len(index.seg_turn), len(self._bags)
        kinds = csr_matrix((np.ones(len(index)), (index.segment, index.kind)), shape=shape)
        return (kinds[self.rows] @ counts(self._bags, words)).tocsr()

    @cached_property
    def vocabulary(self) -> Words:
        """Words of all sentences with their rarity, as `learn_words` has it."""
        names = tuple(sorted({word for words in self._bags for word in words}))
        said = self.counted(Words(names, np.ones(len(names))))
        within = np.bincount(said.indices, minlength=len(names))
        return Words(names, np.log((1 + len(self.rows)) / (1 + within)) + 1)

    @cached_property
    def words(self) -> csr_matrix:
        """(m x words) TF-IDF, each of length 1."""
        return tfidf(self.counted(self.vocabulary), self.vocabulary)

    @cached_property
    def size(self) -> np.ndarray:
        """How many words each sentence has."""
        index, word = self.material.index, self.material.word
        return np.bincount(index.segment[word], minlength=len(index.seg_turn))[self.rows]

    @cached_property
    def frozen(self) -> Frozen | None:
        """The model of the last run; None where there is none."""
        try:
            return read(self.files.model)
        except (OSError, ValueError, KeyError):
            return None

    @cached_property
    def codes(self) -> tuple[str, ...]:
        return self.frozen.model.codes if self.frozen and self.files.chances.is_file() else ()

    @cached_property
    def anchors(self) -> pd.DataFrame:
        """The training sentences of the last run."""
        try:
            return from_parquet(self.files.anchors)
        except (OSError, ValueError, KeyError) as error:
            raise Stop(NO_VECTORS) from error

    @cached_property
    def _chances(self) -> tuple[np.ndarray, np.ndarray]:
        """(m x k) chances of the model's codes as people are told, and without what rests on the interviewer's question."""
        table, k = from_parquet(self.files.chances), len(self.codes)
        row_of = {self.material.index.seg_ids[segment]: row for segment, row in self.place.items()}
        rows = np.array([row_of.get(seg, -1) for seg in table["seg"]], dtype=np.int64)
        told, free = (np.zeros((len(self.rows), k), dtype=np.float32) for _ in range(2))
        for name, into in (("chances", told), ("free", free)):
            texts = list(table[name])
            if texts and len(b64decode(texts[0])) != 2 * k:
                raise Stop(NOT_TOGETHER)
            into[rows[rows >= 0]] = from_column(texts, k)[rows >= 0] if texts else 0
        return told, free

    @property
    def chances(self) -> np.ndarray:
        return self._chances[0]

    @property
    def free(self) -> np.ndarray:
        return self._chances[1]


def tfidf(found: csr_matrix, words: Words) -> csr_matrix:
    """Counts as TF-IDF, each row of length 1 (of length 0 where no word is known)."""
    return weighed(found, words) / WORDS


def bag_of(text: str, model: str, region: str) -> list[str]:
    """A text's words as sentences have them; `model` and `region` as `german.load` takes them."""
    from pipeline.german import analyse, load

    tokens = analyse(load(model, region), text).tokens
    return bag([t.lemma for t in tokens], ["|".join(t.parts) for t in tokens], [t.pos for t in tokens])


def _vectors(paths: Sequence[Path]) -> dict[str, str]:
    """Sentence -> its vector as text. Raises `Stop` where a piece is gone or damaged."""
    found: dict[str, str] = {}
    if not paths:
        raise Stop(NO_VECTORS)
    for path in paths:
        try:
            table = from_parquet(path)
        except (OSError, ValueError, KeyError) as error:
            raise Stop(NO_VECTORS) from error
        found |= {seg: vector for seg, vector in zip(table["seg"], table["vector"], strict=True) if seg}
    return found
